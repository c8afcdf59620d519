# No policy allows all of IAM on every resource (iam-no-full-iam-access).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_full_iam_access contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, all] in tf_statements_iam_no_full_iam_access
	not found.body.count == 0
	tf_grants_iam_no_full_iam_access(statement)
	some action in statement.actions
	regex.match(`(?i)^(\*+|\*+:\*+|iam:\*+)$`, action)
	some text in statement.resources
	tf_is_every_resource_iam_no_full_iam_access(text)
	not tf_may_refuse_iam_no_full_iam_access(all, "iam:AttachRolePolicy")
	not tf_is_bound_iam_no_full_iam_access(found)
	msg := sprintf("%v: a statement allows all of IAM on every resource.", [found.address])
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_iam_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_iam_role_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_iam_user_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_iam_group_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_ssoadmin_permission_set_inline_policy")
	text := found.body.inline_policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_resources_iam_no_full_iam_access("aws_iam_role")
	some block in tf_bodies_iam_no_full_iam_access(found.body.inline_policy)
	text := block.policy
	all := [tf_statement_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(tf_document_iam_no_full_iam_access(text).Statement)]
	some statement in all
}

tf_statements_iam_no_full_iam_access contains [found, statement, all] if {
	some found in tf_documents_iam_no_full_iam_access
	all := tf_blocks_iam_no_full_iam_access(found.body)
	some statement in all
}

tf_documents_iam_no_full_iam_access := [found |
	some found in tf_data_iam_no_full_iam_access("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_iam_no_full_iam_access(body) := array.concat(
	[tf_block_iam_no_full_iam_access(one) | some one in tf_bodies_iam_no_full_iam_access(object.get(body, "statement", []))],
	[tf_unknown_block_iam_no_full_iam_access | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_iam_no_full_iam_access := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_iam_no_full_iam_access(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_iam_no_full_iam_access(one, "actions"),
	"all_actions": tf_block_texts_iam_no_full_iam_access(one, "not_actions"),
	"resources": tf_block_texts_iam_no_full_iam_access(one, "resources"),
	"all_resources": tf_block_texts_iam_no_full_iam_access(one, "not_resources"),
	"principals": tf_block_principals_iam_no_full_iam_access(one, "principals"),
	"others": tf_block_principals_iam_no_full_iam_access(one, "not_principals"),
	"conditions": tf_block_conditions_iam_no_full_iam_access(one),
}

tf_block_texts_iam_no_full_iam_access(one, name) := tf_list_iam_no_full_iam_access(object.get(one, name, []))

tf_block_principals_iam_no_full_iam_access(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_iam_no_full_iam_access(object.get(one, name, [])); some id in tf_list_iam_no_full_iam_access(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_iam_no_full_iam_access(one) := array.concat(
	[[condition.test, condition.variable, tf_list_iam_no_full_iam_access(condition.values)] | some condition in tf_bodies_iam_no_full_iam_access(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_iam_no_full_iam_access(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_iam_no_full_iam_access(one, "Action"),
	"all_actions": tf_texts_iam_no_full_iam_access(one, "NotAction"),
	"resources": tf_texts_iam_no_full_iam_access(one, "Resource"),
	"all_resources": tf_texts_iam_no_full_iam_access(one, "NotResource"),
	"principals": tf_principals_iam_no_full_iam_access(object.get(one, "Principal", [])),
	"others": tf_principals_iam_no_full_iam_access(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_iam_no_full_iam_access(object.get(one, "Condition", {})),
}

tf_texts_iam_no_full_iam_access(one, name) := tf_list_iam_no_full_iam_access(object.get(one, name, []))

tf_principals_iam_no_full_iam_access(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_iam_no_full_iam_access(principal) := [[type, id] | some type, ids in principal; some id in tf_list_iam_no_full_iam_access(ids)] if is_object(principal)

tf_principals_iam_no_full_iam_access(principal) := [] if is_array(principal)

tf_conditions_iam_no_full_iam_access(condition) := [[operator, key, tf_list_iam_no_full_iam_access(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_iam_no_full_iam_access(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_full_iam_access(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_full_iam_access(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_full_iam_access(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_full_iam_access(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_iam_no_full_iam_access(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_iam_no_full_iam_access(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_full_iam_access(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_iam_no_full_iam_access(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_full_iam_access(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_full_iam_access(value) := value if is_array(value)

tf_bodies_iam_no_full_iam_access(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_iam_no_full_iam_access(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_iam_no_full_iam_access(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_iam_no_full_iam_access(value) := value if is_array(value)

tf_list_iam_no_full_iam_access(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_iam_no_full_iam_access(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_iam_no_full_iam_access(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}

tf_mentions_iam_no_full_iam_access(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

tf_allows_alone_iam_no_full_iam_access(statement) if {
	statement.effect == "Allow"
	count(statement.conditions) == 0
}

# To an identity: a statement with a principal belongs to a resource.
tf_grants_iam_no_full_iam_access(statement) if {
	tf_allows_alone_iam_no_full_iam_access(statement)
	count(statement.principals) == 0
	count(statement.others) == 0
}

tf_is_every_resource_iam_no_full_iam_access(text) if regex.match(`^(\*+|arn(:\*+|:aws[a-z-]*)?:[*:]*\*)$`, text)

# Whether an action is among those that a statement names, wildcards and all.
tf_names_iam_no_full_iam_access(statement, action) if {
	some pattern in statement.actions
	is_string(pattern)
	not tf_is_expression_iam_no_full_iam_access(pattern)
	glob.match(lower(pattern), null, lower(action))
}

# A statement that refuses may take it away again.
tf_may_refuse_iam_no_full_iam_access(all, action) if {
	some other in all
	other.effect != "Allow"
	tf_names_iam_no_full_iam_access(other, action)
}

tf_may_refuse_iam_no_full_iam_access(all, _) if {
	some other in all
	other.effect != "Allow"
	count(other.all_actions) > 0
}

tf_may_refuse_iam_no_full_iam_access(all, _) if {
	some other in all
	other.effect != "Allow"
	tf_is_expression_iam_no_full_iam_access(other.actions)
}

# An upper bound gives nothing.
tf_is_bound_iam_no_full_iam_access(found) if {
	some other in tf_resources_iam_no_full_iam_access("aws_organizations_policy")
	tf_mentions_iam_no_full_iam_access(other.body.content, found.address)
}

tf_is_bound_iam_no_full_iam_access(found) if {
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_full_iam_access(type)
	tf_mentions_iam_no_full_iam_access(other.body.permissions_boundary, found.address)
}

tf_is_bound_iam_no_full_iam_access(found) if {
	some policy in tf_resources_iam_no_full_iam_access("aws_iam_policy")
	tf_mentions_iam_no_full_iam_access(policy.body.policy, found.address)
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_full_iam_access(type)
	tf_mentions_iam_no_full_iam_access(other.body.permissions_boundary, policy.address)
}
