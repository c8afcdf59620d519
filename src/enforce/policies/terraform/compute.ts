import { also, type Draft, KEY, off, on, setting } from './entry.ts'
import type { Condition } from './model.ts'
import { resource } from './samples.ts'

const BY_DEFAULT = 'aws_ebs_encryption_by_default'
const TEMPLATE: Condition = { path: 'launch_template', is: { set: true }, ifUnset: true }
const SERVICE = { matches: '[.]amazonaws[.]com([.]cn)?$', say: 'be a service' }
const SOURCES: readonly Condition[] = [
  { path: 'source_account', is: { isNot: '*' } },
  { path: 'principal_org_id', is: { set: true } },
]

const KEY_RESOURCE = resource('aws_kms_key', { enable_key_rotation: 'true' }, [])
const SECRET = resource('aws_secretsmanager_secret', { name: '"sample"' }, [])

/** Machines, disks, functions, builds, keys. */
export const COMPUTE: readonly Draft[] = [
  setting({
    name: 'ec2-instance-imdsv2',
    rules: ['ec2-instance-imdsv2', 'launch-template-imdsv2'],
    types: ['aws_instance', 'aws_launch_template', 'aws_launch_configuration'],
    path: 'metadata_options.http_tokens',
    must: { is: 'required' },
    unless: [{ path: 'metadata_options.http_endpoint', is: { is: 'disabled' } }, TEMPLATE],
    unlessDeclared: 'aws_ec2_instance_metadata_defaults',
    bad: '"optional"',
    notes: ['An instance of a launch template may have it from there, so an instance that says nothing is not judged.'],
  }),
  setting({
    rules: ['launch-template-metadata-hop-limit'],
    types: ['aws_launch_template', 'aws_launch_configuration'],
    path: 'metadata_options.http_put_response_hop_limit',
    must: { atMost: 1 },
    absent: 'right',
    good: '1',
    bad: '2',
  }),
  off({
    rules: ['ec2-instance-no-public-ip'],
    types: ['aws_instance', 'aws_launch_template'],
    path: 'associate_public_ip_address',
    also: [
      also({
        types: ['aws_instance', 'aws_launch_template'],
        each: 'network_interfaces',
        path: 'associate_public_ip_address',
        must: { isNot: true },
        absent: 'right',
      }),
    ],
  }),
  off({
    rules: ['launch-configuration-no-public-ip'],
    types: ['aws_launch_configuration'],
    path: 'associate_public_ip_address',
  }),
  on({
    rules: ['instance-volumes-encrypted'],
    types: ['aws_instance', 'aws_launch_configuration'],
    path: 'root_block_device.encrypted',
    unless: [TEMPLATE],
    unlessDeclared: BY_DEFAULT,
    also: [
      also({
        types: ['aws_instance', 'aws_launch_configuration'],
        each: 'ebs_block_device',
        path: 'encrypted',
        must: { is: true },
        unless: [{ path: 'snapshot_id', is: { set: true }, beside: true, ifUnset: true }],
        unlessDeclared: BY_DEFAULT,
      }),
    ],
  }),
  on({
    rules: ['ebs-volume-encrypted'],
    types: ['aws_ebs_volume'],
    path: 'encrypted',
    unless: [{ path: 'snapshot_id', is: { set: true }, ifUnset: true }],
    unlessDeclared: BY_DEFAULT,
  }),
  setting({
    rules: ['ebs-default-encryption'],
    types: [BY_DEFAULT],
    path: 'enabled',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  on({ rules: ['efs-encrypted'], types: ['aws_efs_file_system'], path: 'encrypted' }),
  setting({
    rules: ['lambda-environment-key'],
    types: ['aws_lambda_function'],
    path: 'kms_key_arn',
    must: { customerKey: true },
    onlyIf: [{ path: 'environment.variables', is: { set: true } }],
    inside: ['environment {', '  variables = { STAGE = "test" }', '}'],
    good: KEY,
  }),
  setting({
    rules: ['lambda-tracing'],
    types: ['aws_lambda_function'],
    path: 'tracing_config.mode',
    must: { oneOf: ['Active', 'PassThrough'] },
  }),
  setting({
    rules: ['lambda-url-authentication'],
    types: ['aws_lambda_function_url'],
    path: 'authorization_type',
    must: { is: 'AWS_IAM' },
    absent: 'right',
    bad: '"NONE"',
  }),
  setting({
    rules: ['lambda-no-public-permission'],
    types: ['aws_lambda_permission'],
    path: 'source_arn',
    must: { noneOf: ['', '*'] },
    onlyIf: [{ path: 'principal', is: { is: '*' } }],
    unless: SOURCES,
    beside: { principal: '"*"' },
    good: '"arn:aws:execute-api:eu-central-1:123456789012:sample/*"',
  }),
  setting({
    rules: ['lambda-permission-source'],
    types: ['aws_lambda_permission'],
    path: 'source_arn',
    must: { noneOf: ['', '*'] },
    onlyIf: [{ path: 'principal', is: SERVICE }],
    unless: SOURCES,
    beside: { principal: '"apigateway.amazonaws.com"' },
    good: '"arn:aws:execute-api:eu-central-1:123456789012:sample/*"',
  }),
  off({
    rules: ['codebuild-no-privileged-mode'],
    types: ['aws_codebuild_project'],
    path: 'environment.privileged_mode',
  }),
  off({
    rules: ['codebuild-artifacts-encrypted'],
    types: ['aws_codebuild_project'],
    each: 'artifacts',
    path: 'encryption_disabled',
    unless: [{ path: 'type', is: { is: 'NO_ARTIFACTS' }, beside: true }],
    also: [
      also({
        types: ['aws_codebuild_project'],
        each: 'secondary_artifacts',
        path: 'encryption_disabled',
        must: { isNot: true },
        absent: 'right',
        unless: [{ path: 'type', is: { is: 'NO_ARTIFACTS' }, beside: true }],
      }),
    ],
    within: { type: '"S3"' },
  }),
  on({
    rules: ['kms-key-rotation'],
    types: ['aws_kms_key'],
    path: 'enable_key_rotation',
    unless: [{ path: 'custom_key_store_id', is: { set: true } }],
    onlyIf: [
      { path: 'customer_master_key_spec', is: { is: 'SYMMETRIC_DEFAULT' }, orAbsent: true },
      { path: 'key_usage', is: { is: 'ENCRYPT_DECRYPT' }, orAbsent: true },
    ],
  }),
  setting({
    rules: ['kms-key-enabled'],
    types: ['aws_kms_key'],
    path: 'is_enabled',
    must: { is: true },
    absent: 'right',
    good: 'true',
    bad: 'false',
  }),
  {
    rules: ['kms-key-policy'],
    checks: [{ kind: 'companion', of: 'aws_kms_key', by: [['aws_kms_key_policy', 'key_id']], inline: 'policy' }],
    failing: KEY_RESOURCE,
    passing: `${KEY_RESOURCE}\n${resource('aws_kms_key_policy', { key_id: 'aws_kms_key.sample.key_id', policy: 'data.aws_iam_policy_document.sample.json' }, [])}`,
  },
  {
    rules: ['secretsmanager-rotation'],
    checks: [
      {
        kind: 'companion',
        of: 'aws_secretsmanager_secret',
        by: [['aws_secretsmanager_secret_rotation', 'secret_id']],
        inline: 'rotation_lambda_arn',
      },
    ],
    failing: SECRET,
    passing: `${SECRET}\n${resource('aws_secretsmanager_secret_rotation', { secret_id: 'aws_secretsmanager_secret.sample.id' }, ['rotation_rules {', '  automatically_after_days = 30', '}'])}`,
  },
  setting({
    rules: ['secretsmanager-customer-managed-key'],
    types: ['aws_secretsmanager_secret'],
    path: 'kms_key_id',
    must: { customerKey: true },
    good: KEY,
  }),
  setting({
    rules: ['secretsmanager-rotation-period'],
    types: ['aws_secretsmanager_secret_rotation'],
    path: 'rotation_rules.automatically_after_days',
    must: { atMost: 90 },
    absent: 'right',
    good: '30',
    bad: '365',
    notes: ['A schedule (`schedule_expression`) is not read.'],
  }),
  setting({
    rules: ['ssm-parameter-encrypted'],
    types: ['aws_ssm_parameter'],
    path: 'type',
    must: { is: 'SecureString' },
    absent: 'right',
    unless: [
      { path: 'data_type', is: { is: 'aws:ec2:image' } },
      { path: 'insecure_value', is: { set: true } },
    ],
    bad: '"String"',
  }),
  setting({
    rules: ['ssm-parameter-customer-managed-key'],
    types: ['aws_ssm_parameter'],
    path: 'key_id',
    must: { customerKey: true },
    unless: [
      { path: 'type', is: { oneOf: ['String', 'StringList'] } },
      { path: 'data_type', is: { is: 'aws:ec2:image' } },
      { path: 'insecure_value', is: { set: true } },
    ],
    good: KEY,
  }),
]
