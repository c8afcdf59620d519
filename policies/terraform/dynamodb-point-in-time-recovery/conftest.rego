# DynamoDB tables can be restored to any moment (dynamodb-point-in-time-recovery).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_dynamodb_point_in_time_recovery contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_dynamodb_point_in_time_recovery("aws_dynamodb_table")
	not found.body.count == 0
	not tf_right_a_dynamodb_point_in_time_recovery(found.body)
	not tf_open_a_dynamodb_point_in_time_recovery(found.body)
	msg := sprintf("%v: point_in_time_recovery.enabled must be true.", [found.address])
}

tf_values_a_dynamodb_point_in_time_recovery(holder) := [value |
	some block_a in tf_bodies_dynamodb_point_in_time_recovery(holder.point_in_time_recovery)
	value := block_a.enabled
	value != null
]

tf_right_a_dynamodb_point_in_time_recovery(holder) if {
	some value in tf_values_a_dynamodb_point_in_time_recovery(holder)
	value in {true, "true"}
}

tf_open_a_dynamodb_point_in_time_recovery(holder) if {
	some value in tf_values_a_dynamodb_point_in_time_recovery(holder)
	tf_is_expression_dynamodb_point_in_time_recovery(value)
}

tf_open_a_dynamodb_point_in_time_recovery(holder) if {
	holder.dynamic.point_in_time_recovery
}

tf_open_a_dynamodb_point_in_time_recovery(holder) if {
	tf_is_expression_dynamodb_point_in_time_recovery(holder.point_in_time_recovery)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_dynamodb_point_in_time_recovery(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_dynamodb_point_in_time_recovery(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_dynamodb_point_in_time_recovery(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_dynamodb_point_in_time_recovery(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_dynamodb_point_in_time_recovery(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_dynamodb_point_in_time_recovery(value) := value if is_array(value)

tf_bodies_dynamodb_point_in_time_recovery(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_dynamodb_point_in_time_recovery(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_dynamodb_point_in_time_recovery(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
