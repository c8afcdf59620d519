import { also, type Draft, off, on, setting } from './entry.ts'
import type { Condition } from './model.ts'
import { resource } from './samples.ts'

const KEY = '"arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"'
const INSTANCE = ['aws_db_instance']
const CLUSTER = ['aws_rds_cluster']
const MEMBERS = ['aws_db_instance', 'aws_rds_cluster_instance']
const SEARCH = ['aws_opensearch_domain', 'aws_elasticsearch_domain']

/** An Aurora instance has it from its cluster. */
const AURORA: Condition = { path: 'engine', is: { matches: '^aurora', say: 'be Aurora' } }
const REPLICA: Condition = { path: 'replicate_source_db', is: { set: true } }

/** A copy is as its source is, unless it says something. */
function copyOf(...sources: readonly string[]): readonly Condition[] {
  return sources.map((path) => ({ path, is: { set: true }, ifUnset: true }))
}

const WITHOUT_IAM: readonly Condition[] = [
  { path: 'engine', is: { matches: '^(oracle|sqlserver|db2|custom)', say: 'have no IAM' } },
  { path: 'engine_mode', is: { is: 'serverless' } },
]
const SOURCES = copyOf('replicate_source_db', 'replication_source_identifier', 'snapshot_identifier')
const TLS_ON = { matches: '(?i)^(1|on|true)$', say: 'be 1' }
const PARAMETER_GROUPS = ['aws_db_parameter_group', 'aws_rds_cluster_parameter_group']

const WAREHOUSE = resource('aws_redshift_cluster', { cluster_identifier: '"sample"' }, [])

