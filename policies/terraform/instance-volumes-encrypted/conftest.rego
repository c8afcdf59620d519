# Disks of instances are encrypted (instance-volumes-encrypted).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_instance_volumes_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_instance","aws_launch_configuration"]
	some found in tf_resources_instance_volumes_encrypted(type)
	not found.body.count == 0
	not tf_right_a_instance_volumes_encrypted(found.body)
	not tf_open_a_instance_volumes_encrypted(found.body)
	not tf_spared_aa_instance_volumes_encrypted(found.body, found.body)
	count(tf_resources_instance_volumes_encrypted("aws_ebs_encryption_by_default")) == 0
	msg := sprintf("%v: root_block_device.encrypted must be true.", [found.address])
}

tf_values_a_instance_volumes_encrypted(holder) := [value |
	some block_a in tf_bodies_instance_volumes_encrypted(holder.root_block_device)
	value := block_a.encrypted
	value != null
]

tf_right_a_instance_volumes_encrypted(holder) if {
	some value in tf_values_a_instance_volumes_encrypted(holder)
	value in {true, "true"}
}

tf_open_a_instance_volumes_encrypted(holder) if {
	some value in tf_values_a_instance_volumes_encrypted(holder)
	tf_is_expression_instance_volumes_encrypted(value)
}

tf_open_a_instance_volumes_encrypted(holder) if {
	holder.dynamic.root_block_device
}

tf_open_a_instance_volumes_encrypted(holder) if {
	tf_is_expression_instance_volumes_encrypted(holder.root_block_device)
}

tf_spared_aa_instance_volumes_encrypted(body, holder) if {
	count(tf_values_a_instance_volumes_encrypted(holder)) == 0
	value := body.launch_template
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_instance_volumes_encrypted(body, holder) if {
	count(tf_values_a_instance_volumes_encrypted(holder)) == 0
	value := body.launch_template
	value != null
	tf_is_expression_instance_volumes_encrypted(value)
}

deny_instance_volumes_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_instance","aws_launch_configuration"]
	some found in tf_resources_instance_volumes_encrypted(type)
	not found.body.count == 0
	some holder in tf_holders_b_instance_volumes_encrypted(found.body)
	not tf_right_b_instance_volumes_encrypted(holder)
	not tf_open_b_instance_volumes_encrypted(holder)
	not tf_spared_ba_instance_volumes_encrypted(holder, holder)
	count(tf_resources_instance_volumes_encrypted("aws_ebs_encryption_by_default")) == 0
	msg := sprintf("%v: ebs_block_device.encrypted must be true.", [found.address])
}

tf_holders_b_instance_volumes_encrypted(body) := [holder |
	some holder in tf_bodies_instance_volumes_encrypted(body.ebs_block_device)
]

tf_values_b_instance_volumes_encrypted(holder) := [value |
	value := holder.encrypted
	value != null
]

tf_right_b_instance_volumes_encrypted(holder) if {
	some value in tf_values_b_instance_volumes_encrypted(holder)
	value in {true, "true"}
}

tf_open_b_instance_volumes_encrypted(holder) if {
	some value in tf_values_b_instance_volumes_encrypted(holder)
	tf_is_expression_instance_volumes_encrypted(value)
}

tf_spared_ba_instance_volumes_encrypted(body, holder) if {
	count(tf_values_b_instance_volumes_encrypted(holder)) == 0
	value := body.snapshot_id
	value != null
	not value in {"", [], {}}
}

tf_spared_ba_instance_volumes_encrypted(body, holder) if {
	count(tf_values_b_instance_volumes_encrypted(holder)) == 0
	value := body.snapshot_id
	value != null
	tf_is_expression_instance_volumes_encrypted(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_instance_volumes_encrypted(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_instance_volumes_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_instance_volumes_encrypted(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_instance_volumes_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_instance_volumes_encrypted(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_instance_volumes_encrypted(value) := value if is_array(value)

tf_bodies_instance_volumes_encrypted(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_instance_volumes_encrypted(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_instance_volumes_encrypted(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
