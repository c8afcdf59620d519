# Lambda functions say whether they are traced (lambda-tracing).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_lambda_tracing contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_lambda_tracing("aws_lambda_function")
	not found.body.count == 0
	not tf_right_a_lambda_tracing(found.body)
	not tf_open_a_lambda_tracing(found.body)
	msg := sprintf("%v: tracing_config.mode must be Active or PassThrough.", [found.address])
}

tf_values_a_lambda_tracing(holder) := [value |
	some block_a in tf_bodies_lambda_tracing(holder.tracing_config)
	value := block_a.mode
	value != null
]

tf_right_a_lambda_tracing(holder) if {
	some value in tf_values_a_lambda_tracing(holder)
	value in {"Active", "PassThrough"}
}

tf_open_a_lambda_tracing(holder) if {
	some value in tf_values_a_lambda_tracing(holder)
	tf_is_expression_lambda_tracing(value)
}

tf_open_a_lambda_tracing(holder) if {
	holder.dynamic.tracing_config
}

tf_open_a_lambda_tracing(holder) if {
	tf_is_expression_lambda_tracing(holder.tracing_config)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_lambda_tracing(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_lambda_tracing(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_lambda_tracing(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_lambda_tracing(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_lambda_tracing(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_lambda_tracing(value) := value if is_array(value)

tf_bodies_lambda_tracing(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_lambda_tracing(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_lambda_tracing(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
