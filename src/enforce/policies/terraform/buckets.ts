import { also, type Draft, off, setting } from './entry.ts'
import type { Companion, Setting } from './model.ts'
import { resource } from './samples.ts'
import { PUBLIC_LINES, statements } from './statements.ts'

const BUCKET = 'aws_s3_bucket'
const BLOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const

/** Who writes logs into a bucket. Such a bucket cannot have a key of its own, and does not log itself. */
const LOG_WRITERS: Companion['unlessUsedBy'] = [
  ['aws_s3_bucket_logging', 'target_bucket'],
  [BUCKET, 'logging.target_bucket'],
  ['aws_lb', 'access_logs.bucket'],
  ['aws_lb', 'connection_logs.bucket'],
  ['aws_alb', 'access_logs.bucket'],
  ['aws_elb', 'access_logs.bucket'],
  ['aws_cloudfront_distribution', 'logging_config.bucket'],
]

/** What else makes a bucket one for logs, beside those who name it. Goes with a companion of the tag `a`. */
const LOG_BUCKET = `
tf_used_a(found) if {
	some other in array.concat(tf_resources("aws_s3_bucket_acl"), [found])
	other.body.acl == "log-delivery-write"
	tf_may_name(object.get(other.body, "bucket", ""), found, "bucket")
}

tf_used_a(found) if {
	some other in tf_resources("aws_s3_bucket_policy")
	tf_may_name(other.body.bucket, found, "bucket")
	tf_lets_logs_in(other.body.policy)
}

tf_lets_logs_in(text) if regex.match(\`logging[.]s3[.]amazonaws|logdelivery[.]elasticloadbalancing\`, text)

tf_lets_logs_in(text) if {
	some document in tf_data("aws_iam_policy_document")
	tf_mentions(text, document.address)
	walk(document.body, [_, value])
	is_string(value)
	tf_lets_logs_in_by_name(value)
}

tf_lets_logs_in_by_name(value) if value in {"logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"}
`.trim()

function bucketCompanion(type: string, more: Partial<Companion> = {}): Companion {
  return { kind: 'companion', of: BUCKET, by: [[type, 'bucket']], named: 'bucket', ...more }
}

const OWN = 'aws_s3_bucket.sample.id'
const PLAIN_BUCKET = resource(BUCKET, { bucket: '"sample"' }, [])

function withCompanion(
  type: string,
  inner: readonly string[],
  attributes: Readonly<Record<string, string>> = {},
): string {
  return `${PLAIN_BUCKET}\n${resource(type, { bucket: OWN, ...attributes }, inner)}`
}

const ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration'
const ALGORITHM = 'apply_server_side_encryption_by_default.sse_algorithm'

function encryptedWith(algorithm: string): string {
  return withCompanion(ENCRYPTION, [
    'rule {',
    '  apply_server_side_encryption_by_default {',
    `    sse_algorithm = "${algorithm}"`,
    '  }',
    '}',
  ])
}

const ALGORITHMS: Omit<Setting, 'kind' | 'absent' | 'types' | 'each'> = {
  path: ALGORITHM,
  must: { oneOf: ['AES256', 'aws:kms', 'aws:kms:dsse'] },
}

const TLS_STATEMENT = `{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::sample", "arn:aws:s3:::sample/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }`

function policyOf(statement: string): string {
  return `jsonencode({
    Version   = "2012-10-17"
    Statement = [${statement}]
  })`
}

const ROLE_STATEMENT = `{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/sample" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::sample/*"
    }`
const PUBLIC_STATEMENT = ROLE_STATEMENT.replace('{ AWS = "arn:aws:iam::123456789012:role/sample" }', '"*"')
const POLICIES = { aws_s3_bucket_policy: 'policy', aws_s3_bucket: 'policy' }
const GROUPS = [
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
]

