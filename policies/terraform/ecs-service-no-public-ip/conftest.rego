# ECS tasks get no public addresses (ecs-service-no-public-ip).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecs_service_no_public_ip contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecs_service_no_public_ip("aws_ecs_service")
	not found.body.count == 0
	not tf_right_a_ecs_service_no_public_ip(found.body)
	not tf_open_a_ecs_service_no_public_ip(found.body)
	msg := sprintf("%v: network_configuration.assign_public_ip must not be true.", [found.address])
}

tf_values_a_ecs_service_no_public_ip(holder) := [value |
	some block_a in tf_bodies_ecs_service_no_public_ip(holder.network_configuration)
	value := block_a.assign_public_ip
	value != null
]

tf_right_a_ecs_service_no_public_ip(holder) if {
	some value in tf_values_a_ecs_service_no_public_ip(holder)
	not value in {true, "true"}
}

tf_right_a_ecs_service_no_public_ip(holder) if {
	count(tf_values_a_ecs_service_no_public_ip(holder)) == 0
}

tf_open_a_ecs_service_no_public_ip(holder) if {
	some value in tf_values_a_ecs_service_no_public_ip(holder)
	tf_is_expression_ecs_service_no_public_ip(value)
}

tf_open_a_ecs_service_no_public_ip(holder) if {
	holder.dynamic.network_configuration
}

tf_open_a_ecs_service_no_public_ip(holder) if {
	tf_is_expression_ecs_service_no_public_ip(holder.network_configuration)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecs_service_no_public_ip(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecs_service_no_public_ip(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecs_service_no_public_ip(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecs_service_no_public_ip(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecs_service_no_public_ip(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecs_service_no_public_ip(value) := value if is_array(value)

tf_bodies_ecs_service_no_public_ip(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecs_service_no_public_ip(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecs_service_no_public_ip(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
