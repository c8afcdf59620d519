import { also, copyOf, type Draft, KEY, off, on, setting } from './entry.ts'
import type { Condition } from './model.ts'

const INSTANCE = ['aws_db_instance']
const CLUSTER = ['aws_rds_cluster']
const MEMBERS = ['aws_db_instance', 'aws_rds_cluster_instance']

/** An Aurora instance has it from its cluster. */
const AURORA: Condition = { path: 'engine', is: { matches: '^aurora', say: 'be Aurora' } }
const REPLICA: Condition = { path: 'replicate_source_db', is: { set: true } }

const WITHOUT_IAM: readonly Condition[] = [
  { path: 'engine', is: { matches: '^(oracle|sqlserver|db2|custom)', say: 'have no IAM' } },
  { path: 'engine_mode', is: { is: 'serverless' } },
]
const SOURCES = copyOf('replicate_source_db', 'replication_source_identifier', 'snapshot_identifier')
const TLS_ON = { matches: '(?i)^(1|on|true)$', say: 'be 1' }
const PARAMETER_GROUPS = ['aws_db_parameter_group', 'aws_rds_cluster_parameter_group']

/** RDS: instances, clusters, their parameter groups and snapshots. */
export const RDS: readonly Draft[] = [
  off({ rules: ['rds-not-public'], types: MEMBERS, path: 'publicly_accessible' }),
  on({
    rules: ['rds-storage-encrypted'],
    types: INSTANCE,
    path: 'storage_encrypted',
    unless: [{ ...AURORA, ifUnset: true }, ...SOURCES],
    also: [
      also({
        types: CLUSTER,
        path: 'storage_encrypted',
        must: { is: true },
        unless: [{ path: 'engine_mode', is: { is: 'serverless' }, ifUnset: true }, ...SOURCES],
      }),
    ],
  }),
  on({
    rules: ['rds-deletion-protection'],
    types: INSTANCE,
    path: 'deletion_protection',
    unless: [AURORA],
    also: [also({ types: CLUSTER, path: 'deletion_protection', must: { is: true } })],
  }),
  setting({
    rules: ['rds-backup-retention'],
    types: INSTANCE,
    path: 'backup_retention_period',
    must: { atLeast: 7 },
    unless: [AURORA, REPLICA, ...copyOf('snapshot_identifier', 'restore_to_point_in_time')],
    also: [also({ types: CLUSTER, path: 'backup_retention_period', must: { atLeast: 7 } })],
    good: '7',
    bad: '1',
  }),
  setting({
    rules: ['rds-ca-certificate'],
    types: INSTANCE,
    path: 'ca_cert_identifier',
    must: { matches: '^rds-ca-(rsa2048|rsa4096|ecc384)-g[0-9]+$', say: 'be an authority that is still current' },
    absent: 'right',
    good: '"rds-ca-rsa2048-g1"',
    bad: '"rds-ca-2019"',
  }),
  setting({
    rules: ['rds-cluster-audit-logs'],
    types: CLUSTER,
    path: 'enabled_cloudwatch_logs_exports',
    must: { hasAll: ['audit'] },
    onlyIf: [{ path: 'engine', is: { oneOf: ['aurora', 'aurora-mysql'] } }],
    beside: { engine: '"aurora-mysql"' },
    good: '["audit", "error"]',
    bad: '["error"]',
  }),
  setting({
    rules: ['rds-cluster-customer-managed-key'],
    types: CLUSTER,
    path: 'kms_key_id',
    must: { customerKey: true },
    unless: copyOf('replication_source_identifier', 'snapshot_identifier', 'restore_to_point_in_time'),
    good: KEY,
    bad: '"alias/aws/rds"',
  }),
  on({ rules: ['rds-copy-tags-to-snapshots'], types: INSTANCE, path: 'copy_tags_to_snapshot', unless: [AURORA] }),
  setting({
    rules: ['rds-encryption-in-transit'],
    types: PARAMETER_GROUPS,
    path: 'parameter.value',
    where: ['name', 'rds.force_ssl'],
    must: TLS_ON,
    onlyIf: [{ path: 'family', is: { matches: '^(postgres(9|1[0-4])|aurora-postgresql(9|1[0-6])|sqlserver)' } }],
    also: [
      also({
        types: PARAMETER_GROUPS,
        path: 'parameter.value',
        where: ['name', 'require_secure_transport'],
        must: TLS_ON,
        onlyIf: [{ path: 'family', is: { matches: '^(mysql|aurora-mysql|mariadb(10|11\\.[0-7]$))' } }],
      }),
      also({
        types: PARAMETER_GROUPS,
        path: 'parameter.value',
        where: ['name', 'rds.force_ssl'],
        must: TLS_ON,
        absent: 'right',
      }),
      also({
        types: PARAMETER_GROUPS,
        path: 'parameter.value',
        where: ['name', 'require_secure_transport'],
        must: TLS_ON,
        absent: 'right',
      }),
      also({
        types: INSTANCE,
        path: 'parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [{ path: 'engine', is: { matches: '^(mysql|sqlserver)' } }],
      }),
      also({
        types: INSTANCE,
        path: 'parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [
          { path: 'engine', is: { is: 'postgres' } },
          { path: 'engine_version', is: { matches: '^(9|1[0-4])([.]|$)' } },
        ],
      }),
      also({
        types: CLUSTER,
        path: 'db_cluster_parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [{ path: 'engine', is: { oneOf: ['aurora', 'aurora-mysql'] } }],
      }),
      also({
        types: CLUSTER,
        path: 'db_cluster_parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [
          { path: 'engine', is: { is: 'aurora-postgresql' } },
          { path: 'engine_version', is: { matches: '^(9|1[0-6])([.]|$)' } },
        ],
      }),
    ],
    beside: { family: '"postgres14"' },
    good: '"1"',
    bad: '"0"',
    notes: ['A database that names a group is judged by that group, whichever file it is in.'],
  }),
  setting({
    rules: ['rds-enhanced-monitoring'],
    types: MEMBERS,
    path: 'monitoring_interval',
    must: { atLeast: 1 },
    good: '60',
    bad: '0',
  }),
  on({
    rules: ['rds-global-cluster-encrypted'],
    types: ['aws_rds_global_cluster'],
    path: 'storage_encrypted',
    unless: copyOf('source_db_cluster_identifier'),
  }),
  on({
    rules: ['rds-iam-authentication'],
    types: INSTANCE,
    path: 'iam_database_authentication_enabled',
    beside: { engine: '"postgres"' },
    unless: [AURORA, { path: 'engine', is: 'absent' }, ...WITHOUT_IAM],
    also: [
      also({
        types: CLUSTER,
        path: 'iam_database_authentication_enabled',
        must: { is: true },
        unless: WITHOUT_IAM,
      }),
    ],
  }),
  setting({
    rules: ['rds-log-exports'],
    types: INSTANCE,
    path: 'enabled_cloudwatch_logs_exports',
    must: { set: true },
    unless: [AURORA],
    also: [also({ types: CLUSTER, path: 'enabled_cloudwatch_logs_exports', must: { set: true } })],
    good: '["postgresql"]',
    bad: '[]',
  }),
  setting({
    rules: ['rds-minor-version-upgrades'],
    types: MEMBERS,
    path: 'auto_minor_version_upgrade',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  on({ rules: ['rds-multi-az'], types: INSTANCE, path: 'multi_az', unless: [AURORA, REPLICA] }),
  setting({
    rules: ['rds-no-hardcoded-password'],
    types: INSTANCE,
    path: 'password',
    must: { unset: true },
    absent: 'right',
    also: [
      also({ types: INSTANCE, path: 'password_wo', must: { unset: true }, absent: 'right' }),
      also({ types: CLUSTER, path: 'master_password', must: { unset: true }, absent: 'right' }),
      also({ types: CLUSTER, path: 'master_password_wo', must: { unset: true }, absent: 'right' }),
    ],
    good: 'random_password.sample.result',
    bad: '"not-shown"',
  }),
  on({
    rules: ['rds-performance-insights'],
    types: MEMBERS,
    path: 'performance_insights_enabled',
    unless: [{ path: 'instance_class', is: { matches: '^db[.](t[23]|t4g)[.](micro|small)$' } }],
    notes: ['The smallest classes have no Performance Insights with some engines: they are not judged.'],
  }),
  setting({
    rules: ['rds-performance-insights-key'],
    types: MEMBERS,
    path: 'performance_insights_kms_key_id',
    must: { customerKey: true },
    onlyIf: [{ path: 'performance_insights_enabled', is: { is: true } }],
    beside: { performance_insights_enabled: 'true' },
    good: KEY,
  }),
  setting({
    rules: ['rds-snapshot-not-public'],
    types: ['aws_db_snapshot', 'aws_db_snapshot_copy', 'aws_db_cluster_snapshot'],
    path: 'shared_accounts',
    must: { hasNone: ['all'] },
    absent: 'right',
    good: '["123456789012"]',
    bad: '["all"]',
  }),
]
