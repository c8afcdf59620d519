# Containers of ECS tasks are not privileged (ecs-no-privileged-containers).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecs_no_privileged_containers contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecs_no_privileged_containers("aws_ecs_task_definition")
	not found.body.count == 0
	some holder in tf_holders_a_ecs_no_privileged_containers(found.body)
	not tf_right_a_ecs_no_privileged_containers(holder)
	not tf_open_a_ecs_no_privileged_containers(holder)
	msg := sprintf("%v: container_definitions.privileged must not be true.", [found.address])
}

tf_holders_a_ecs_no_privileged_containers(body) := [holder |
	some holder in tf_document_ecs_no_privileged_containers(body.container_definitions)
	is_object(holder)
]

tf_values_a_ecs_no_privileged_containers(holder) := [value |
	value := holder.privileged
	value != null
]

tf_right_a_ecs_no_privileged_containers(holder) if {
	some value in tf_values_a_ecs_no_privileged_containers(holder)
	not value in {true, "true"}
}

tf_right_a_ecs_no_privileged_containers(holder) if {
	count(tf_values_a_ecs_no_privileged_containers(holder)) == 0
}

tf_open_a_ecs_no_privileged_containers(holder) if {
	some value in tf_values_a_ecs_no_privileged_containers(holder)
	tf_is_expression_ecs_no_privileged_containers(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecs_no_privileged_containers(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecs_no_privileged_containers(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecs_no_privileged_containers(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecs_no_privileged_containers(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecs_no_privileged_containers(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecs_no_privileged_containers(value) := value if is_array(value)

tf_bodies_ecs_no_privileged_containers(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecs_no_privileged_containers(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecs_no_privileged_containers(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_ecs_no_privileged_containers(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_ecs_no_privileged_containers(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}
