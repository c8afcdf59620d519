import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'dms-replication-instance-not-public',
  title: 'DMS replication instances have no public address',
  severity: 'medium',
  severityReason:
    'The instance holds the passwords of both databases and stands on the internet as far as its security group lets it; ' +
    'with a closed group nobody can connect.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_89'],
  resources: ['aws_dms_replication_instance'],
  path: 'publicly_accessible',
  wanted: false,
  message: 'This replication instance is given a public address.',
  remediation: 'Set `publicly_accessible = false` and reach sources outside the VPC over a VPN or Direct Connect.',
  fix: {
    fixer: 'dms',
    rank: 'B',
    title: 'Give the replication instance no public address',
    minutes: 60,
    reason: 'the instance is replaced, which stops its tasks, and sources on the internet are out of its reach',
    value: false,
  },
})
