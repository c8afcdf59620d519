# ECS tasks encrypt what they send to EFS (ecs-efs-transit-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecs_efs_transit_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecs_efs_transit_encryption("aws_ecs_task_definition")
	not found.body.count == 0
	some holder in tf_holders_a_ecs_efs_transit_encryption(found.body)
	not tf_right_a_ecs_efs_transit_encryption(holder)
	not tf_open_a_ecs_efs_transit_encryption(holder)
	msg := sprintf("%v: volume.efs_volume_configuration.transit_encryption must be ENABLED.", [found.address])
}

tf_holders_a_ecs_efs_transit_encryption(body) := [holder |
	some block_a in tf_bodies_ecs_efs_transit_encryption(body.volume)
	some holder in tf_bodies_ecs_efs_transit_encryption(block_a.efs_volume_configuration)
]

tf_values_a_ecs_efs_transit_encryption(holder) := [value |
	value := holder.transit_encryption
	value != null
]

tf_right_a_ecs_efs_transit_encryption(holder) if {
	some value in tf_values_a_ecs_efs_transit_encryption(holder)
	value == "ENABLED"
}

tf_open_a_ecs_efs_transit_encryption(holder) if {
	some value in tf_values_a_ecs_efs_transit_encryption(holder)
	tf_is_expression_ecs_efs_transit_encryption(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecs_efs_transit_encryption(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecs_efs_transit_encryption(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecs_efs_transit_encryption(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecs_efs_transit_encryption(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecs_efs_transit_encryption(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecs_efs_transit_encryption(value) := value if is_array(value)

tf_bodies_ecs_efs_transit_encryption(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecs_efs_transit_encryption(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecs_efs_transit_encryption(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
