import { textOf, UNKNOWN_PART } from '../../../../resources/aws/iam-resources.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

/** What Terraform writes if nothing is said. */
const FILLER = 'Managed by Terraform'

export default settingRule({
  id: 'security-group-description',
  title: 'Security groups say what they are for',
  severity: 'info',
  severityReason:
    'Nothing is open by this; but a group whose purpose nobody knows is never narrowed and never removed.',
  controls: ['CM-2', 'CM-8'],
  sameAs: ['checkov:CKV_AWS_23', 'trivy:AWS-0099'],
  resources: [
    'aws_security_group',
    'aws_db_security_group',
    'aws_elasticache_security_group',
    'aws_redshift_security_group',
  ],
  path: 'description',
  read: (at) => {
    const text = at.unknown === undefined ? undefined : textOf(at.unknown)
    // What is known of it says something, whatever the rest is: `"Load balancer of ${local.name}"`.
    return text !== undefined && /\w/.test(text) && !FILLER.startsWith(text.split(UNKNOWN_PART, 1)[0] ?? '')
      ? { kind: 'known', value: text }
      : at.string()
  },
  holds: (text) => text !== undefined && text.trim() !== '' && text !== FILLER,
  bad: ['', FILLER, null],
  message: 'This group does not say what it is for (description: {value}).',
  remediation: 'Write a `description` when the group is made: what it protects and who looks after it.',
})
