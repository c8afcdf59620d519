# S3 buckets refuse requests without TLS (s3-tls-only-policy).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_tls_only_policy contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_tls_only_policy("aws_s3_bucket")
	found.whole
	not found.body.count == 0
	not tf_joined_a_s3_tls_only_policy(found)
	not tf_handed_on_s3_tls_only_policy(found)
	msg := sprintf("%v has no aws_s3_bucket_policy.", [found.address])
}

tf_joined_a_s3_tls_only_policy(found) if {
	some [type, via] in [["aws_s3_bucket_policy","bucket"]]
	some other in tf_resources_s3_tls_only_policy(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_s3_tls_only_policy(other.body[via])
	tf_may_belong_s3_tls_only_policy(name, found, "bucket")
}

tf_joined_a_s3_tls_only_policy(found) if {
	value := found.body.policy
	not value in {"", null}
}

tf_joined_a_s3_tls_only_policy(found) if {
	found.body.dynamic.policy
}

deny_s3_tls_only_policy contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, all] in tf_statements_s3_tls_only_policy
	not found.body.count == 0
	count([one | some one in all; tf_may_deny_http_s3_tls_only_policy(one)]) == 0
	msg := sprintf("%v: no statement denies requests without TLS.", [found.address])
}

tf_may_deny_http_s3_tls_only_policy(statement) if {
	statement.effect != "Allow"
	some condition in statement.conditions
	lower(condition[1]) == "aws:securetransport"
	count([value | some value in condition[2]; not value in {false, "false", "False", "FALSE"}; not tf_is_expression_s3_tls_only_policy(value)]) == 0
	count(statement.conditions) == 1
	tf_is_for_everybody_s3_tls_only_policy(statement)
	some action in statement.actions
	regex.match(`^(\*|(?i)s3:\*|.*[$]\{.*)$`, action)
}

tf_may_deny_http_s3_tls_only_policy(statement) if {
	statement.effect != "Allow"
	some condition in statement.conditions
	tf_is_expression_s3_tls_only_policy(condition[0])
}

tf_is_for_everybody_s3_tls_only_policy(statement) if {
	some [type, id] in statement.principals
	type in {"AWS", "*", "unknown"}
	regex.match(`^(\*|unknown|.*[$]\{.*)$`, id)
}

tf_statements_s3_tls_only_policy contains [found, statement, all] if {
	some found in tf_resources_s3_tls_only_policy("aws_s3_bucket_policy")
	text := found.body.policy
	all := [tf_statement_s3_tls_only_policy(one) | some one in tf_bodies_s3_tls_only_policy(tf_document_s3_tls_only_policy(text).Statement)]
	some statement in all
}

tf_statements_s3_tls_only_policy contains [found, statement, all] if {
	some found in tf_resources_s3_tls_only_policy("aws_s3_bucket_policy")
	text := found.body.policy
	some document in tf_documents_s3_tls_only_policy
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_s3_tls_only_policy(document.body)
	some statement in all
}

tf_statements_s3_tls_only_policy contains [found, statement, all] if {
	some found in tf_resources_s3_tls_only_policy("aws_s3_bucket")
	text := found.body.policy
	all := [tf_statement_s3_tls_only_policy(one) | some one in tf_bodies_s3_tls_only_policy(tf_document_s3_tls_only_policy(text).Statement)]
	some statement in all
}

tf_statements_s3_tls_only_policy contains [found, statement, all] if {
	some found in tf_resources_s3_tls_only_policy("aws_s3_bucket")
	text := found.body.policy
	some document in tf_documents_s3_tls_only_policy
	document.folder == found.folder
	text == sprintf("${%v.json}", [document.address])
	all := tf_blocks_s3_tls_only_policy(document.body)
	some statement in all
}

