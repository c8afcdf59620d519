# Metadata of instances does not travel further than the host (launch-template-metadata-hop-limit).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_launch_template_metadata_hop_limit contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_launch_template","aws_launch_configuration"]
	some found in tf_resources_launch_template_metadata_hop_limit(type)
	not found.body.count == 0
	not tf_right_a_launch_template_metadata_hop_limit(found.body)
	not tf_open_a_launch_template_metadata_hop_limit(found.body)
	msg := sprintf("%v: metadata_options.http_put_response_hop_limit must be 1 or less.", [found.address])
}

tf_values_a_launch_template_metadata_hop_limit(holder) := [value |
	some block_a in tf_bodies_launch_template_metadata_hop_limit(holder.metadata_options)
	value := block_a.http_put_response_hop_limit
	value != null
]

tf_right_a_launch_template_metadata_hop_limit(holder) if {
	some value in tf_values_a_launch_template_metadata_hop_limit(holder)
	to_number(value) <= 1
}

tf_right_a_launch_template_metadata_hop_limit(holder) if {
	count(tf_values_a_launch_template_metadata_hop_limit(holder)) == 0
}

tf_open_a_launch_template_metadata_hop_limit(holder) if {
	some value in tf_values_a_launch_template_metadata_hop_limit(holder)
	tf_is_expression_launch_template_metadata_hop_limit(value)
}

tf_open_a_launch_template_metadata_hop_limit(holder) if {
	holder.dynamic.metadata_options
}

tf_open_a_launch_template_metadata_hop_limit(holder) if {
	tf_is_expression_launch_template_metadata_hop_limit(holder.metadata_options)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_launch_template_metadata_hop_limit(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_launch_template_metadata_hop_limit(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_launch_template_metadata_hop_limit(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_launch_template_metadata_hop_limit(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_launch_template_metadata_hop_limit(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_launch_template_metadata_hop_limit(value) := value if is_array(value)

tf_bodies_launch_template_metadata_hop_limit(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_launch_template_metadata_hop_limit(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_launch_template_metadata_hop_limit(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