/** RDS and its like, Redshift, OpenSearch, caches, DynamoDB. */
export const DATABASES: readonly Draft[] = [
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
    unless: [AURORA, REPLICA],
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
    onlyIf: [{ path: 'engine', is: { oneOf: ['aurora', 'aurora-mysql', 'mysql'] } }],
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
    onlyIf: [
      { path: 'family', is: { matches: '^(postgres(9|1[0-4])|aurora-postgresql(9|1[0-6])|sqlserver)', say: '' } },
    ],
    also: [
      also({
        types: PARAMETER_GROUPS,
        path: 'parameter.value',
        where: ['name', 'require_secure_transport'],
        must: TLS_ON,
        onlyIf: [{ path: 'family', is: { matches: '^(mysql|aurora-mysql|mariadb(10|11\\.[0-7]$))', say: '' } }],
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
        onlyIf: [{ path: 'engine', is: { matches: '^(mysql|sqlserver)', say: '' } }],
      }),
      also({
        types: INSTANCE,
        path: 'parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [
          { path: 'engine', is: { is: 'postgres' } },
          { path: 'engine_version', is: { matches: '^(9|1[0-4])([.]|$)', say: '' } },
        ],
      }),
      also({
        types: CLUSTER,
        path: 'db_cluster_parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [{ path: 'engine', is: { oneOf: ['aurora', 'aurora-mysql', 'mysql'] } }],
      }),
      also({
        types: CLUSTER,
        path: 'db_cluster_parameter_group_name',
        must: { matchesNot: '^default[.]', say: 'be a group of your own, which demands TLS' },
        onlyIf: [
          { path: 'engine', is: { is: 'aurora-postgresql' } },
          { path: 'engine_version', is: { matches: '^(9|1[0-6])([.]|$)', say: '' } },
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
    unless: [AURORA, ...WITHOUT_IAM],
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
    unless: [{ path: 'instance_class', is: { matches: '^db[.](t[23]|t4g)[.](micro|small)$', say: '' } }],
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
  on({
    rules: ['docdb-encrypted'],
    types: ['aws_docdb_cluster'],
    path: 'storage_encrypted',
    unless: copyOf('snapshot_identifier'),
  }),
  setting({
    rules: ['docdb-tls'],
    types: ['aws_docdb_cluster_parameter_group'],
    path: 'parameter.value',
    where: ['name', 'tls'],
    must: { isNot: 'disabled' },
    absent: 'right',
    good: '"enabled"',
    bad: '"disabled"',
  }),
  on({
    rules: ['neptune-encrypted'],
    types: ['aws_neptune_cluster'],
    path: 'storage_encrypted',
    unless: copyOf('snapshot_identifier', 'replication_source_identifier'),
  }),
  setting({
    rules: ['redshift-encrypted'],
    types: ['aws_redshift_cluster'],
    path: 'encrypted',
    must: { isNot: false },
    absent: 'right',
    good: 'true',
    bad: 'false',
    notes: ['What it means to leave it out depends on the version of the provider, so that is not judged.'],
  }),
  off({
    rules: ['redshift-not-public'],
    types: ['aws_redshift_cluster'],
    path: 'publicly_accessible',
    notes: ['What it means to leave it out depends on the version of the provider, so that is not judged.'],
  }),
  {
    rules: ['redshift-logging'],
    checks: [
      {
        kind: 'companion',
        of: 'aws_redshift_cluster',
        by: [['aws_redshift_logging', 'cluster_identifier']],
        named: 'cluster_identifier',
        inline: 'logging',
      },
      also({ types: ['aws_redshift_cluster'], each: 'logging', path: 'enable', must: { is: true } }),
    ],
    failing: WAREHOUSE,
    passing: `${WAREHOUSE}\n${resource('aws_redshift_logging', { cluster_identifier: 'aws_redshift_cluster.sample.id', bucket_name: '"sample-logs"' }, [])}`,
  },
  setting({
    rules: ['redshift-require-ssl'],
    types: ['aws_redshift_parameter_group'],
    path: 'parameter.value',
    where: ['name', 'require_ssl'],
    must: { matches: '(?i)^true$', say: 'be true' },
    unless: [{ path: 'family', is: { is: 'redshift-2.0' } }],
    beside: { family: '"redshift-1.0"' },
    good: '"true"',
    bad: '"false"',
  }),
  on({
    name: 'elasticache-encrypted',
    rules: ['elasticache-at-rest-encryption'],
    types: ['aws_elasticache_replication_group'],
    path: 'at_rest_encryption_enabled',
    unless: [{ path: 'engine', is: { is: 'valkey' }, ifUnset: true }, ...copyOf('global_replication_group_id')],
  }),
  on({
    name: 'elasticache-transit',
    rules: ['elasticache-transit-encryption'],
    types: ['aws_elasticache_replication_group'],
    path: 'transit_encryption_enabled',
    unless: copyOf('global_replication_group_id'),
  }),
  on({ rules: ['opensearch-encryption-at-rest'], types: SEARCH, path: 'encrypt_at_rest.enabled' }),
  on({ rules: ['opensearch-node-to-node-encryption'], types: SEARCH, path: 'node_to_node_encryption.enabled' }),
  on({
    rules: ['opensearch-enforce-https'],
    types: SEARCH,
    path: 'domain_endpoint_options.enforce_https',
    unless: [{ path: 'domain_endpoint_options', is: { set: true }, ifUnset: true }],
  }),
  setting({
    rules: ['opensearch-tls-policy'],
    types: SEARCH,
    path: 'domain_endpoint_options.tls_security_policy',
    must: { matches: '^Policy-Min-TLS-1-[23]-', say: 'begin with TLS 1.2, or later' },
    good: '"Policy-Min-TLS-1-2-PFS-2023-10"',
    bad: '"Policy-Min-TLS-1-0-2019-07"',
  }),
  setting({
    rules: ['dynamodb-customer-managed-key'],
    types: ['aws_dynamodb_table'],
    each: 'server_side_encryption',
    path: 'kms_key_arn',
    must: { customerKey: true },
    also: [also({ types: ['aws_dynamodb_table'], path: 'server_side_encryption.enabled', must: { is: true } })],
    within: { enabled: 'true' },
    good: KEY,
  }),
  on({
    rules: ['dynamodb-point-in-time-recovery'],
    types: ['aws_dynamodb_table'],
    path: 'point_in_time_recovery.enabled',
  }),
  off({
    rules: ['dms-replication-instance-not-public'],
    types: ['aws_dms_replication_instance'],
    path: 'publicly_accessible',
  }),
  setting({
    rules: ['dms-endpoint-ssl'],
    types: ['aws_dms_endpoint'],
    path: 'ssl_mode',
    must: { isNot: 'none' },
    unless: [
      {
        path: 'engine_name',
        is: {
          oneOf: [
            's3',
            'dynamodb',
            'kinesis',
            'kafka',
            'elasticsearch',
            'opensearch',
            'neptune',
            'redis',
            'timestream',
            'babelfish',
          ],
        },
      },
    ],
    beside: { engine_name: '"postgres"' },
    good: '"verify-full"',
    bad: '"none"',
  }),
]
