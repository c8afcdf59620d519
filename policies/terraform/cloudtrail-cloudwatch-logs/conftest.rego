# CloudTrail sends its events to CloudWatch Logs (cloudtrail-cloudwatch-logs).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudtrail_cloudwatch_logs contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudtrail_cloudwatch_logs("aws_cloudtrail")
	not found.body.count == 0
	not tf_right_a_cloudtrail_cloudwatch_logs(found.body)
	not tf_open_a_cloudtrail_cloudwatch_logs(found.body)
	msg := sprintf("%v: cloud_watch_logs_group_arn must be set.", [found.address])
}

tf_values_a_cloudtrail_cloudwatch_logs(holder) := [value |
	value := holder.cloud_watch_logs_group_arn
	value != null
]

tf_right_a_cloudtrail_cloudwatch_logs(holder) if {
	some value in tf_values_a_cloudtrail_cloudwatch_logs(holder)
	not value in {"", [], {}}
}

tf_open_a_cloudtrail_cloudwatch_logs(holder) if {
	some value in tf_values_a_cloudtrail_cloudwatch_logs(holder)
	tf_is_expression_cloudtrail_cloudwatch_logs(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudtrail_cloudwatch_logs(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudtrail_cloudwatch_logs(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudtrail_cloudwatch_logs(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudtrail_cloudwatch_logs(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudtrail_cloudwatch_logs(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudtrail_cloudwatch_logs(value) := value if is_array(value)

tf_bodies_cloudtrail_cloudwatch_logs(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudtrail_cloudwatch_logs(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudtrail_cloudwatch_logs(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
