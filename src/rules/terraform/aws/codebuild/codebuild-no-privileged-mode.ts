import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'codebuild-no-privileged-mode',
  title: 'CodeBuild does not build in privileged mode',
  severity: 'medium',
  severityReason:
    'Code of a pull request or of a dependency gets root on the build machine, with the role of the project; it ' +
    'takes such code first.',
  controls: ['AC-6', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_316'],
  resources: ['aws_codebuild_project'],
  path: 'environment.privileged_mode',
  wanted: false,
  message: 'Builds of this project run as root on the build machine (`privileged_mode`).',
  remediation:
    'Set `privileged_mode = false`. To build images without it use a builder that needs no daemon, such as Kaniko or ' +
    'Buildah.',
  fix: {
    fixer: 'codebuild',
    rank: 'C',
    title: 'Build without privileged mode',
    minutes: 20,
    reason: 'builds that start Docker fail',
    value: false,
  },
})
