# S3 access points block public access (s3-access-point-public-access-block).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_access_point_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_access_point_public_access_block("aws_s3_access_point")
	not found.body.count == 0
	some holder in tf_holders_a_s3_access_point_public_access_block(found.body)
	not tf_right_a_s3_access_point_public_access_block(holder)
	not tf_open_a_s3_access_point_public_access_block(holder)
	msg := sprintf("%v: public_access_block_configuration.block_public_acls must be true.", [found.address])
}

tf_holders_a_s3_access_point_public_access_block(body) := [holder |
	some holder in tf_bodies_s3_access_point_public_access_block(body.public_access_block_configuration)
]

tf_values_a_s3_access_point_public_access_block(holder) := [value |
	value := holder.block_public_acls
	value != null
]

tf_right_a_s3_access_point_public_access_block(holder) if {
	some value in tf_values_a_s3_access_point_public_access_block(holder)
	value in {true, "true"}
}

tf_right_a_s3_access_point_public_access_block(holder) if {
	count(tf_values_a_s3_access_point_public_access_block(holder)) == 0
}

tf_open_a_s3_access_point_public_access_block(holder) if {
	some value in tf_values_a_s3_access_point_public_access_block(holder)
	tf_is_expression_s3_access_point_public_access_block(value)
}

deny_s3_access_point_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_access_point_public_access_block("aws_s3_access_point")
	not found.body.count == 0
	some holder in tf_holders_b_s3_access_point_public_access_block(found.body)
	not tf_right_b_s3_access_point_public_access_block(holder)
	not tf_open_b_s3_access_point_public_access_block(holder)
	msg := sprintf("%v: public_access_block_configuration.block_public_policy must be true.", [found.address])
}

tf_holders_b_s3_access_point_public_access_block(body) := [holder |
	some holder in tf_bodies_s3_access_point_public_access_block(body.public_access_block_configuration)
]

tf_values_b_s3_access_point_public_access_block(holder) := [value |
	value := holder.block_public_policy
	value != null
]

tf_right_b_s3_access_point_public_access_block(holder) if {
	some value in tf_values_b_s3_access_point_public_access_block(holder)
	value in {true, "true"}
}

tf_right_b_s3_access_point_public_access_block(holder) if {
	count(tf_values_b_s3_access_point_public_access_block(holder)) == 0
}

tf_open_b_s3_access_point_public_access_block(holder) if {
	some value in tf_values_b_s3_access_point_public_access_block(holder)
	tf_is_expression_s3_access_point_public_access_block(value)
}

deny_s3_access_point_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_access_point_public_access_block("aws_s3_access_point")
	not found.body.count == 0
	some holder in tf_holders_c_s3_access_point_public_access_block(found.body)
	not tf_right_c_s3_access_point_public_access_block(holder)
	not tf_open_c_s3_access_point_public_access_block(holder)
	msg := sprintf("%v: public_access_block_configuration.ignore_public_acls must be true.", [found.address])
}

tf_holders_c_s3_access_point_public_access_block(body) := [holder |
	some holder in tf_bodies_s3_access_point_public_access_block(body.public_access_block_configuration)
]

tf_values_c_s3_access_point_public_access_block(holder) := [value |
	value := holder.ignore_public_acls
	value != null
]

tf_right_c_s3_access_point_public_access_block(holder) if {
	some value in tf_values_c_s3_access_point_public_access_block(holder)
	value in {true, "true"}
}

tf_right_c_s3_access_point_public_access_block(holder) if {
	count(tf_values_c_s3_access_point_public_access_block(holder)) == 0
}

tf_open_c_s3_access_point_public_access_block(holder) if {
	some value in tf_values_c_s3_access_point_public_access_block(holder)
	tf_is_expression_s3_access_point_public_access_block(value)
}

deny_s3_access_point_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_access_point_public_access_block("aws_s3_access_point")
	not found.body.count == 0
	some holder in tf_holders_d_s3_access_point_public_access_block(found.body)
	not tf_right_d_s3_access_point_public_access_block(holder)
	not tf_open_d_s3_access_point_public_access_block(holder)
	msg := sprintf("%v: public_access_block_configuration.restrict_public_buckets must be true.", [found.address])
}

tf_holders_d_s3_access_point_public_access_block(body) := [holder |
	some holder in tf_bodies_s3_access_point_public_access_block(body.public_access_block_configuration)
]

tf_values_d_s3_access_point_public_access_block(holder) := [value |
	value := holder.restrict_public_buckets
	value != null
]

tf_right_d_s3_access_point_public_access_block(holder) if {
	some value in tf_values_d_s3_access_point_public_access_block(holder)
	value in {true, "true"}
}

tf_right_d_s3_access_point_public_access_block(holder) if {
	count(tf_values_d_s3_access_point_public_access_block(holder)) == 0
}

tf_open_d_s3_access_point_public_access_block(holder) if {
	some value in tf_values_d_s3_access_point_public_access_block(holder)
	tf_is_expression_s3_access_point_public_access_block(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_access_point_public_access_block(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_access_point_public_access_block(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_access_point_public_access_block(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_access_point_public_access_block(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_s3_access_point_public_access_block(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_access_point_public_access_block(value) := value if is_array(value)

tf_bodies_s3_access_point_public_access_block(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_access_point_public_access_block(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_access_point_public_access_block(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
