import { defineRule } from '../../../rule.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'rds-not-public',
  title: 'Databases have no public address',
  severity: 'high',
  severityReason:
    'The database gets an address that resolves on the internet, so one open security group is all that is missing; with ' +
    'a closed one nobody can connect, so it is not critical by itself.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_17', 'trivy:AWS-0180'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster_instance'],
  messages: { public: 'This database is given a public address (`publicly_accessible`).' },
  remediation: 'Set `publicly_accessible = false` and reach the database from inside the VPC, over a VPN or a bastion.',
  *check(instance) {
    const at = instance.get('publicly_accessible')
    yield* requireFlag({ at, wanted: false, fallback: false, message: 'public' })
  },
})
