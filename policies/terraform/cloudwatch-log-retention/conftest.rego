# CloudWatch logs are kept for a stated period of a year or longer (cloudwatch-log-retention).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudwatch_log_retention contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudwatch_log_retention("aws_cloudwatch_log_group")
	not found.body.count == 0
	not tf_right_a_cloudwatch_log_retention(found.body)
	not tf_open_a_cloudwatch_log_retention(found.body)
	not tf_spared_aa_cloudwatch_log_retention(found.body)
	msg := sprintf("%v: retention_in_days must be 365 or more.", [found.address])
}

tf_values_a_cloudwatch_log_retention(holder) := [value |
	value := holder.retention_in_days
	value != null
]

tf_right_a_cloudwatch_log_retention(holder) if {
	some value in tf_values_a_cloudwatch_log_retention(holder)
	number := to_number(value)
	not number in numbers.range(1, 364)
}

tf_open_a_cloudwatch_log_retention(holder) if {
	some value in tf_values_a_cloudwatch_log_retention(holder)
	tf_is_expression_cloudwatch_log_retention(value)
}

tf_spared_aa_cloudwatch_log_retention(body) if {
	value := body.log_group_class
	value != null
	value == "DELIVERY"
}

tf_spared_aa_cloudwatch_log_retention(body) if {
	value := body.log_group_class
	value != null
	tf_is_expression_cloudwatch_log_retention(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudwatch_log_retention(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudwatch_log_retention(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudwatch_log_retention(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudwatch_log_retention(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudwatch_log_retention(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudwatch_log_retention(value) := value if is_array(value)

tf_bodies_cloudwatch_log_retention(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudwatch_log_retention(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudwatch_log_retention(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
