import { WITHOUT_SSL_MODE } from '../../../rules/terraform/aws/dms/dms-endpoint-ssl.ts'
import { also, copyOf, type Draft, KEY, off, on, setting } from './entry.ts'
import { resource } from './samples.ts'

const SEARCH = ['aws_opensearch_domain', 'aws_elasticsearch_domain']

const WAREHOUSE = resource('aws_redshift_cluster', { cluster_identifier: '"sample"' }, [])

/** Databases beside RDS, warehouses, search, caches, DMS. */
export const DATABASES: readonly Draft[] = [
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
          oneOf: [...WITHOUT_SSL_MODE],
        },
      },
    ],
    beside: { engine_name: '"postgres"' },
    good: '"verify-full"',
    bad: '"none"',
  }),
]
