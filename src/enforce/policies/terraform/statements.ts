import type { Written } from './model.ts'

/** Where policies are written: attributes of resources, with blocks before a dot, and documents as data sources. */
export type Holders = Readonly<Record<string, string>>

export const IDENTITY_POLICIES: Holders = {
  aws_iam_policy: 'policy',
  aws_iam_role_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_iam_group_policy: 'policy',
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
  aws_iam_role: 'inline_policy.policy',
}

interface Statements {
  readonly holders: Holders
  /** Documents themselves are judged. */
  readonly documents?: boolean
  /** A resource is judged by the document that it names. */
  readonly resolve?: boolean
  /** Lines over `statement`: effect, actions, all_actions (NotAction), resources, all_resources, principals, conditions. */
  readonly lines: readonly string[]
  readonly text: string
  readonly rego?: string
}

/** A statement lets anyone in. Whom another one that denies everybody but some leaves out is not judged. */
export const PUBLIC_LINES = [
  'tf_lets_anyone_in(statement)',
  'count([other | some other in all; other.effect == "Deny"; some [operator, _, _] in other.conditions; contains(operator, "Not")]) == 0',
] as const

/** No statement of these policies is as the lines say. A policy that cannot be read is not judged. */
export function statements({
  holders,
  documents = false,
  resolve = false,
  lines,
  text,
  rego = '',
}: Statements): Written {
  const attributes = Object.entries(holders).map(([type, path]) => holderRule(type, path.split('.'), resolve))
  return {
    kind: 'written',
    rego: [
      `violation contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, ${lines.some((line) => /\ball\b/.test(line)) ? 'all' : '_'}] in tf_statements
	not found.body.count == 0
${lines.map((line) => `\t${line}`).join('\n')}
	msg := sprintf("%v: ${text}", [found.address])
}`,
      rego.trim(),
      ...attributes,
      ...(documents ? [DOCUMENTS] : []),
      ...(documents || resolve ? [BLOCKS] : []),
      ...(attributes.length > 0 ? [WRITTEN] : []),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  }
}

function holderRule(type: string, path: readonly string[], resolve: boolean): string {
  const [first = '', second] = path
  const text =
    second === undefined
      ? `text := found.body.${first}`
      : `some block in tf_bodies(found.body.${first})\n\ttext := block.${second}`
  return `tf_statements contains [found, statement, all] if {
	some found in tf_resources("${type}")
	${text}
	all := [tf_statement(one) | some one in tf_bodies(tf_document(text).Statement)]
	some statement in all
}${resolve ? `\n\n${resolved(type, text)}` : ''}`
}

function resolved(type: string, text: string): string {
  return `tf_statements contains [found, statement, all] if {
	some found in tf_resources("${type}")
	${text}
	some document in tf_documents
	document.folder == found.folder
	text == sprintf("\${%v.json}", [document.address])
	all := tf_blocks(document.body)
	some statement in all
}`
}

const WRITTEN = `
tf_statement(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts(one, "Action"),
	"all_actions": tf_texts(one, "NotAction"),
	"resources": tf_texts(one, "Resource"),
	"all_resources": tf_texts(one, "NotResource"),
	"principals": tf_principals(object.get(one, "Principal", [])),
	"others": tf_principals(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions(object.get(one, "Condition", {})),
}

tf_texts(one, name) := tf_list(object.get(one, name, []))

tf_principals(principal) := [["AWS", principal]] if is_string(principal)

tf_principals(principal) := [[type, id] | some type, ids in principal; some id in tf_list(ids)] if is_object(principal)

tf_principals(principal) := [] if is_array(principal)

tf_conditions(condition) := [[operator, key, tf_list(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions(condition) := [[condition, "", []]] if not is_object(condition)
`.trim()

const DOCUMENTS = `
tf_statements contains [found, statement, all] if {
	some found in tf_documents
	all := tf_blocks(found.body)
	some statement in all
}
`.trim()

/** What others that are put into a document say, or a dynamic block, is not known. */
const BLOCKS = `
tf_documents := [found |
	some found in tf_data("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks(body) := array.concat(
	[tf_block(one) | some one in tf_bodies(object.get(body, "statement", []))],
	[tf_unknown_block | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block := {
	"effect": "unknown",
	"actions": ["\${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["\${unknown}", "", []]],
}

tf_block(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts(one, "actions"),
	"all_actions": tf_block_texts(one, "not_actions"),
	"resources": tf_block_texts(one, "resources"),
	"all_resources": tf_block_texts(one, "not_resources"),
	"principals": tf_block_principals(one, "principals"),
	"others": tf_block_principals(one, "not_principals"),
	"conditions": tf_block_conditions(one),
}

tf_block_texts(one, name) := tf_list(object.get(one, name, []))

tf_block_principals(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies(object.get(one, name, [])); some id in tf_list(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions(one) := array.concat(
	[[condition.test, condition.variable, tf_list(condition.values)] | some condition in tf_bodies(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)
`.trim()

/** What rules over statements share. */
export const STATEMENT_HELPERS: readonly string[] = [
  `
tf_allows_alone(statement) if {
	statement.effect == "Allow"
	count(statement.conditions) == 0
}
`,
  `
# To an identity: a statement with a principal belongs to a resource.
tf_grants(statement) if {
	tf_allows_alone(statement)
	count(statement.principals) == 0
	count(statement.others) == 0
}
`,
  `
tf_is_every_resource(text) if regex.match(\`^(\\*+|arn(:\\*+|:aws[a-z-]*)?:[*:]*\\*)$\`, text)
`,
  `
tf_is_every_action(text) if regex.match(\`^\\*+(:\\*+)?$\`, text)
`,
  `
tf_lets_anyone_in(statement) if {
	statement.effect == "Allow"
	some [type, id] in statement.principals
	type in {"AWS", "*"}
	id == "*"
	not tf_narrows(statement)
}
`,
  `
# A condition on who, or from where; one that cannot be read may be such a one.
tf_narrows(statement) if {
	some [operator, key, _] in statement.conditions
	tf_is_expression([operator, key])
}

tf_narrows(statement) if {
	some [operator, key, values] in statement.conditions
	regex.match(\`(?i)^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$\`, operator)
	lower(key) in {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount", "aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:vpcsourceip", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn", "sns:endpoint"}
	count([value | some value in values; value in {"*", "0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "http://*", "https://*"}]) == 0
}

tf_narrows(statement) if {
	some condition in statement.conditions
	condition[0] == "unknown"
}
`,
  `
# Whether an action is among those that a statement names, wildcards and all.
tf_names(statement, action) if {
	some pattern in statement.actions
	is_string(pattern)
	not tf_is_expression(pattern)
	glob.match(lower(pattern), null, lower(action))
}
`,
  `
# A statement that refuses may take it away again.
tf_may_refuse(all, action) if {
	some other in all
	other.effect != "Allow"
	tf_names(other, action)
}

tf_may_refuse(all, _) if {
	some other in all
	other.effect != "Allow"
	count(other.all_actions) > 0
}

tf_may_refuse(all, _) if {
	some other in all
	other.effect != "Allow"
	tf_is_expression(other.actions)
}
`,
  `
# An upper bound gives nothing.
tf_is_bound(found) if {
	some other in tf_resources("aws_organizations_policy")
	tf_mentions(other.body.content, found.address)
}

tf_is_bound(found) if {
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources(type)
	tf_mentions(other.body.permissions_boundary, found.address)
}

tf_is_bound(found) if {
	some policy in tf_resources("aws_iam_policy")
	tf_mentions(policy.body.policy, found.address)
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources(type)
	tf_mentions(other.body.permissions_boundary, policy.address)
}
`,
]
