# Containers of ECS tasks cannot write to their root filesystem (ecs-read-only-root-filesystem).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecs_read_only_root_filesystem contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecs_read_only_root_filesystem("aws_ecs_task_definition")
	not found.body.count == 0
	some holder in tf_holders_a_ecs_read_only_root_filesystem(found.body)
	not tf_right_a_ecs_read_only_root_filesystem(holder)
	not tf_open_a_ecs_read_only_root_filesystem(holder)
	msg := sprintf("%v: container_definitions.readonlyRootFilesystem must be true.", [found.address])
}

tf_holders_a_ecs_read_only_root_filesystem(body) := [holder |
	some holder in tf_document_ecs_read_only_root_filesystem(body.container_definitions)
	is_object(holder)
]

tf_values_a_ecs_read_only_root_filesystem(holder) := [value |
	value := holder.readonlyRootFilesystem
	value != null
]

tf_right_a_ecs_read_only_root_filesystem(holder) if {
	some value in tf_values_a_ecs_read_only_root_filesystem(holder)
	value in {true, "true"}
}

tf_open_a_ecs_read_only_root_filesystem(holder) if {
	some value in tf_values_a_ecs_read_only_root_filesystem(holder)
	tf_is_expression_ecs_read_only_root_filesystem(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecs_read_only_root_filesystem(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecs_read_only_root_filesystem(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecs_read_only_root_filesystem(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecs_read_only_root_filesystem(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecs_read_only_root_filesystem(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecs_read_only_root_filesystem(value) := value if is_array(value)

tf_bodies_ecs_read_only_root_filesystem(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecs_read_only_root_filesystem(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecs_read_only_root_filesystem(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document_ecs_read_only_root_filesystem(text) := json.unmarshal(text) if json.is_valid(text)

tf_document_ecs_read_only_root_filesystem(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "${jsonencode(")
	body := trim_suffix(trim_prefix(text, "${jsonencode("), ")}")
}
