# No policy of an identity hands out credentials of everybody (iam-no-credentials-exposure, iam-document-no-credentials-exposure).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_credentials_exposure contains {"msg": msg, "details": {"address": found.address}} if {
	some [found, statement, all] in tf_statements_iam_no_credentials_exposure
	not found.body.count == 0
	tf_grants_iam_no_credentials_exposure(statement)
	some action in ["codepipeline:PollForJobs","cognito-identity:GetOpenIdTokenForDeveloperIdentity","connect:GetFederationToken","dsql:DbConnectAdmin","gamelift:GetComputeAuthToken","gamelift:RequestUploadCredentials","iam:CreateAccessKey","iam:CreateLoginProfile","iam:CreateServiceSpecificCredential","iam:ResetServiceSpecificCredential","iam:UpdateLoginProfile","lightsail:GetInstanceAccessDetails","lightsail:GetRelationalDatabaseMasterUserPassword","rds-db:connect","redshift:GetClusterCredentials","redshift:GetClusterCredentialsWithIAM","redshift-serverless:GetCredentials","sts:AssumeRole","sts:AssumeRoleWithSAML","sts:AssumeRoleWithWebIdentity","sts:AssumeRoot","sts:GetFederationToken"]
	tf_names_iam_no_credentials_exposure(statement, action)
	some text in statement.resources
	tf_covers_iam_no_credentials_exposure(text, split(action, ":")[0])
	not tf_may_refuse_iam_no_credentials_exposure(all, action)
	not tf_is_bound_iam_no_credentials_exposure(found)
	msg := sprintf("%v: a statement hands out credentials of others.", [found.address])
}

tf_covers_iam_no_credentials_exposure(text, _) if tf_is_every_resource_iam_no_credentials_exposure(text)

tf_covers_iam_no_credentials_exposure(text, service) if {
	parts := split(text, ":")
	parts[0] == "arn"
	parts[2] == service
	regex.match(tf_every_of_iam_no_credentials_exposure(service), concat(":", array.slice(parts, 5, count(parts))))
}

tf_every_of_iam_no_credentials_exposure(service) := `^\*(/\*)?$` if service in {"s3", "sns", "sqs"}

tf_every_of_iam_no_credentials_exposure(service) := `^(\*|\*/\*|[a-z-]+[/:]\*)$` if not service in {"s3", "sns", "sqs"}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_iam_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_iam_role_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_iam_user_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_iam_group_policy")
	text := found.body.policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_ssoadmin_permission_set_inline_policy")
	text := found.body.inline_policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_resources_iam_no_credentials_exposure("aws_iam_role")
	some block in tf_bodies_iam_no_credentials_exposure(found.body.inline_policy)
	text := block.policy
	all := [tf_statement_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(tf_document_iam_no_credentials_exposure(text).Statement)]
	some statement in all
}

tf_statements_iam_no_credentials_exposure contains [found, statement, all] if {
	some found in tf_documents_iam_no_credentials_exposure
	all := tf_blocks_iam_no_credentials_exposure(found.body)
	some statement in all
}

tf_documents_iam_no_credentials_exposure := [found |
	some found in tf_data_iam_no_credentials_exposure("aws_iam_policy_document")
	not found.body.override_policy_documents
	not found.body.override_json
]

tf_blocks_iam_no_credentials_exposure(body) := array.concat(
	[tf_block_iam_no_credentials_exposure(one) | some one in tf_bodies_iam_no_credentials_exposure(object.get(body, "statement", []))],
	[tf_unknown_block_iam_no_credentials_exposure | some name in ["source_policy_documents", "source_json", "dynamic"]; body[name]],
)

tf_unknown_block_iam_no_credentials_exposure := {
	"effect": "unknown",
	"actions": ["${unknown}"],
	"all_actions": [],
	"resources": [],
	"all_resources": [],
	"principals": [],
	"others": [],
	"conditions": [["${unknown}", "", []]],
}

tf_block_iam_no_credentials_exposure(one) := {
	"effect": object.get(one, "effect", "Allow"),
	"actions": tf_block_texts_iam_no_credentials_exposure(one, "actions"),
	"all_actions": tf_block_texts_iam_no_credentials_exposure(one, "not_actions"),
	"resources": tf_block_texts_iam_no_credentials_exposure(one, "resources"),
	"all_resources": tf_block_texts_iam_no_credentials_exposure(one, "not_resources"),
	"principals": tf_block_principals_iam_no_credentials_exposure(one, "principals"),
	"others": tf_block_principals_iam_no_credentials_exposure(one, "not_principals"),
	"conditions": tf_block_conditions_iam_no_credentials_exposure(one),
}

tf_block_texts_iam_no_credentials_exposure(one, name) := tf_list_iam_no_credentials_exposure(object.get(one, name, []))

tf_block_principals_iam_no_credentials_exposure(one, name) := array.concat(
	[[principal.type, id] | some principal in tf_bodies_iam_no_credentials_exposure(object.get(one, name, [])); some id in tf_list_iam_no_credentials_exposure(principal.identifiers)],
	[["unknown", "unknown"] | one.dynamic[name]],
)

