import { asItsSource } from '../../../shared/terraform-databases.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'elasticache-transit-encryption',
  title: 'Caches are reached over TLS',
  severity: 'medium',
  severityReason:
    'Sessions and passwords pass in the clear, and without TLS there is no authentication either; it takes a ' +
    'foothold in the network, hence not high.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_30', 'trivy:AWS-0051'],
  resources: ['aws_elasticache_replication_group'],
  path: 'transit_encryption_enabled',
  wanted: true,
  message: 'Clients reach this cache in the clear (`transit_encryption_enabled`).',
  remediation:
    'Set `transit_encryption_enabled = true` (from Redis 7.0.5 on in place, by way of `transit_encryption_mode = ' +
    '"preferred"`), and let clients connect with TLS.',
  exempt: asItsSource('transit_encryption_enabled', ['global_replication_group_id']),
})
