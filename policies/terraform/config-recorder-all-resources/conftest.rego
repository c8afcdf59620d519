# AWS Config records all types of resources (config-recorder-all-resources).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_config_recorder_all_resources contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_config_recorder_all_resources("aws_config_configuration_recorder")
	not found.body.count == 0
	not tf_right_a_config_recorder_all_resources(found.body)
	not tf_open_a_config_recorder_all_resources(found.body)
	not tf_spared_aa_config_recorder_all_resources(found.body)
	msg := sprintf("%v: recording_group.include_global_resource_types must be true.", [found.address])
}

tf_values_a_config_recorder_all_resources(holder) := [value |
	some block_a in tf_bodies_config_recorder_all_resources(holder.recording_group)
	value := block_a.include_global_resource_types
	value != null
]

tf_right_a_config_recorder_all_resources(holder) if {
	some value in tf_values_a_config_recorder_all_resources(holder)
	value in {true, "true"}
}

tf_open_a_config_recorder_all_resources(holder) if {
	some value in tf_values_a_config_recorder_all_resources(holder)
	tf_is_expression_config_recorder_all_resources(value)
}

tf_open_a_config_recorder_all_resources(holder) if {
	holder.dynamic.recording_group
}

tf_open_a_config_recorder_all_resources(holder) if {
	tf_is_expression_config_recorder_all_resources(holder.recording_group)
}

tf_spared_aa_config_recorder_all_resources(body) if {
	value := body.provider
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_config_recorder_all_resources(body) if {
	value := body.provider
	value != null
	tf_is_expression_config_recorder_all_resources(value)
}

deny_config_recorder_all_resources contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_config_recorder_all_resources("aws_config_configuration_recorder")
	not found.body.count == 0
	not tf_right_b_config_recorder_all_resources(found.body)
	not tf_open_b_config_recorder_all_resources(found.body)
	msg := sprintf("%v: recording_group.all_supported must not be false.", [found.address])
}

tf_values_b_config_recorder_all_resources(holder) := [value |
	some block_a in tf_bodies_config_recorder_all_resources(holder.recording_group)
	value := block_a.all_supported
	value != null
]

tf_right_b_config_recorder_all_resources(holder) if {
	some value in tf_values_b_config_recorder_all_resources(holder)
	not value in {false, "false"}
}

tf_right_b_config_recorder_all_resources(holder) if {
	count(tf_values_b_config_recorder_all_resources(holder)) == 0
}

tf_open_b_config_recorder_all_resources(holder) if {
	some value in tf_values_b_config_recorder_all_resources(holder)
	tf_is_expression_config_recorder_all_resources(value)
}

tf_open_b_config_recorder_all_resources(holder) if {
	holder.dynamic.recording_group
}

tf_open_b_config_recorder_all_resources(holder) if {
	tf_is_expression_config_recorder_all_resources(holder.recording_group)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_config_recorder_all_resources(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_config_recorder_all_resources(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_config_recorder_all_resources(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_config_recorder_all_resources(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_config_recorder_all_resources(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_config_recorder_all_resources(value) := value if is_array(value)

tf_bodies_config_recorder_all_resources(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_config_recorder_all_resources(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_config_recorder_all_resources(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
