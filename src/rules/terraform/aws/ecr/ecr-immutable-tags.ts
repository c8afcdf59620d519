import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'ecr-immutable-tags',
  title: 'Tags of images cannot be moved',
  severity: 'medium',
  severityReason:
    'Whoever may push replaces the image behind a tag that is deployed already, and the next restart runs it; it ' +
    'takes the right to push.',
  controls: ['SI-7', 'CM-5'],
  sameAs: ['checkov:CKV_AWS_51', 'trivy:AWS-0031'],
  resources: ['aws_ecr_repository'],
  path: 'image_tag_mutability',
  read: (at) => at.string(),
  holds: (value) => value?.startsWith('IMMUTABLE') === true,
  bad: ['MUTABLE', 'MUTABLE_WITH_EXCLUSION', null],
  message: 'Tags of this repository can be moved to another image (`image_tag_mutability`).',
  remediation:
    'Set `image_tag_mutability = "IMMUTABLE"`, and push each image with a tag of its own, such as the commit.',
  fix: {
    fixer: 'ecr',
    rank: 'C',
    title: 'Make tags immutable',
    minutes: 20,
    reason: 'pushes of a tag that exists, such as latest, are refused',
    value: 'IMMUTABLE',
  },
})
