# Container insights is on for ECS clusters (ecs-container-insights).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecs_container_insights contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecs_container_insights("aws_ecs_cluster")
	not found.body.count == 0
	not tf_right_a_ecs_container_insights(found.body)
	not tf_open_a_ecs_container_insights(found.body)
	msg := sprintf("%v: setting.value must be enabled or enhanced.", [found.address])
}

tf_values_a_ecs_container_insights(holder) := [value |
	some block_a in tf_bodies_ecs_container_insights(holder.setting)
	block_a.name == "containerInsights"
	value := block_a.value
	value != null
]

tf_right_a_ecs_container_insights(holder) if {
	some value in tf_values_a_ecs_container_insights(holder)
	value in {"enabled", "enhanced"}
}

tf_open_a_ecs_container_insights(holder) if {
	some value in tf_values_a_ecs_container_insights(holder)
	tf_is_expression_ecs_container_insights(value)
}

tf_open_a_ecs_container_insights(holder) if {
	holder.dynamic.setting
}

tf_open_a_ecs_container_insights(holder) if {
	tf_is_expression_ecs_container_insights(holder.setting)
}

tf_open_a_ecs_container_insights(holder) if {
	some block_a in tf_bodies_ecs_container_insights(holder.setting)
	tf_is_expression_ecs_container_insights(block_a.name)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecs_container_insights(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecs_container_insights(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecs_container_insights(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecs_container_insights(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecs_container_insights(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecs_container_insights(value) := value if is_array(value)

tf_bodies_ecs_container_insights(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecs_container_insights(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecs_container_insights(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
