# No policy of an identity allows the action "*" (iam-no-wildcard-actions, iam-document-no-wildcard-actions).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_wildcard_actions contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, _] in tf_statements_iam_no_wildcard_actions
	not found.body.count == 0
	tf_allows_alone_iam_no_wildcard_actions(statement)
	some action in statement.actions
	tf_is_every_action_iam_no_wildcard_actions(action)
	not tf_is_bound_iam_no_wildcard_actions(found)
	msg := sprintf("%v: a statement allows every action.", [found.address])
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_iam_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_iam_role_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_iam_user_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_iam_group_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_ssoadmin_permission_set_inline_policy")
	text := found.body.inline_policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_resources_iam_no_wildcard_actions("aws_iam_role")
	some block in tf_bodies_iam_no_wildcard_actions(found.body.inline_policy)
	text := block.policy
	all := [tf_statement_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(tf_document_iam_no_wildcard_actions(text).Statement)]
	some statement in all
}

tf_statements_iam_no_wildcard_actions contains [found, statement, all] if {
	some found in tf_documents_iam_no_wildcard_actions
	all := tf_blocks_iam_no_wildcard_actions(found.body)
	some statement in all
}

tf_documents_iam_no_wildcard_actions := [found |
	some found in tf_data_iam_no_wildcard_actions("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_iam_no_wildcard_actions(body) := array.concat(
	[tf_block_iam_no_wildcard_actions(one) | some one in tf_bodies_iam_no_wildcard_actions(object.get(body, "statement", []))],
	[tf_unknown_block_iam_no_wildcard_actions | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_iam_no_wildcard_actions := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_iam_no_wildcard_actions(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_iam_no_wildcard_actions(one, "actions"),
	"all_actions": tf_block_texts_iam_no_wildcard_actions(one, "not_actions"),
	"resources": tf_block_texts_iam_no_wildcard_actions(one, "resources"),
	"all_resources": tf_block_texts_iam_no_wildcard_actions(one, "not_resources"),
	"principals": tf_block_principals_iam_no_wildcard_actions(one, "principals"),
	"others": tf_block_principals_iam_no_wildcard_actions(one, "not_principals"),
	"conditions": tf_block_conditions_iam_no_wildcard_actions(one),
}

tf_block_texts_iam_no_wildcard_actions(one, name) := tf_list_iam_no_wildcard_actions(object.get(one, name, []))

tf_block_principals_iam_no_wildcard_actions(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_iam_no_wildcard_actions(object.get(one, name, [])); some id in tf_list_iam_no_wildcard_actions(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_iam_no_wildcard_actions(one) := array.concat(
	[[condition.test, condition.variable, tf_list_iam_no_wildcard_actions(condition.values)] | some condition in tf_bodies_iam_no_wildcard_actions(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_iam_no_wildcard_actions(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_iam_no_wildcard_actions(one, "Action"),
	"all_actions": tf_texts_iam_no_wildcard_actions(one, "NotAction"),
	"resources": tf_texts_iam_no_wildcard_actions(one, "Resource"),
	"all_resources": tf_texts_iam_no_wildcard_actions(one, "NotResource"),
	"principals": tf_principals_iam_no_wildcard_actions(object.get(one, "Principal", [])),
	"others": tf_principals_iam_no_wildcard_actions(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_iam_no_wildcard_actions(object.get(one, "Condition", {})),
}

tf_texts_iam_no_wildcard_actions(one, name) := tf_list_iam_no_wildcard_actions(object.get(one, name, []))

tf_principals_iam_no_wildcard_actions(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_iam_no_wildcard_actions(principal) := [[type, id] | some type, ids in principal; some id in tf_list_iam_no_wildcard_actions(ids)] if is_object(principal)

tf_principals_iam_no_wildcard_actions(principal) := [] if is_array(principal)

tf_conditions_iam_no_wildcard_actions(condition) := [[operator, key, tf_list_iam_no_wildcard_actions(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_iam_no_wildcard_actions(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_wildcard_actions(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_wildcard_actions(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_wildcard_actions(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_wildcard_actions(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_iam_no_wildcard_actions(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_iam_no_wildcard_actions(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_wildcard_actions(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_iam_no_wildcard_actions(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_wildcard_actions(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_wildcard_actions(value) := value if is_array(value)

tf_bodies_iam_no_wildcard_actions(value) := [value] if is_object(value)

tf_list_iam_no_wildcard_actions(value) := value if is_array(value)

tf_list_iam_no_wildcard_actions(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_iam_no_wildcard_actions(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_iam_no_wildcard_actions(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}

tf_mentions_iam_no_wildcard_actions(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

tf_allows_alone_iam_no_wildcard_actions(statement) if {
	statement.effect == "Allow"
	count(statement.conditions) == 0
}

tf_is_every_action_iam_no_wildcard_actions(text) if regex.match(`^\*+(:\*+)?$`, text)

# An upper bound gives nothing.
tf_is_bound_iam_no_wildcard_actions(found) if {
	some other in tf_resources_iam_no_wildcard_actions("aws_organizations_policy")
	tf_mentions_iam_no_wildcard_actions(other.body.content, found.address)
}

tf_is_bound_iam_no_wildcard_actions(found) if {
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_wildcard_actions(type)
	tf_mentions_iam_no_wildcard_actions(other.body.permissions_boundary, found.address)
}

tf_is_bound_iam_no_wildcard_actions(found) if {
	some policy in tf_resources_iam_no_wildcard_actions("aws_iam_policy")
	tf_mentions_iam_no_wildcard_actions(policy.body.policy, found.address)
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_wildcard_actions(type)
	tf_mentions_iam_no_wildcard_actions(other.body.permissions_boundary, policy.address)
}
