import { firstOf, inCluster, ofReplica } from '../../../shared/terraform-databases.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'rds-multi-az',
  title: 'Databases have a standby in another zone',
  severity: 'low',
  severityReason:
    'When a zone or a machine fails the database is gone until it is restored; nobody gains anything by it.',
  controls: ['CP-10', 'CP-9', 'SC-6'],
  sameAs: ['checkov:CKV_AWS_157'],
  resources: ['aws_db_instance'],
  path: 'multi_az',
  wanted: true,
  message: 'This database runs in one zone only (`multi_az` is off).',
  remediation:
    'Set `multi_az = true` where the database must survive the loss of a zone; it doubles the price of the instance.',
  exempt: firstOf(inCluster('zones'), ofReplica('a replica is itself the second copy')),
})
