# CloudWatch log groups state how long they are kept (cloudwatch-log-retention-set).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudwatch_log_retention_set contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudwatch_log_retention_set("aws_cloudwatch_log_group")
	not found.body.count == 0
	not tf_right_a_cloudwatch_log_retention_set(found.body)
	not tf_open_a_cloudwatch_log_retention_set(found.body)
	not tf_spared_aa_cloudwatch_log_retention_set(found.body)
	msg := sprintf("%v: retention_in_days must be set.", [found.address])
}

tf_values_a_cloudwatch_log_retention_set(holder) := [value |
	value := holder.retention_in_days
	value != null
]

tf_right_a_cloudwatch_log_retention_set(holder) if {
	some value in tf_values_a_cloudwatch_log_retention_set(holder)
	not value in {"", [], {}}
}

tf_open_a_cloudwatch_log_retention_set(holder) if {
	some value in tf_values_a_cloudwatch_log_retention_set(holder)
	tf_is_expression_cloudwatch_log_retention_set(value)
}

tf_spared_aa_cloudwatch_log_retention_set(body) if {
	value := body.log_group_class
	value != null
	value == "DELIVERY"
}

tf_spared_aa_cloudwatch_log_retention_set(body) if {
	value := body.log_group_class
	value != null
	tf_is_expression_cloudwatch_log_retention_set(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudwatch_log_retention_set(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudwatch_log_retention_set(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudwatch_log_retention_set(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudwatch_log_retention_set(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudwatch_log_retention_set(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudwatch_log_retention_set(value) := value if is_array(value)

tf_bodies_cloudwatch_log_retention_set(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudwatch_log_retention_set(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudwatch_log_retention_set(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
