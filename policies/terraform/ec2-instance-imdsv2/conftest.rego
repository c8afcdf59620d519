# Instances require tokens for their metadata (IMDSv2) (ec2-instance-imdsv2, launch-template-imdsv2).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# An instance of a launch template may have it from there, so an instance that says nothing is not judged.
# Its samples are those of the library.
package main

import rego.v1

deny_ec2_instance_imdsv2 contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_instance","aws_launch_template","aws_launch_configuration"]
	some found in tf_resources_ec2_instance_imdsv2(type)
	not found.body.count == 0
	not tf_right_a_ec2_instance_imdsv2(found.body)
	not tf_open_a_ec2_instance_imdsv2(found.body)
	not tf_spared_aa_ec2_instance_imdsv2(found.body)
	not tf_spared_ab_ec2_instance_imdsv2(found.body, found.body)
	count(tf_resources_ec2_instance_imdsv2("aws_ec2_instance_metadata_defaults")) == 0
	msg := sprintf("%v: metadata_options.http_tokens must be required.", [found.address])
}

tf_values_a_ec2_instance_imdsv2(holder) := [value |
	some block_a in tf_bodies_ec2_instance_imdsv2(holder.metadata_options)
	value := block_a.http_tokens
	value != null
]

tf_right_a_ec2_instance_imdsv2(holder) if {
	some value in tf_values_a_ec2_instance_imdsv2(holder)
	value == "required"
}

tf_open_a_ec2_instance_imdsv2(holder) if {
	some value in tf_values_a_ec2_instance_imdsv2(holder)
	tf_is_expression_ec2_instance_imdsv2(value)
}

tf_open_a_ec2_instance_imdsv2(holder) if {
	holder.dynamic.metadata_options
}

tf_open_a_ec2_instance_imdsv2(holder) if {
	tf_is_expression_ec2_instance_imdsv2(holder.metadata_options)
}

tf_spared_aa_ec2_instance_imdsv2(body) if {
	some block_a in tf_bodies_ec2_instance_imdsv2(body.metadata_options)
	value := block_a.http_endpoint
	value != null
	value == "disabled"
}

tf_spared_aa_ec2_instance_imdsv2(body) if {
	some block_a in tf_bodies_ec2_instance_imdsv2(body.metadata_options)
	value := block_a.http_endpoint
	value != null
	tf_is_expression_ec2_instance_imdsv2(value)
}

tf_spared_ab_ec2_instance_imdsv2(body, holder) if {
	count(tf_values_a_ec2_instance_imdsv2(holder)) == 0
	value := body.launch_template
	value != null
	not value in {"", [], {}}
}

tf_spared_ab_ec2_instance_imdsv2(body, holder) if {
	count(tf_values_a_ec2_instance_imdsv2(holder)) == 0
	value := body.launch_template
	value != null
	tf_is_expression_ec2_instance_imdsv2(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ec2_instance_imdsv2(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ec2_instance_imdsv2(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ec2_instance_imdsv2(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ec2_instance_imdsv2(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ec2_instance_imdsv2(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ec2_instance_imdsv2(value) := value if is_array(value)

tf_bodies_ec2_instance_imdsv2(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ec2_instance_imdsv2(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ec2_instance_imdsv2(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
