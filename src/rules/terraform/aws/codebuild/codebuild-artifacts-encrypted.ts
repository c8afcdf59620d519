import { decide } from '../../../../resources/place.ts'
import { defineRule } from '../../../rule.ts'
import { unlessExempt } from '../../../shared/terraform-companions.ts'
import { notApplicable } from '../../../rule.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'codebuild-artifacts-encrypted',
  title: 'Artifacts of CodeBuild are encrypted',
  severity: 'medium',
  severityReason:
    'Somebody switched off what CodeBuild does by itself, so that artifacts are stored as the bucket has it; who can ' +
    'read the bucket reads them.',
  controls: ['SC-28', 'SI-7'],
  sameAs: ['checkov:CKV_AWS_78', 'trivy:AWS-0018'],
  kind: 'terraform',
  resources: ['aws_codebuild_project'],
  messages: {
    off: 'Artifacts of this project are stored without the encryption of CodeBuild (`encryption_disabled`).',
  },
  remediation:
    'Take `encryption_disabled` out: CodeBuild encrypts artifacts by itself, with `encryption_key` or the key of S3.',
  *check(project, { estate }) {
    for (const type of ['artifacts', 'secondary_artifacts']) {
      for (const artifacts of project.get(type).items()) {
        const at = artifacts.get('encryption_disabled')
        const outcomes = withFix<'off'>(requireFlag({ at, wanted: false, fallback: false, message: 'off' }), () =>
          setFix(estate, at, {
            fixer: 'codebuild',
            rank: 'C',
            title: 'Encrypt artifacts',
            minutes: 10,
            reason: 'whoever fetches the artifacts needs the right to use the key',
            value: false,
          }),
        )
        yield* unlessExempt(outcomes, () =>
          decide(artifacts.get('type').string(), (value) => value === 'NO_ARTIFACTS') === 'yes'
            ? notApplicable('it makes no artifacts')
            : undefined,
        )
      }
    }
  },
})
