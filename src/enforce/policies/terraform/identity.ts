import { CREDENTIAL_ACTIONS } from '../../../rules/terraform/aws/iam/credentials-exposure.ts'
import { BULK_ACTIONS } from '../../../rules/terraform/aws/iam/data-exfiltration.ts'
import { ESCALATION_PATHS } from '../../../rules/shared/terraform-iam-escalation.ts'
import { type Draft, on, setting } from './entry.ts'
import type { Written } from './model.ts'
import { resource } from './samples.ts'
import { type Holders, IDENTITY_POLICIES, statements } from './statements.ts'

const PASSWORDS = ['aws_iam_account_password_policy']

function policy(attributes: Readonly<Record<string, string>>, type = 'aws_iam_policy', attribute = 'policy'): string {
  const width = Math.max(...Object.keys(attributes).map((name) => name.length))
  const members = Object.entries(attributes).map(([name, value]) => `      ${name.padEnd(width)} = ${value}\n`)
  const text = `jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n${members.join('')}    }]\n  })`
  return resource(type, { [attribute]: text }, [])
}

const NARROW = policy({ Effect: '"Allow"', Action: '["s3:GetObject"]', Resource: '["arn:aws:s3:::sample/*"]' })

function granting(actions: string): string {
  return policy({ Effect: '"Allow"', Action: actions, Resource: '"*"' })
}

/** A concern of identities' policies: of resources that hold one, and of documents. */
function identity(rules: readonly string[], lines: readonly string[], text: string, failing: string, rego = ''): Draft {
  return {
    rules,
    checks: [
      statements({
        holders: IDENTITY_POLICIES,
        documents: true,
        lines: [...lines, 'not tf_is_bound(found)'],
        text,
        rego,
      }),
    ],
    failing,
    passing: NARROW,
  }
}

const COVERS = `
tf_covers(text, _) if tf_is_every_resource(text)

tf_covers(text, service) if {
	parts := split(text, ":")
	parts[0] == "arn"
	parts[2] == service
	regex.match(tf_every_of(service), concat(":", array.slice(parts, 5, count(parts))))
}

tf_every_of(service) := \`^\\*(/\\*)?$\` if service in {"s3", "sns", "sqs"}

tf_every_of(service) := \`^(\\*|\\*/\\*|[a-z-]+[/:]\\*)$\` if not service in {"s3", "sns", "sqs"}
`

/** Some action of a list, on everything that it can be used on. */
function actionsOf(actions: readonly string[]): readonly string[] {
  return [
    'tf_grants(statement)',
    `some action in ${JSON.stringify(actions)}`,
    'tf_names(statement, action)',
    'some text in statement.resources',
    'tf_covers(text, split(action, ":")[0])',
    'not tf_may_refuse(all, action)',
  ]
}

function publicPolicy(rule: string, holders: Holders, text: string): Draft {
  const [[type, attribute] = ['', '']] = Object.entries(holders)
  const named = {
    Effect: '"Allow"',
    Principal: '{ AWS = "arn:aws:iam::123456789012:role/sample" }',
    Action: text,
    Resource: '"*"',
  }
  return {
    rules: [rule],
    checks: [
      statements({
        holders,
        resolve: true,
        lines: ['tf_lets_anyone_in(statement)'],
        text: 'a statement lets anyone in.',
      }),
    ],
    failing: policy({ ...named, Principal: '"*"' }, type, attribute),
    passing: policy(named, type, attribute),
  }
}

const ATTACHING = {
  aws_iam_role: 'managed_policy_arns',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_iam_user_policy_attachments_exclusive: 'policy_arns',
  aws_iam_group_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
}

function attached(rule: string, name: string): Draft {
  const check: Written = {
    kind: 'written',
    rego: `violation contains {"msg": msg, "details": {"address": found.address}} if {
	some [type, attribute] in ${JSON.stringify(Object.entries(ATTACHING))}
	some found in tf_resources(type)
	some arn in tf_list(found.body[attribute])
	tf_is_managed(arn)
	msg := sprintf("%v attaches ${name}.", [found.address])
}

tf_is_managed(arn) if regex.match(\`^arn:[^:]+:iam::aws:policy/${name}$\`, arn)

tf_is_managed(arn) if {
	some looked_up in tf_data("aws_iam_policy")
	tf_mentions(arn, looked_up.address)
	tf_is_meant(looked_up.body)
}

tf_is_meant(body) if body.name == "${name}"

tf_is_meant(body) if regex.match(\`:iam::aws:policy/${name}$\`, body.arn)`,
  }
  const attachment = (arn: string): string =>
    resource('aws_iam_role_policy_attachment', { role: '"sample"', policy_arn: `"${arn}"` }, [])
  return {
    rules: [rule],
    checks: [check],
    failing: attachment(`arn:aws:iam::aws:policy/${name}`),
    passing: attachment('arn:aws:iam::aws:policy/ReadOnlyAccess'),
  }
}

