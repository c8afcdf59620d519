# The encryption that an S3 bucket states is one that S3 has (s3-bucket-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_bucket_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_encryption("aws_s3_bucket_server_side_encryption_configuration")
	not found.body.count == 0
	some holder in tf_holders_a_s3_bucket_encryption(found.body)
	not tf_right_a_s3_bucket_encryption(holder)
	not tf_open_a_s3_bucket_encryption(holder)
	msg := sprintf("%v: rule.apply_server_side_encryption_by_default.sse_algorithm must be AES256 or aws:kms or aws:kms:dsse.", [found.address])
}

tf_holders_a_s3_bucket_encryption(body) := [holder |
	some holder in tf_bodies_s3_bucket_encryption(body.rule)
]

tf_values_a_s3_bucket_encryption(holder) := [value |
	some block_a in tf_bodies_s3_bucket_encryption(holder.apply_server_side_encryption_by_default)
	value := block_a.sse_algorithm
	value != null
]

tf_right_a_s3_bucket_encryption(holder) if {
	some value in tf_values_a_s3_bucket_encryption(holder)
	value in {"AES256", "aws:kms", "aws:kms:dsse"}
}

tf_right_a_s3_bucket_encryption(holder) if {
	count(tf_values_a_s3_bucket_encryption(holder)) == 0
}

tf_open_a_s3_bucket_encryption(holder) if {
	some value in tf_values_a_s3_bucket_encryption(holder)
	tf_is_expression_s3_bucket_encryption(value)
}

tf_open_a_s3_bucket_encryption(holder) if {
	holder.dynamic.apply_server_side_encryption_by_default
}

tf_open_a_s3_bucket_encryption(holder) if {
	tf_is_expression_s3_bucket_encryption(holder.apply_server_side_encryption_by_default)
}

deny_s3_bucket_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_encryption("aws_s3_bucket")
	not found.body.count == 0
	some holder in tf_holders_b_s3_bucket_encryption(found.body)
	not tf_right_b_s3_bucket_encryption(holder)
	not tf_open_b_s3_bucket_encryption(holder)
	msg := sprintf("%v: server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm must be AES256 or aws:kms or aws:kms:dsse.", [found.address])
}

tf_holders_b_s3_bucket_encryption(body) := [holder |
	some block_a in tf_bodies_s3_bucket_encryption(body.server_side_encryption_configuration)
	some holder in tf_bodies_s3_bucket_encryption(block_a.rule)
]

tf_values_b_s3_bucket_encryption(holder) := [value |
	some block_a in tf_bodies_s3_bucket_encryption(holder.apply_server_side_encryption_by_default)
	value := block_a.sse_algorithm
	value != null
]

tf_right_b_s3_bucket_encryption(holder) if {
	some value in tf_values_b_s3_bucket_encryption(holder)
	value in {"AES256", "aws:kms", "aws:kms:dsse"}
}

tf_right_b_s3_bucket_encryption(holder) if {
	count(tf_values_b_s3_bucket_encryption(holder)) == 0
}

tf_open_b_s3_bucket_encryption(holder) if {
	some value in tf_values_b_s3_bucket_encryption(holder)
	tf_is_expression_s3_bucket_encryption(value)
}

tf_open_b_s3_bucket_encryption(holder) if {
	holder.dynamic.apply_server_side_encryption_by_default
}

tf_open_b_s3_bucket_encryption(holder) if {
	tf_is_expression_s3_bucket_encryption(holder.apply_server_side_encryption_by_default)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_bucket_encryption(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_bucket_encryption(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_bucket_encryption(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_bucket_encryption(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_s3_bucket_encryption(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_bucket_encryption(value) := value if is_array(value)

tf_bodies_s3_bucket_encryption(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_bucket_encryption(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_bucket_encryption(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
