# A function is not open to everybody (lambda-no-public-permission).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_lambda_no_public_permission contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_lambda_no_public_permission("aws_lambda_permission")
	not found.body.count == 0
	tf_when_aa_lambda_no_public_permission(found.body)
	not tf_right_a_lambda_no_public_permission(found.body)
	not tf_open_a_lambda_no_public_permission(found.body)
	not tf_spared_aa_lambda_no_public_permission(found.body)
	not tf_spared_ab_lambda_no_public_permission(found.body)
	msg := sprintf("%v: source_arn must not be  or *.", [found.address])
}

tf_values_a_lambda_no_public_permission(holder) := [value |
	value := holder.source_arn
	value != null
]

tf_right_a_lambda_no_public_permission(holder) if {
	some value in tf_values_a_lambda_no_public_permission(holder)
	not value in {"", "*"}
}

tf_open_a_lambda_no_public_permission(holder) if {
	some value in tf_values_a_lambda_no_public_permission(holder)
	tf_is_expression_lambda_no_public_permission(value)
}

tf_when_aa_lambda_no_public_permission(body) if {
	value := body.principal
	value != null
	not tf_is_expression_lambda_no_public_permission(value)
	value == "*"
}

tf_spared_aa_lambda_no_public_permission(body) if {
	value := body.source_account
	value != null
	not value == "*"
}

tf_spared_aa_lambda_no_public_permission(body) if {
	value := body.source_account
	value != null
	tf_is_expression_lambda_no_public_permission(value)
}

tf_spared_ab_lambda_no_public_permission(body) if {
	value := body.principal_org_id
	value != null
	not value in {"", [], {}}
}

tf_spared_ab_lambda_no_public_permission(body) if {
	value := body.principal_org_id
	value != null
	tf_is_expression_lambda_no_public_permission(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_lambda_no_public_permission(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_lambda_no_public_permission(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_lambda_no_public_permission(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_lambda_no_public_permission(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_lambda_no_public_permission(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_lambda_no_public_permission(value) := value if is_array(value)

tf_bodies_lambda_no_public_permission(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_lambda_no_public_permission(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_lambda_no_public_permission(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
