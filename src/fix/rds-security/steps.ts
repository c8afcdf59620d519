import { Place } from '../../resources/place.ts'
import type { Complaint, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'

/** What proves a setting, as a query to `describe-db-instances`. */
const PROOFS: ReadonlyMap<string, readonly [field: string, text: string]> = new Map([
  ['rds-storage-encrypted', ['StorageEncrypted', 'the storage is encrypted']],
  ['rds-deletion-protection', ['DeletionProtection', 'it is protected from deletion']],
  ['rds-copy-tags-to-snapshots', ['CopyTagsToSnapshot', 'tags go to snapshots']],
  ['rds-minor-version-upgrades', ['AutoMinorVersionUpgrade', 'minor versions come by themselves']],
  ['rds-iam-authentication', ['IAMDatabaseAuthenticationEnabled', 'IAM may sign in']],
  ['rds-log-exports', ['EnabledCloudwatchLogsExports', 'logs go to CloudWatch']],
  ['rds-backup-retention', ['BackupRetentionPeriod', 'backups are kept that many days']],
  ['rds-not-public', ['PubliclyAccessible', 'it has no public address']],
  ['rds-ca-certificate', ['CACertificateIdentifier', 'its certificate is of the new authority']],
  ['rds-no-hardcoded-password', ['MasterUserSecret.SecretStatus', 'RDS keeps the password']],
  ['rds-multi-az', ['MultiAZ', 'it has a standby']],
  ['rds-performance-insights', ['PerformanceInsightsKMSKeyId', 'Performance Insights has its key']],
  ['rds-enhanced-monitoring', ['MonitoringInterval', 'metrics are sent']],
  ['rds-encryption-in-transit', ['DBParameterGroups', 'its parameter group is in sync']],
])

const INSTANCES: ReadonlySet<string> = new Set(['aws_db_instance', 'aws_rds_cluster_instance'])

/** What remains for people once the settings are written. */
export function stepsFor(complaints: readonly Complaint[]): readonly NextStep[] {
  const steps: NextStep[] = [
    ...planSteps(
      complaints.map(({ at }) => at.resource.root),
      'databases change in place; one that is to be replaced loses its data unless a copy was restored first',
    ),
  ]
  for (const { at, ruleId } of complaints) {
    const { resource } = at
    const { address } = resource
    if (ruleId === 'rds-iam-authentication') {
      steps.push({
        kind: 'rollout',
        text: `${address}: make a database user for IAM for each application, then take its password away`,
      })
    }
    if (ruleId === 'rds-no-hardcoded-password') {
      steps.push({
        kind: 'rollout',
        text: `${address}: let each application read the secret of the master user before the plan is applied; the old password must fail afterwards`,
      })
    }
    if (ruleId === 'rds-cluster-audit-logs') {
      steps.push({ kind: 'rollout', text: `${address}: set server_audit_logging to 1 in its cluster parameter group` })
    }
    if (ruleId === 'rds-encryption-in-transit') {
      steps.push({
        kind: 'rollout',
        text: `${address}: restart it where its parameters are pending, after each client connects with TLS`,
      })
    }
    const proof = PROOFS.get(ruleId)
    if (proof === undefined || !INSTANCES.has(resource.type)) continue
    const name = Place.of(resource).get('identifier').string()
    const shown = name.kind === 'known' ? shellWord(name.value) : '"$DATABASE"'
    const command = `aws rds describe-db-instances --db-instance-identifier ${shown} --query 'DBInstances[0].${proof[0]}'`
    steps.push({ kind: 'prove', text: `${address}: ${proof[1]}`, command })
  }
  return uniqueSteps(steps)
}
