# API Gateway stages log their requests (apigateway-access-logging).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_apigateway_access_logging contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_api_gateway_stage","aws_apigatewayv2_stage"]
	some found in tf_resources_apigateway_access_logging(type)
	not found.body.count == 0
	not tf_right_a_apigateway_access_logging(found.body)
	not tf_open_a_apigateway_access_logging(found.body)
	msg := sprintf("%v: access_log_settings.destination_arn must be set.", [found.address])
}

tf_values_a_apigateway_access_logging(holder) := [value |
	some block_a in tf_bodies_apigateway_access_logging(holder.access_log_settings)
	value := block_a.destination_arn
	value != null
]

tf_right_a_apigateway_access_logging(holder) if {
	some value in tf_values_a_apigateway_access_logging(holder)
	not value in {"", [], {}}
}

tf_open_a_apigateway_access_logging(holder) if {
	some value in tf_values_a_apigateway_access_logging(holder)
	tf_is_expression_apigateway_access_logging(value)
}

tf_open_a_apigateway_access_logging(holder) if {
	holder.dynamic.access_log_settings
}

tf_open_a_apigateway_access_logging(holder) if {
	tf_is_expression_apigateway_access_logging(holder.access_log_settings)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_apigateway_access_logging(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_apigateway_access_logging(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_apigateway_access_logging(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_apigateway_access_logging(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_apigateway_access_logging(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_apigateway_access_logging(value) := value if is_array(value)

tf_bodies_apigateway_access_logging(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_apigateway_access_logging(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_apigateway_access_logging(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
