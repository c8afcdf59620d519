# Trails can be checked for changes (cloudtrail-log-file-validation).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_cloudtrail_log_file_validation contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_cloudtrail"]
	some found in tf_resources_cloudtrail_log_file_validation(type)
	not tf_flag_set_cloudtrail_log_file_validation(found.body)
	not tf_flag_unknown_cloudtrail_log_file_validation(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: enable_log_file_validation must be true.", [address])
}

tf_flag_set_cloudtrail_log_file_validation(body) if tf_same_cloudtrail_log_file_validation(body.enable_log_file_validation)

tf_same_cloudtrail_log_file_validation(value) if value == true

tf_same_cloudtrail_log_file_validation(value) if value == "true"

tf_flag_unknown_cloudtrail_log_file_validation(body) if tf_is_expression_cloudtrail_log_file_validation(body.enable_log_file_validation)

tf_resources_cloudtrail_log_file_validation(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_cloudtrail_log_file_validation(value)
]

tf_bodies_cloudtrail_log_file_validation(value) := value if is_array(value)

tf_bodies_cloudtrail_log_file_validation(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_cloudtrail_log_file_validation(value) if {
	is_string(value)
	contains(value, "${")
}
