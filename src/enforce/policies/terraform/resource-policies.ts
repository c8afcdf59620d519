import type { Draft } from './entry.ts'
import { policy } from './identity.ts'
import { resource } from './samples.ts'
import { PUBLIC_LINES, statements, type Holders } from './statements.ts'

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
        lines: PUBLIC_LINES,
        text: 'a statement lets anyone in.',
      }),
    ],
    failing: policy({ ...named, Principal: '"*"' }, type, attribute),
    passing: policy(named, type, attribute),
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

/** Policies of what identities reach: whom they let in. */
export const RESOURCE_POLICIES: readonly Draft[] = [
  {
    rules: ['iam-document-no-public-principal'],
    checks: [
      statements({
        holders: {},
        documents: true,
        lines: PUBLIC_LINES,
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
      ...PUBLIC_LINES,
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
