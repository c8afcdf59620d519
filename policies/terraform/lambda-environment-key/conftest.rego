# Environments of Lambda functions are encrypted with a key of your own (lambda-environment-key).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_lambda_environment_key contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_lambda_environment_key("aws_lambda_function")
	not found.body.count == 0
	tf_when_aa_lambda_environment_key(found.body)
	not tf_right_a_lambda_environment_key(found.body)
	not tf_open_a_lambda_environment_key(found.body)
	msg := sprintf("%v: kms_key_arn must name a key of your own.", [found.address])
}

tf_values_a_lambda_environment_key(holder) := [value |
	value := holder.kms_key_arn
	value != null
]

tf_right_a_lambda_environment_key(holder) if {
	some value in tf_values_a_lambda_environment_key(holder)
	value != ""
	not regex.match(`(^|:)alias/aws/`, value)
}

tf_open_a_lambda_environment_key(holder) if {
	some value in tf_values_a_lambda_environment_key(holder)
	tf_is_expression_lambda_environment_key(value)
}

tf_when_aa_lambda_environment_key(body) if {
	some block_a in tf_bodies_lambda_environment_key(body.environment)
	value := block_a.variables
	value != null
	not tf_is_expression_lambda_environment_key(value)
	not value in {"", [], {}}
}

tf_when_aa_lambda_environment_key(body) if {
	some block_a in tf_bodies_lambda_environment_key(body.environment)
	value := block_a.variables
	value != null
	tf_is_attribute_lambda_environment_key(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_lambda_environment_key(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_lambda_environment_key(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_lambda_environment_key(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_lambda_environment_key(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_lambda_environment_key(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_lambda_environment_key(value) := value if is_array(value)

tf_bodies_lambda_environment_key(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_lambda_environment_key(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_lambda_environment_key(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

# What AWS says of something that is declared: not known, but never empty.
tf_is_attribute_lambda_environment_key(value) if regex.match(`^\$\{(data\.)?aws_\w+\.[\w-]+(\[[^\]]*\])?\.\w+\}$`, value)