function trust(rule: string, lines: readonly string[], text: string, bad: string): Draft {
  const role = (principal: string): string =>
    policy(
      { Effect: '"Allow"', Principal: `{ AWS = "${principal}" }`, Action: '"sts:AssumeRole"' },
      'aws_iam_role',
      'assume_role_policy',
    )
  return {
    rules: [rule],
    checks: [statements({ holders: { aws_iam_role: 'assume_role_policy' }, resolve: true, lines, text })],
    failing: role(bad),
    passing: role('arn:aws:iam::123456789012:role/sample'),
  }
}

function flag(rule: string, path: string): Draft {
  return on({ rules: [rule], types: PASSWORDS, path })
}

/** Policies of identities and of what they reach, trust, passwords. */
export const IDENTITY: readonly Draft[] = [
  {
    ...identity(
      ['iam-no-admin-policy', 'iam-document-no-admin'],
      [
        'tf_grants(statement)',
        'some action in statement.actions',
        'tf_is_every_action(action)',
        'some text in statement.resources',
        'tf_is_every_resource(text)',
      ],
      'a statement allows every action on every resource.',
      granting('"*"'),
    ),
  },
  identity(
    ['iam-no-wildcard-actions', 'iam-document-no-wildcard-actions'],
    ['tf_allows_alone(statement)', 'some action in statement.actions', 'tf_is_every_action(action)'],
    'a statement allows every action.',
    granting('"*"'),
  ),
  identity(
    ['iam-no-full-iam-access'],
    [
      'tf_grants(statement)',
      'some action in statement.actions',
      'regex.match(`(?i)^(\\*+|\\*+:\\*+|iam:\\*+)$`, action)',
      'some text in statement.resources',
      'tf_is_every_resource(text)',
      'not tf_may_refuse(all, "iam:AttachRolePolicy")',
    ],
    'a statement allows all of IAM on every resource.',
    granting('["iam:*"]'),
  ),
  identity(
    ['iam-no-credentials-exposure', 'iam-document-no-credentials-exposure'],
    actionsOf(CREDENTIAL_ACTIONS),
    'a statement hands out credentials of others.',
    granting('["iam:CreateAccessKey"]'),
    COVERS,
  ),
  identity(
    ['iam-no-data-exfiltration', 'iam-document-no-data-exfiltration'],
    actionsOf(BULK_ACTIONS),
    'a statement reads the data or secrets of the whole account.',
    granting('["secretsmanager:GetSecretValue"]'),
    COVERS,
  ),
  identity(
    ['iam-no-privilege-escalation', 'iam-document-no-privilege-escalation'],
    [
      `some path in ${JSON.stringify(ESCALATION_PATHS.map(({ actions }) => actions))}`,
      'every action in path {\n\t\ttf_is_given(all, action)\n\t}',
      'tf_names(statement, path[0])',
    ],
    'by what its statements allow the holder can get more.',
    granting('["iam:AttachUserPolicy"]'),
    `
tf_is_given(all, action) if {
	some other in all
	tf_grants(other)
	tf_names(other, action)
	some text in other.resources
	tf_covers(text, split(action, ":")[0])
	not tf_may_refuse(all, action)
}
${COVERS}`,
  ),
  {
    rules: ['iam-document-no-public-principal'],
    checks: [
      statements({
        holders: {},
        documents: true,
        lines: ['tf_lets_anyone_in(statement)'],
        text: 'a statement lets anyone in.',
      }),
    ],
    failing: document('*'),
    passing: document('arn:aws:iam::123456789012:role/sample'),
  },
  publicPolicy('sns-no-public-policy', { aws_sns_topic_policy: 'policy', aws_sns_topic: 'policy' }, '"sns:Publish"'),
  publicPolicy(
    'sqs-no-public-policy',
    { aws_sqs_queue_policy: 'policy', aws_sqs_queue: 'policy' },
    '"sqs:SendMessage"',
  ),
  publicPolicy('ecr-no-public-policy', { aws_ecr_repository_policy: 'policy' }, '"ecr:BatchGetImage"'),
  publicPolicy(
    'kms-no-public-policy',
    { aws_kms_key_policy: 'policy', aws_kms_key: 'policy', aws_kms_external_key: 'policy' },
    '"kms:Decrypt"',
  ),
  {
    rules: ['sqs-no-wildcard-actions'],
    checks: [
      statements({
        holders: { aws_sqs_queue_policy: 'policy', aws_sqs_queue: 'policy' },
        resolve: true,
        lines: [
          'statement.effect == "Allow"',
          'some action in statement.actions',
          'regex.match(`(?i)^(\\*+(:\\*+)?|sqs:\\*+)$`, action)',
        ],
        text: 'a statement allows every action on the queue.',
      }),
    ],
    failing: policy(
      {
        Effect: '"Allow"',
        Principal: '{ AWS = "arn:aws:iam::123456789012:role/sample" }',
        Action: '"sqs:*"',
        Resource: '"*"',
      },
      'aws_sqs_queue_policy',
    ),
    passing: policy(
      {
        Effect: '"Allow"',
        Principal: '{ AWS = "arn:aws:iam::123456789012:role/sample" }',
        Action: '"sqs:SendMessage"',
        Resource: '"*"',
      },
      'aws_sqs_queue_policy',
    ),
  },
  trust(
    'iam-role-no-public-trust',
    [
      'tf_lets_anyone_in(statement)',
      'some action in {"sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"}',
      'tf_names(statement, action)',
    ],
    'anybody with an AWS account may assume it.',
    '*',
  ),
  trust(
    'iam-role-no-account-trust',
    [
      'tf_allows_alone(statement)',
      'tf_names(statement, "sts:AssumeRole")',
      'some [type, id] in statement.principals',
      'type == "AWS"',
      'regex.match(`^([0-9]{12}|arn:[^:]+:iam::[^:]+:root|[$]\\{data[.]aws_caller_identity[.][\\w-]+[.]account_id\\})$`, id)',
    ],
    'a whole account may assume it.',
    'arn:aws:iam::123456789012:root',
  ),
  attached('iam-no-administrator-access', 'AdministratorAccess'),
  attached('iam-no-iam-full-access', 'IAMFullAccess'),
  {
    rules: ['iam-no-user-policies'],
    checks: [
      {
        kind: 'written',
        rego: `violation contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_iam_user_policy", "aws_iam_user_policy_attachment"]
	some found in tf_resources(type)
	msg := sprintf("%v gives rights to a user directly.", [found.address])
}

violation contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources("aws_iam_policy_attachment")
	is_array(found.body.users)
	count(found.body.users) > 0
	msg := sprintf("%v gives rights to a user directly.", [found.address])
}`,
      },
    ],
    failing: resource(
      'aws_iam_user_policy_attachment',
      { user: '"sample"', policy_arn: '"arn:aws:iam::aws:policy/ReadOnlyAccess"' },
      [],
    ),
    passing: resource(
      'aws_iam_group_policy_attachment',
      { group: '"sample"', policy_arn: '"arn:aws:iam::aws:policy/ReadOnlyAccess"' },
      [],
    ),
  },
  setting({
    rules: ['iam-no-root-access-key'],
    types: ['aws_iam_access_key'],
    path: 'user',
    must: { matchesNot: '(?i)^(root|<root_account>)$', say: 'not be the root user' },
    absent: 'right',
    good: '"sample"',
    bad: '"root"',
  }),
  setting({
    rules: ['iam-password-expiry'],
    types: PASSWORDS,
    path: 'max_password_age',
    must: { from: 1, to: 90 },
    good: '90',
    bad: '365',
  }),
  setting({
    rules: ['iam-password-length'],
    types: PASSWORDS,
    path: 'minimum_password_length',
    must: { atLeast: 14 },
    good: '14',
    bad: '8',
  }),
  setting({
    rules: ['iam-password-reuse'],
    types: PASSWORDS,
    path: 'password_reuse_prevention',
    must: { atLeast: 24 },
    good: '24',
    bad: '5',
  }),
  flag('iam-password-lowercase', 'require_lowercase_characters'),
  flag('iam-password-uppercase', 'require_uppercase_characters'),
  flag('iam-password-number', 'require_numbers'),
  flag('iam-password-symbol', 'require_symbols'),
]

function document(principal: string): string {
  return resource('data.aws_iam_policy_document', {}, [
    'statement {',
    '  actions   = ["s3:GetObject"]',
    '  resources = ["arn:aws:s3:::sample/*"]',
    '',
    '  principals {',
    '    type        = "AWS"',
    `    identifiers = ["${principal}"]`,
    '  }',
    '}',
  ])
}
