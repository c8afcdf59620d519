# A key is not open to everybody (kms-no-public-policy).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_kms_no_public_policy contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, all] in tf_statements_kms_no_public_policy
	not found.body.count == 0
	tf_lets_anyone_in_kms_no_public_policy(statement)
	count([other | some other in all; other.effect == "Deny"; some [operator, _, _] in other.conditions; contains(operator, "Not")]) == 0
	msg := sprintf("%v: a statement lets anyone in.", [found.address])
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_key_policy")
	text := found.body.policy
	all := [tf_statement_kms_no_public_policy(one) | some one in tf_bodies_kms_no_public_policy(tf_document_kms_no_public_policy(text).Statement)]
	some statement in all
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_key_policy")
	text := found.body.policy
	some document in tf_documents_kms_no_public_policy
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_kms_no_public_policy(document.body)
	some statement in all
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_key")
	text := found.body.policy
	all := [tf_statement_kms_no_public_policy(one) | some one in tf_bodies_kms_no_public_policy(tf_document_kms_no_public_policy(text).Statement)]
	some statement in all
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_key")
	text := found.body.policy
	some document in tf_documents_kms_no_public_policy
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_kms_no_public_policy(document.body)
	some statement in all
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_external_key")
	text := found.body.policy
	all := [tf_statement_kms_no_public_policy(one) | some one in tf_bodies_kms_no_public_policy(tf_document_kms_no_public_policy(text).Statement)]
	some statement in all
}

tf_statements_kms_no_public_policy contains [found, statement, all] if {
	some found in tf_resources_kms_no_public_policy("aws_kms_external_key")
	text := found.body.policy
	some document in tf_documents_kms_no_public_policy
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_kms_no_public_policy(document.body)
	some statement in all
}

tf_documents_kms_no_public_policy := [found |
	some found in tf_data_kms_no_public_policy("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_kms_no_public_policy(body) := array.concat(
	[tf_block_kms_no_public_policy(one) | some one in tf_bodies_kms_no_public_policy(object.get(body, "statement", []))],
	[tf_unknown_block_kms_no_public_policy | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_kms_no_public_policy := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_kms_no_public_policy(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_kms_no_public_policy(one, "actions"),
	"all_actions": tf_block_texts_kms_no_public_policy(one, "not_actions"),
	"resources": tf_block_texts_kms_no_public_policy(one, "resources"),
	"all_resources": tf_block_texts_kms_no_public_policy(one, "not_resources"),
	"principals": tf_block_principals_kms_no_public_policy(one, "principals"),
	"others": tf_block_principals_kms_no_public_policy(one, "not_principals"),
	"conditions": tf_block_conditions_kms_no_public_policy(one),
}

tf_block_texts_kms_no_public_policy(one, name) := tf_list_kms_no_public_policy(object.get(one, name, []))

tf_block_principals_kms_no_public_policy(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_kms_no_public_policy(object.get(one, name, [])); some id in tf_list_kms_no_public_policy(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_kms_no_public_policy(one) := array.concat(
	[[condition.test, condition.variable, tf_list_kms_no_public_policy(condition.values)] | some condition in tf_bodies_kms_no_public_policy(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_kms_no_public_policy(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_kms_no_public_policy(one, "Action"),
	"all_actions": tf_texts_kms_no_public_policy(one, "NotAction"),
	"resources": tf_texts_kms_no_public_policy(one, "Resource"),
	"all_resources": tf_texts_kms_no_public_policy(one, "NotResource"),
	"principals": tf_principals_kms_no_public_policy(object.get(one, "Principal", [])),
	"others": tf_principals_kms_no_public_policy(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_kms_no_public_policy(object.get(one, "Condition", {})),
}

tf_texts_kms_no_public_policy(one, name) := tf_list_kms_no_public_policy(object.get(one, name, []))

tf_principals_kms_no_public_policy(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_kms_no_public_policy(principal) := [[type, id] | some type, ids in principal; some id in tf_list_kms_no_public_policy(ids)] if is_object(principal)

tf_principals_kms_no_public_policy(principal) := [] if is_array(principal)

tf_conditions_kms_no_public_policy(condition) := [[operator, key, tf_list_kms_no_public_policy(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_kms_no_public_policy(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_kms_no_public_policy(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_kms_no_public_policy(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_kms_no_public_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_kms_no_public_policy(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_kms_no_public_policy(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_kms_no_public_policy(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_kms_no_public_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_kms_no_public_policy(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_kms_no_public_policy(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_kms_no_public_policy(value) := value if is_array(value)

tf_bodies_kms_no_public_policy(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_kms_no_public_policy(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_kms_no_public_policy(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_kms_no_public_policy(value) := value if is_array(value)

tf_list_kms_no_public_policy(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_kms_no_public_policy(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_kms_no_public_policy(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}

tf_lets_anyone_in_kms_no_public_policy(statement) if {
	statement.effect == "Allow"
	some [type, id] in statement.principals
	type in {"AWS", "*"}
	id == "*"
	not tf_narrows_kms_no_public_policy(statement)
}

# A condition on who, or from where; one that cannot be read may be such a one.
tf_narrows_kms_no_public_policy(statement) if {
	some [operator, key, _] in statement.conditions
	tf_is_expression_kms_no_public_policy([operator, key])
}

tf_narrows_kms_no_public_policy(statement) if {
	some [operator, key, values] in statement.conditions
	regex.match(`(?i)^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$`, operator)
	lower(key) in {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount", "aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:vpcsourceip", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn", "sns:endpoint"}
	count([value | some value in values; value in {"*", "0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "http://*", "https://*"}]) == 0
}

tf_narrows_kms_no_public_policy(statement) if {
	some condition in statement.conditions
	condition[0] == "unknown"
}