/** Buckets: who gets in, what is kept, how it is encrypted. */
export const BUCKETS: readonly Draft[] = [
  setting({
    name: 's3-no-public-acl',
    title: 'Bucket ACLs let nobody in',
    rules: ['s3-no-public-acl', 's3-no-public-acl-view', 's3-no-public-write-acl', 's3-no-authenticated-users-acl'],
    types: ['aws_s3_bucket_acl', BUCKET],
    path: 'acl',
    must: { noneOf: ['public-read', 'public-read-write', 'authenticated-read'] },
    absent: 'right',
    also: [
      also({ types: [BUCKET], each: 'grant', path: 'uri', must: { noneOf: GROUPS }, absent: 'right' }),
      also({
        types: ['aws_s3_bucket_acl'],
        each: 'access_control_policy.grant.grantee',
        path: 'uri',
        must: { noneOf: GROUPS },
        absent: 'right',
      }),
    ],
    beside: { bucket: '"sample"' },
    good: '"private"',
    bad: '"public-read"',
  }),
  {
    title: 'Public access blocks block everything, and every bucket has one',
    name: 's3-public-access-block',
    rules: [
      's3-block-public-acls',
      's3-block-public-policy',
      's3-ignore-public-acls',
      's3-restrict-public-buckets',
      's3-public-access-block',
    ],
    checks: [
      bucketCompanion('aws_s3_bucket_public_access_block', { unlessDeclared: 'aws_s3_account_public_access_block' }),
      ...BLOCKS.map((path) => also({ types: ['aws_s3_bucket_public_access_block'], path, must: { is: true } })),
    ],
    failing: withCompanion('aws_s3_bucket_public_access_block', [], { block_public_acls: 'false' }),
    passing: withCompanion(
      'aws_s3_bucket_public_access_block',
      [],
      Object.fromEntries(BLOCKS.map((name) => [name, 'true'])),
    ),
  },
  setting({
    rules: ['s3-access-point-public-access-block'],
    types: ['aws_s3_access_point'],
    each: 'public_access_block_configuration',
    path: BLOCKS[0],
    must: { is: true },
    absent: 'right',
    also: BLOCKS.slice(1).map((path) =>
      also({
        types: ['aws_s3_access_point'],
        each: 'public_access_block_configuration',
        path,
        must: { is: true },
        absent: 'right',
      }),
    ),
    good: 'true',
    bad: 'false',
  }),
  off({ rules: ['s3-no-force-destroy'], types: [BUCKET], path: 'force_destroy' }),
  {
    rules: ['s3-bucket-versioning'],
    checks: [
      bucketCompanion('aws_s3_bucket_versioning', {
        inline: 'versioning',
        unless: [
          { path: 'object_lock_enabled', is: { is: true } },
          { path: 'object_lock_configuration.object_lock_enabled', is: { is: 'Enabled' } },
        ],
      }),
      also({ types: ['aws_s3_bucket_versioning'], path: 'versioning_configuration.status', must: { is: 'Enabled' } }),
      also({ types: [BUCKET], each: 'versioning', path: 'enabled', must: { is: true } }),
    ],
    failing: withCompanion('aws_s3_bucket_versioning', ['versioning_configuration {', '  status = "Suspended"', '}']),
    passing: withCompanion('aws_s3_bucket_versioning', ['versioning_configuration {', '  status = "Enabled"', '}']),
  },
  {
    rules: ['s3-bucket-encryption'],
    checks: [
      also({ types: [ENCRYPTION], each: 'rule', ...ALGORITHMS, absent: 'right' }),
      also({ types: [BUCKET], each: 'server_side_encryption_configuration.rule', ...ALGORITHMS, absent: 'right' }),
    ],
    failing: encryptedWith('none'),
    passing: encryptedWith('AES256'),
  },
  {
    rules: ['s3-bucket-kms-encryption'],
    checks: [
      bucketCompanion(ENCRYPTION, { inline: 'server_side_encryption_configuration', unlessUsedBy: LOG_WRITERS }),
      {
        kind: 'written',
        rego: `violation contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources("aws_s3_bucket")
	found.whole
	not tf_used_a(found)
	some rule in tf_rules_of(found)
	some chosen in tf_bodies(rule.apply_server_side_encryption_by_default)
	chosen.sse_algorithm == "AES256"
	msg := sprintf("%v: sse_algorithm must be aws:kms or aws:kms:dsse.", [found.address])
}

tf_rules_of(found) := [rule |
	some other in tf_resources("${ENCRYPTION}")
	other.folder == found.folder
	tf_names_bucket(other.body.bucket, found)
	some rule in tf_bodies(other.body.rule)
] if not found.body.server_side_encryption_configuration

tf_rules_of(found) := [rule |
	some configuration in tf_bodies(found.body.server_side_encryption_configuration)
	some rule in tf_bodies(configuration.rule)
] if found.body.server_side_encryption_configuration

tf_names_bucket(value, found) if tf_mentions(value, found.address)

tf_names_bucket(value, found) if value == found.body.bucket

${LOG_BUCKET}`,
      },
    ],
    failing: encryptedWith('AES256'),
    passing: encryptedWith('aws:kms'),
    notes: ['Which buckets receive logs, and so cannot have a key, only all files together tell: run with --combine.'],
  },
  {
    rules: ['s3-access-logging'],
    checks: [
      bucketCompanion('aws_s3_bucket_logging', { inline: 'logging', unlessUsedBy: LOG_WRITERS }),
      { kind: 'written', rego: LOG_BUCKET },
    ],
    failing: PLAIN_BUCKET,
    passing: withCompanion('aws_s3_bucket_logging', [], { target_bucket: '"sample-logs"', target_prefix: '"sample/"' }),
  },
  {
    rules: ['s3-lifecycle-configuration'],
    checks: [
      bucketCompanion('aws_s3_bucket_lifecycle_configuration', { inline: 'lifecycle_rule' }),
      also({ types: ['aws_s3_bucket_lifecycle_configuration'], path: 'rule.status', must: { is: 'Enabled' } }),
      also({ types: [BUCKET], path: 'lifecycle_rule.enabled', must: { is: true }, absent: 'right' }),
    ],
    failing: withCompanion('aws_s3_bucket_lifecycle_configuration', [
      'rule {',
      '  id     = "old"',
      '  status = "Disabled"',
      '}',
    ]),
    passing: withCompanion('aws_s3_bucket_lifecycle_configuration', [
      'rule {',
      '  id     = "old"',
      '  status = "Enabled"',
      '}',
    ]),
  },
  setting({
    rules: ['s3-lifecycle-abort-uploads'],
    types: ['aws_s3_bucket_lifecycle_configuration'],
    path: 'rule.abort_incomplete_multipart_upload.days_after_initiation',
    where: ['status', 'Enabled'],
    must: { set: true },
    beside: { bucket: '"sample"' },
    good: '7',
  }),
  {
    rules: ['s3-ownership-controls'],
    checks: [
      bucketCompanion('aws_s3_bucket_ownership_controls'),
      also({
        types: ['aws_s3_bucket_ownership_controls'],
        path: 'rule.object_ownership',
        must: { is: 'BucketOwnerEnforced' },
      }),
    ],
    failing: withCompanion('aws_s3_bucket_ownership_controls', ['rule {', '  object_ownership = "ObjectWriter"', '}']),
    passing: withCompanion('aws_s3_bucket_ownership_controls', [
      'rule {',
      '  object_ownership = "BucketOwnerEnforced"',
      '}',
    ]),
  },
  {
    rules: ['s3-tls-only-policy'],
    checks: [
      bucketCompanion('aws_s3_bucket_policy', { inline: 'policy' }),
      statements({
        holders: POLICIES,
        resolve: true,
        lines: ['count([one | some one in all; tf_may_deny_http(one)]) == 0'],
        text: 'no statement denies requests without TLS.',
        rego: `
tf_may_deny_http(statement) if {
	statement.effect != "Allow"
	some condition in statement.conditions
	lower(condition[1]) == "aws:securetransport"
	count([value | some value in condition[2]; not value in {false, "false", "False", "FALSE"}; not tf_is_expression(value)]) == 0
	count(statement.conditions) == 1
	tf_is_for_everybody(statement)
	some action in statement.actions
	regex.match(\`^(\\*|(?i)s3:\\*|.*[$]\\{.*)$\`, action)
}

tf_may_deny_http(statement) if {
	statement.effect != "Allow"
	some condition in statement.conditions
	tf_is_expression(condition[0])
}

tf_is_for_everybody(statement) if {
	some [type, id] in statement.principals
	type in {"AWS", "*", "unknown"}
	regex.match(\`^(\\*|unknown|.*[$]\\{.*)$\`, id)
}`,
      }),
    ],
    failing: withCompanion('aws_s3_bucket_policy', [], { policy: policyOf(ROLE_STATEMENT) }),
    passing: withCompanion('aws_s3_bucket_policy', [], { policy: policyOf(TLS_STATEMENT) }),
  },
  {
    rules: ['s3-no-public-policy'],
    checks: [
      statements({
        holders: POLICIES,
        resolve: true,
        lines: PUBLIC_LINES,
        text: 'a statement lets anyone in.',
      }),
    ],
    failing: resource('aws_s3_bucket_policy', { bucket: '"sample"', policy: policyOf(PUBLIC_STATEMENT) }, []),
    passing: resource('aws_s3_bucket_policy', { bucket: '"sample"', policy: policyOf(ROLE_STATEMENT) }, []),
  },
  {
    rules: ['s3-policy-no-lockout'],
    checks: [
      statements({
        holders: POLICIES,
        resolve: true,
        lines: [
          'statement.effect == "Deny"',
          'count(statement.conditions) == 0',
          'some [type, id] in statement.principals',
          'type in {"AWS", "*"}',
          'id == "*"',
          'some action in statement.actions',
          'lower(action) in {"*", "s3:*"}',
        ],
        text: 'a statement denies everything to everybody.',
      }),
    ],
    failing: resource(
      'aws_s3_bucket_policy',
      { bucket: '"sample"', policy: policyOf(TLS_STATEMENT.replace(/\n.*SecureTransport.*/, '')) },
      [],
    ),
    passing: resource('aws_s3_bucket_policy', { bucket: '"sample"', policy: policyOf(TLS_STATEMENT) }, []),
  },
]
