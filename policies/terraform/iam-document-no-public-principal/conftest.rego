# No policy document lets everybody in (iam-document-no-public-principal).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_document_no_public_principal contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, all] in tf_statements_iam_document_no_public_principal
	not found.body.count == 0
	tf_lets_anyone_in_iam_document_no_public_principal(statement)
	count([other | some other in all; other.effect == "Deny"; some [operator, _, _] in other.conditions; contains(operator, "Not")]) == 0
	msg := sprintf("%v: a statement lets anyone in.", [found.address])
}

tf_statements_iam_document_no_public_principal contains [found, statement, all] if {
	some found in tf_documents_iam_document_no_public_principal
	all := tf_blocks_iam_document_no_public_principal(found.body)
	some statement in all
}

tf_documents_iam_document_no_public_principal := [found |
	some found in tf_data_iam_document_no_public_principal("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_iam_document_no_public_principal(body) := array.concat(
	[tf_block_iam_document_no_public_principal(one) | some one in tf_bodies_iam_document_no_public_principal(object.get(body, "statement", []))],
	[tf_unknown_block_iam_document_no_public_principal | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_iam_document_no_public_principal := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_iam_document_no_public_principal(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_iam_document_no_public_principal(one, "actions"),
	"all_actions": tf_block_texts_iam_document_no_public_principal(one, "not_actions"),
	"resources": tf_block_texts_iam_document_no_public_principal(one, "resources"),
	"all_resources": tf_block_texts_iam_document_no_public_principal(one, "not_resources"),
	"principals": tf_block_principals_iam_document_no_public_principal(one, "principals"),
	"others": tf_block_principals_iam_document_no_public_principal(one, "not_principals"),
	"conditions": tf_block_conditions_iam_document_no_public_principal(one),
}

tf_block_texts_iam_document_no_public_principal(one, name) := tf_list_iam_document_no_public_principal(object.get(one, name, []))

tf_block_principals_iam_document_no_public_principal(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_iam_document_no_public_principal(object.get(one, name, [])); some id in tf_list_iam_document_no_public_principal(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_iam_document_no_public_principal(one) := array.concat(
	[[condition.test, condition.variable, tf_list_iam_document_no_public_principal(condition.values)] | some condition in tf_bodies_iam_document_no_public_principal(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_data_iam_document_no_public_principal(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_iam_document_no_public_principal(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_document_no_public_principal(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_iam_document_no_public_principal(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_document_no_public_principal(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_document_no_public_principal(value) := value if is_array(value)

tf_bodies_iam_document_no_public_principal(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_iam_document_no_public_principal(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_iam_document_no_public_principal(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_iam_document_no_public_principal(value) := value if is_array(value)

tf_list_iam_document_no_public_principal(value) := [value] if not is_array(value)

tf_lets_anyone_in_iam_document_no_public_principal(statement) if {
	statement.effect == "Allow"
	some [type, id] in statement.principals
	type in {"AWS", "*"}
	id == "*"
	not tf_narrows_iam_document_no_public_principal(statement)
}

# A condition on who, or from where; one that cannot be read may be such a one.
tf_narrows_iam_document_no_public_principal(statement) if {
	some [operator, key, _] in statement.conditions
	tf_is_expression_iam_document_no_public_principal([operator, key])
}

tf_narrows_iam_document_no_public_principal(statement) if {
	some [operator, key, values] in statement.conditions
	regex.match(`(?i)^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$`, operator)
	lower(key) in {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount", "aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:vpcsourceip", "kms:calleraccount", "s3:dataaccesspointaccount", "s3:dataaccesspointarn", "sns:endpoint"}
	count([value | some value in values; value in {"*", "0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "http://*", "https://*"}]) == 0
}

tf_narrows_iam_document_no_public_principal(statement) if {
	some condition in statement.conditions
	condition[0] == "unknown"
}