tf_documents_s3_tls_only_policy := [found |
	some found in tf_data_s3_tls_only_policy("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_s3_tls_only_policy(body) := array.concat(
	[tf_block_s3_tls_only_policy(one) | some one in tf_bodies_s3_tls_only_policy(object.get(body, "statement", []))],
	[tf_unknown_block_s3_tls_only_policy | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_s3_tls_only_policy := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_s3_tls_only_policy(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_s3_tls_only_policy(one, "actions"),
	"all_actions": tf_block_texts_s3_tls_only_policy(one, "not_actions"),
	"resources": tf_block_texts_s3_tls_only_policy(one, "resources"),
	"all_resources": tf_block_texts_s3_tls_only_policy(one, "not_resources"),
	"principals": tf_block_principals_s3_tls_only_policy(one, "principals"),
	"others": tf_block_principals_s3_tls_only_policy(one, "not_principals"),
	"conditions": tf_block_conditions_s3_tls_only_policy(one),
}

tf_block_texts_s3_tls_only_policy(one, name) := tf_list_s3_tls_only_policy(object.get(one, name, []))

tf_block_principals_s3_tls_only_policy(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_s3_tls_only_policy(object.get(one, name, [])); some id in tf_list_s3_tls_only_policy(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_s3_tls_only_policy(one) := array.concat(
	[[condition.test, condition.variable, tf_list_s3_tls_only_policy(condition.values)] | some condition in tf_bodies_s3_tls_only_policy(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_s3_tls_only_policy(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_s3_tls_only_policy(one, "Action"),
	"all_actions": tf_texts_s3_tls_only_policy(one, "NotAction"),
	"resources": tf_texts_s3_tls_only_policy(one, "Resource"),
	"all_resources": tf_texts_s3_tls_only_policy(one, "NotResource"),
	"principals": tf_principals_s3_tls_only_policy(object.get(one, "Principal", [])),
	"others": tf_principals_s3_tls_only_policy(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_s3_tls_only_policy(object.get(one, "Condition", {})),
}

tf_texts_s3_tls_only_policy(one, name) := tf_list_s3_tls_only_policy(object.get(one, name, []))

tf_principals_s3_tls_only_policy(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_s3_tls_only_policy(principal) := [[type, id] | some type, ids in principal; some id in tf_list_s3_tls_only_policy(ids)] if is_object(principal)

tf_principals_s3_tls_only_policy(principal) := [] if is_array(principal)

tf_conditions_s3_tls_only_policy(condition) := [[operator, key, tf_list_s3_tls_only_policy(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_s3_tls_only_policy(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_tls_only_policy(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_tls_only_policy(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_tls_only_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_tls_only_policy(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_s3_tls_only_policy(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_s3_tls_only_policy(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_tls_only_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_s3_tls_only_policy(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_s3_tls_only_policy := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_s3_tls_only_policy(value)
	], [{"name": name, "folder": tf_folder_s3_tls_only_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_s3_tls_only_policy(value)
	]]
	some found in list
]

tf_folder_s3_tls_only_policy(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_tls_only_policy(value) := value if is_array(value)

tf_bodies_s3_tls_only_policy(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_tls_only_policy(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_tls_only_policy(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_s3_tls_only_policy(value) := value if is_array(value)

tf_list_s3_tls_only_policy(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_s3_tls_only_policy(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_s3_tls_only_policy(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}

# A companion that a variable names may be that of any resource.
tf_may_belong_s3_tls_only_policy(value, found, attribute) if tf_may_name_s3_tls_only_policy(value, found, attribute)

tf_may_belong_s3_tls_only_policy(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_s3_tls_only_policy(value, found, _) if tf_mentions_s3_tls_only_policy(value, found.address)

tf_may_name_s3_tls_only_policy(value, found, attribute) if value == found.body[attribute]

tf_may_name_s3_tls_only_policy(value, found, _) if {
	tf_is_expression_s3_tls_only_policy(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_s3_tls_only_policy(value, found, attribute) if {
	not tf_is_expression_s3_tls_only_policy(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_s3_tls_only_policy(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_s3_tls_only_policy(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_s3_tls_only_policy(found) if {
	some call in tf_modules_s3_tls_only_policy
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_s3_tls_only_policy(value, found.address)
}
