import { CREDENTIAL_ACTIONS } from '../../../rules/terraform/aws/iam/credentials-exposure.ts'
import { BULK_ACTIONS } from '../../../rules/terraform/aws/iam/data-exfiltration.ts'
import { ESCALATION_PATHS } from '../../../rules/shared/terraform-iam-escalation.ts'
import { ATTACHING } from '../../../rules/shared/terraform-iam-managed-policies.ts'
import { type Draft, setting } from './entry.ts'
import type { Written } from './model.ts'
import { resource } from './samples.ts'
import { IDENTITY_POLICIES, statements } from './statements.ts'

/** A resource with a policy of one statement. */
export function policy(
  attributes: Readonly<Record<string, string>>,
  type = 'aws_iam_policy',
  attribute = 'policy',
): string {
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

/** What identities may do, by policies of ours and of AWS. */
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
]
