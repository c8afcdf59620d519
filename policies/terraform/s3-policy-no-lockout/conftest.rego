# S3 bucket policies do not shut out everybody (s3-policy-no-lockout).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_policy_no_lockout contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, _] in tf_statements_s3_policy_no_lockout
	not found.body.count == 0
	statement.effect == "Deny"
	count(statement.conditions) == 0
	some [type, id] in statement.principals
	type in {"AWS", "*"}
	id == "*"
	some action in statement.actions
	lower(action) in {"*", "s3:*"}
	msg := sprintf("%v: a statement denies everything to everybody.", [found.address])
}

tf_statements_s3_policy_no_lockout contains [found, statement, all] if {
	some found in tf_resources_s3_policy_no_lockout("aws_s3_bucket_policy")
	text := found.body.policy
	all := [tf_statement_s3_policy_no_lockout(one) | some one in tf_bodies_s3_policy_no_lockout(tf_document_s3_policy_no_lockout(text).Statement)]
	some statement in all
}

tf_statements_s3_policy_no_lockout contains [found, statement, all] if {
	some found in tf_resources_s3_policy_no_lockout("aws_s3_bucket_policy")
	text := found.body.policy
	some document in tf_documents_s3_policy_no_lockout
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_s3_policy_no_lockout(document.body)
	some statement in all
}

tf_statements_s3_policy_no_lockout contains [found, statement, all] if {
	some found in tf_resources_s3_policy_no_lockout("aws_s3_bucket")
	text := found.body.policy
	all := [tf_statement_s3_policy_no_lockout(one) | some one in tf_bodies_s3_policy_no_lockout(tf_document_s3_policy_no_lockout(text).Statement)]
	some statement in all
}

tf_statements_s3_policy_no_lockout contains [found, statement, all] if {
	some found in tf_resources_s3_policy_no_lockout("aws_s3_bucket")
	text := found.body.policy
	some document in tf_documents_s3_policy_no_lockout
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_s3_policy_no_lockout(document.body)
	some statement in all
}

tf_documents_s3_policy_no_lockout := [found |
	some found in tf_data_s3_policy_no_lockout("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_s3_policy_no_lockout(body) := array.concat(
	[tf_block_s3_policy_no_lockout(one) | some one in tf_bodies_s3_policy_no_lockout(object.get(body, "statement", []))],
	[tf_unknown_block_s3_policy_no_lockout | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_s3_policy_no_lockout := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_s3_policy_no_lockout(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_s3_policy_no_lockout(one, "actions"),
	"all_actions": tf_block_texts_s3_policy_no_lockout(one, "not_actions"),
	"resources": tf_block_texts_s3_policy_no_lockout(one, "resources"),
	"all_resources": tf_block_texts_s3_policy_no_lockout(one, "not_resources"),
	"principals": tf_block_principals_s3_policy_no_lockout(one, "principals"),
	"others": tf_block_principals_s3_policy_no_lockout(one, "not_principals"),
	"conditions": tf_block_conditions_s3_policy_no_lockout(one),
}

tf_block_texts_s3_policy_no_lockout(one, name) := tf_list_s3_policy_no_lockout(object.get(one, name, []))

tf_block_principals_s3_policy_no_lockout(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_s3_policy_no_lockout(object.get(one, name, [])); some id in tf_list_s3_policy_no_lockout(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_s3_policy_no_lockout(one) := array.concat(
	[[condition.test, condition.variable, tf_list_s3_policy_no_lockout(condition.values)] | some condition in tf_bodies_s3_policy_no_lockout(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_s3_policy_no_lockout(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_s3_policy_no_lockout(one, "Action"),
	"all_actions": tf_texts_s3_policy_no_lockout(one, "NotAction"),
	"resources": tf_texts_s3_policy_no_lockout(one, "Resource"),
	"all_resources": tf_texts_s3_policy_no_lockout(one, "NotResource"),
	"principals": tf_principals_s3_policy_no_lockout(object.get(one, "Principal", [])),
	"others": tf_principals_s3_policy_no_lockout(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_s3_policy_no_lockout(object.get(one, "Condition", {})),
}

tf_texts_s3_policy_no_lockout(one, name) := tf_list_s3_policy_no_lockout(object.get(one, name, []))

tf_principals_s3_policy_no_lockout(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_s3_policy_no_lockout(principal) := [[type, id] | some type, ids in principal; some id in tf_list_s3_policy_no_lockout(ids)] if is_object(principal)

tf_principals_s3_policy_no_lockout(principal) := [] if is_array(principal)

tf_conditions_s3_policy_no_lockout(condition) := [[operator, key, tf_list_s3_policy_no_lockout(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_s3_policy_no_lockout(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_policy_no_lockout(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_policy_no_lockout(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_policy_no_lockout(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_policy_no_lockout(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_s3_policy_no_lockout(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_s3_policy_no_lockout(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_policy_no_lockout(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_s3_policy_no_lockout(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_s3_policy_no_lockout(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_policy_no_lockout(value) := value if is_array(value)

tf_bodies_s3_policy_no_lockout(value) := [value] if is_object(value)

tf_list_s3_policy_no_lockout(value) := value if is_array(value)

tf_list_s3_policy_no_lockout(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_s3_policy_no_lockout(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_s3_policy_no_lockout(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}