# A condition of a dynamic block may be there.
tf_block_conditions_iam_no_credentials_exposure(one) := array.concat(
	[[condition.test, condition.variable, tf_list_iam_no_credentials_exposure(condition.values)] | some condition in tf_bodies_iam_no_credentials_exposure(object.get(one, "condition", []))],
	[["unknown", "", []] | one.dynamic.condition],
)

tf_statement_iam_no_credentials_exposure(one) := {
	"effect": object.get(one, "Effect", ""),
	"actions": tf_texts_iam_no_credentials_exposure(one, "Action"),
	"all_actions": tf_texts_iam_no_credentials_exposure(one, "NotAction"),
	"resources": tf_texts_iam_no_credentials_exposure(one, "Resource"),
	"all_resources": tf_texts_iam_no_credentials_exposure(one, "NotResource"),
	"principals": tf_principals_iam_no_credentials_exposure(object.get(one, "Principal", [])),
	"others": tf_principals_iam_no_credentials_exposure(object.get(one, "NotPrincipal", [])),
	"conditions": tf_conditions_iam_no_credentials_exposure(object.get(one, "Condition", {})),
}

tf_texts_iam_no_credentials_exposure(one, name) := tf_list_iam_no_credentials_exposure(object.get(one, name, []))

tf_principals_iam_no_credentials_exposure(principal) := [["AWS", principal]] if is_string(principal)

tf_principals_iam_no_credentials_exposure(principal) := [[type, id] | some type, ids in principal; some id in tf_list_iam_no_credentials_exposure(ids)] if is_object(principal)

tf_principals_iam_no_credentials_exposure(principal) := [] if is_array(principal)

tf_conditions_iam_no_credentials_exposure(condition) := [[operator, key, tf_list_iam_no_credentials_exposure(values)] | some operator, keys in condition; some key, values in keys] if is_object(condition)

tf_conditions_iam_no_credentials_exposure(condition) := [[condition, "", []]] if not is_object(condition)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_credentials_exposure(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_credentials_exposure(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_credentials_exposure(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_credentials_exposure(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_iam_no_credentials_exposure(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_iam_no_credentials_exposure(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_credentials_exposure(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_iam_no_credentials_exposure(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_credentials_exposure(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_credentials_exposure(value) := value if is_array(value)

tf_bodies_iam_no_credentials_exposure(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_iam_no_credentials_exposure(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_iam_no_credentials_exposure(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_iam_no_credentials_exposure(value) := value if is_array(value)

tf_list_iam_no_credentials_exposure(value) := [value] if not is_array(value)

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_iam_no_credentials_exposure(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_iam_no_credentials_exposure(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}

tf_mentions_iam_no_credentials_exposure(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

tf_allows_alone_iam_no_credentials_exposure(statement) if {
	statement.effect == "Allow"
	count(statement.conditions) == 0
}

# To an identity: a statement with a principal belongs to a resource.
tf_grants_iam_no_credentials_exposure(statement) if {
	tf_allows_alone_iam_no_credentials_exposure(statement)
	count(statement.principals) == 0
	count(statement.others) == 0
}

tf_is_every_resource_iam_no_credentials_exposure(text) if regex.match(`^(\*+|arn(:\*+|:aws[a-z-]*)?:[*:]*\*)$`, text)

# Whether an action is among those that a statement names, wildcards and all.
tf_names_iam_no_credentials_exposure(statement, action) if {
	some pattern in statement.actions
	is_string(pattern)
	not tf_is_expression_iam_no_credentials_exposure(pattern)
	glob.match(lower(pattern), null, lower(action))
}

# A statement that refuses may take it away again.
tf_may_refuse_iam_no_credentials_exposure(all, action) if {
	some other in all
	other.effect != "Allow"
	tf_names_iam_no_credentials_exposure(other, action)
}

tf_may_refuse_iam_no_credentials_exposure(all, _) if {
	some other in all
	other.effect != "Allow"
	count(other.all_actions) > 0
}

tf_may_refuse_iam_no_credentials_exposure(all, _) if {
	some other in all
	other.effect != "Allow"
	tf_is_expression_iam_no_credentials_exposure(other.actions)
}

# An upper bound gives nothing.
tf_is_bound_iam_no_credentials_exposure(found) if {
	some other in tf_resources_iam_no_credentials_exposure("aws_organizations_policy")
	tf_mentions_iam_no_credentials_exposure(other.body.content, found.address)
}

tf_is_bound_iam_no_credentials_exposure(found) if {
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_credentials_exposure(type)
	tf_mentions_iam_no_credentials_exposure(other.body.permissions_boundary, found.address)
}

tf_is_bound_iam_no_credentials_exposure(found) if {
	some policy in tf_resources_iam_no_credentials_exposure("aws_iam_policy")
	tf_mentions_iam_no_credentials_exposure(policy.body.policy, found.address)
	some type in {"aws_iam_role", "aws_iam_user"}
	some other in tf_resources_iam_no_credentials_exposure(type)
	tf_mentions_iam_no_credentials_exposure(other.body.permissions_boundary, policy.address)
}
