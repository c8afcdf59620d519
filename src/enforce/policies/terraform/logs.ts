import { also, type Draft, KEY, on, setting } from './entry.ts'

const TRAIL = ['aws_cloudtrail']

/** Trails, logs, Config, GuardDuty, the state of Terraform. */
export const LOGS: readonly Draft[] = [
  setting({
    rules: ['cloudtrail-enabled'],
    types: TRAIL,
    path: 'enable_logging',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  on({ rules: ['cloudtrail-log-file-validation'], types: TRAIL, path: 'enable_log_file_validation' }),
  on({ rules: ['cloudtrail-multi-region'], types: TRAIL, path: 'is_multi_region_trail' }),
  setting({ rules: ['cloudtrail-kms-encryption'], types: TRAIL, path: 'kms_key_id', must: { set: true }, good: KEY }),
  setting({
    rules: ['cloudtrail-cloudwatch-logs'],
    types: TRAIL,
    path: 'cloud_watch_logs_group_arn',
    must: { set: true },
    good: '"arn:aws:logs:eu-central-1:123456789012:log-group:sample:*"',
  }),
  setting({
    rules: ['cloudtrail-sns-topic'],
    types: TRAIL,
    path: 'sns_topic_name',
    must: { set: true },
    good: '"sample"',
  }),
  setting({
    rules: ['cloudwatch-alarm-actions'],
    types: ['aws_cloudwatch_metric_alarm'],
    path: 'actions_enabled',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  setting({
    rules: ['cloudwatch-log-encryption'],
    types: ['aws_cloudwatch_log_group'],
    path: 'kms_key_id',
    must: { customerKey: true },
    good: KEY,
  }),
  setting({
    rules: ['cloudwatch-log-retention'],
    types: ['aws_cloudwatch_log_group'],
    path: 'retention_in_days',
    must: { atLeast: 365, orZero: true },
    unless: [{ path: 'log_group_class', is: { is: 'DELIVERY' } }],
    good: '365',
    bad: '30',
  }),
  setting({
    rules: ['cloudwatch-log-retention-set'],
    types: ['aws_cloudwatch_log_group'],
    path: 'retention_in_days',
    must: { set: true },
    unless: [{ path: 'log_group_class', is: { is: 'DELIVERY' } }],
    good: '90',
  }),
  on({
    rules: ['config-aggregator-all-regions'],
    types: ['aws_config_configuration_aggregator'],
    each: 'account_aggregation_source',
    path: 'all_regions',
    also: [
      also({
        types: ['aws_config_configuration_aggregator'],
        each: 'organization_aggregation_source',
        path: 'all_regions',
        must: { is: true },
      }),
    ],
  }),
  on({
    rules: ['config-recorder-all-resources'],
    types: ['aws_config_configuration_recorder'],
    path: 'recording_group.include_global_resource_types',
    // With a provider of its own it is the recorder of a further region; global types are recorded in one.
    unless: [{ path: 'provider', is: { set: true } }],
    also: [
      also({
        types: ['aws_config_configuration_recorder'],
        path: 'recording_group.all_supported',
        must: { isNot: false },
        absent: 'right',
      }),
    ],
  }),
  on({ rules: ['config-recorder-enabled'], types: ['aws_config_configuration_recorder_status'], path: 'is_enabled' }),
  setting({
    rules: ['guardduty-enabled'],
    types: ['aws_guardduty_detector'],
    path: 'enable',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  on({
    rules: ['terraform-state-encryption'],
    types: ['terraform.backend.s3'],
    path: 'encrypt',
    unless: [
      { path: 'bucket', is: 'absent', ifUnset: true },
      { path: 'key', is: 'absent', ifUnset: true },
    ],
    beside: { bucket: '"sample-state"', key: '"sample.tfstate"' },
    notes: ['A backend without bucket or key gets the rest from -backend-config: it is not judged.'],
  }),
  on({
    rules: ['terraform-state-locking'],
    types: ['terraform.backend.s3'],
    path: 'use_lockfile',
    unless: [
      { path: 'dynamodb_table', is: { set: true } },
      { path: 'bucket', is: 'absent', ifUnset: true },
      { path: 'key', is: 'absent', ifUnset: true },
    ],
    beside: { bucket: '"sample-state"', key: '"sample.tfstate"' },
    notes: ['A backend without bucket or key gets the rest from -backend-config: it is not judged.'],
  }),
  setting({
    rules: ['provider-no-credentials'],
    types: ['provider.aws'],
    path: 'access_key',
    must: { matchesNot: '^(AKIA|ASIA)[A-Z0-9]{16}$', say: 'not be written in code' },
    absent: 'right',
    also: [
      also({
        types: ['provider.aws'],
        path: 'secret_key',
        must: { matchesNot: '^[A-Za-z0-9/+=]{40}$', say: 'not be written in code' },
        absent: 'right',
      }),
      also({
        types: ['provider.aws'],
        path: 'token',
        must: { matchesNot: '^[A-Za-z0-9/+=]{100,}$', say: 'not be written in code' },
        absent: 'right',
      }),
    ],
    good: 'var.access_key',
    bad: '"AKIAIOSFODNN7EXAMPLE"',
  }),
]
