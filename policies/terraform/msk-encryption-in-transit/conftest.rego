# MSK clusters encrypt what they send (msk-encryption-in-transit).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_msk_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_msk_encryption_in_transit("aws_msk_cluster")
	not found.body.count == 0
	not tf_right_a_msk_encryption_in_transit(found.body)
	not tf_open_a_msk_encryption_in_transit(found.body)
	msg := sprintf("%v: encryption_info.encryption_in_transit.client_broker must be TLS.", [found.address])
}

tf_values_a_msk_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	some block_b in tf_bodies_msk_encryption_in_transit(block_a.encryption_in_transit)
	value := block_b.client_broker
	value != null
]

tf_right_a_msk_encryption_in_transit(holder) if {
	some value in tf_values_a_msk_encryption_in_transit(holder)
	value == "TLS"
}

tf_right_a_msk_encryption_in_transit(holder) if {
	count(tf_values_a_msk_encryption_in_transit(holder)) == 0
}

tf_open_a_msk_encryption_in_transit(holder) if {
	some value in tf_values_a_msk_encryption_in_transit(holder)
	tf_is_expression_msk_encryption_in_transit(value)
}

tf_open_a_msk_encryption_in_transit(holder) if {
	holder.dynamic.encryption_info
}

tf_open_a_msk_encryption_in_transit(holder) if {
	tf_is_expression_msk_encryption_in_transit(holder.encryption_info)
}

tf_open_a_msk_encryption_in_transit(holder) if {
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	block_a.dynamic.encryption_in_transit
}

tf_open_a_msk_encryption_in_transit(holder) if {
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	tf_is_expression_msk_encryption_in_transit(block_a.encryption_in_transit)
}

deny_msk_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_msk_encryption_in_transit("aws_msk_cluster")
	not found.body.count == 0
	not tf_right_b_msk_encryption_in_transit(found.body)
	not tf_open_b_msk_encryption_in_transit(found.body)
	msg := sprintf("%v: encryption_info.encryption_in_transit.in_cluster must be true.", [found.address])
}

tf_values_b_msk_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	some block_b in tf_bodies_msk_encryption_in_transit(block_a.encryption_in_transit)
	value := block_b.in_cluster
	value != null
]

tf_right_b_msk_encryption_in_transit(holder) if {
	some value in tf_values_b_msk_encryption_in_transit(holder)
	value in {true, "true"}
}

tf_right_b_msk_encryption_in_transit(holder) if {
	count(tf_values_b_msk_encryption_in_transit(holder)) == 0
}

tf_open_b_msk_encryption_in_transit(holder) if {
	some value in tf_values_b_msk_encryption_in_transit(holder)
	tf_is_expression_msk_encryption_in_transit(value)
}

tf_open_b_msk_encryption_in_transit(holder) if {
	holder.dynamic.encryption_info
}

tf_open_b_msk_encryption_in_transit(holder) if {
	tf_is_expression_msk_encryption_in_transit(holder.encryption_info)
}

tf_open_b_msk_encryption_in_transit(holder) if {
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	block_a.dynamic.encryption_in_transit
}

tf_open_b_msk_encryption_in_transit(holder) if {
	some block_a in tf_bodies_msk_encryption_in_transit(holder.encryption_info)
	tf_is_expression_msk_encryption_in_transit(block_a.encryption_in_transit)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_msk_encryption_in_transit(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_msk_encryption_in_transit(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_msk_encryption_in_transit(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_msk_encryption_in_transit(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_msk_encryption_in_transit(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_msk_encryption_in_transit(value) := value if is_array(value)

tf_bodies_msk_encryption_in_transit(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_msk_encryption_in_transit(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_msk_encryption_in_transit(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
