import { decide } from '../../../../resources/place.ts'
import { notApplicable } from '../../../rule.ts'
import { asItsSource, firstOf } from '../../../shared/terraform-databases.ts'
import { type Exemption, flagRule } from '../../../shared/terraform-settings.ts'

const valkeyDefault: Exemption = (group) =>
  group.get('at_rest_encryption_enabled').absent &&
  decide(group.get('engine').string(), (engine) => engine === 'valkey') === 'yes'
    ? notApplicable('Valkey is encrypted at rest by default')
    : undefined

export default flagRule({
  id: 'elasticache-at-rest-encryption',
  title: 'Caches are encrypted at rest',
  severity: 'medium',
  severityReason:
    'Sessions and copies of rows lie in the clear on disks and in backups; reading them takes access to the account ' +
    'or to a backup first.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_29', 'trivy:AWS-0045'],
  resources: ['aws_elasticache_replication_group'],
  path: 'at_rest_encryption_enabled',
  wanted: true,
  message: 'What this cache writes to disk is not encrypted (`at_rest_encryption_enabled`).',
  remediation: 'Set `at_rest_encryption_enabled = true`; an existing replication group has to be made anew.',
  exempt: firstOf(valkeyDefault, asItsSource('at_rest_encryption_enabled', ['global_replication_group_id'])),
})
