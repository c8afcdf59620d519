# Public access blocks block everything, and every bucket has one (s3-block-public-acls, s3-block-public-policy, s3-ignore-public-acls, s3-restrict-public-buckets, s3-public-access-block).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket")
	found.whole
	not found.body.count == 0
	not tf_joined_a_s3_public_access_block(found)
	not tf_handed_on_s3_public_access_block(found)
	count(tf_resources_s3_public_access_block("aws_s3_account_public_access_block")) == 0
	msg := sprintf("%v has no aws_s3_bucket_public_access_block.", [found.address])
}

tf_joined_a_s3_public_access_block(found) if {
	some [type, via] in [["aws_s3_bucket_public_access_block","bucket"]]
	some other in tf_resources_s3_public_access_block(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_s3_public_access_block(other.body[via])
	tf_may_belong_s3_public_access_block(name, found, "bucket")
}

deny_s3_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket_public_access_block")
	not found.body.count == 0
	not tf_right_b_s3_public_access_block(found.body)
	not tf_open_b_s3_public_access_block(found.body)
	msg := sprintf("%v: block_public_acls must be true.", [found.address])
}

tf_values_b_s3_public_access_block(holder) := [value |
	value := holder.block_public_acls
	value != null
]

tf_right_b_s3_public_access_block(holder) if {
	some value in tf_values_b_s3_public_access_block(holder)
	value in {true, "true"}
}

tf_open_b_s3_public_access_block(holder) if {
	some value in tf_values_b_s3_public_access_block(holder)
	tf_is_expression_s3_public_access_block(value)
}

deny_s3_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket_public_access_block")
	not found.body.count == 0
	not tf_right_c_s3_public_access_block(found.body)
	not tf_open_c_s3_public_access_block(found.body)
	msg := sprintf("%v: block_public_policy must be true.", [found.address])
}

tf_values_c_s3_public_access_block(holder) := [value |
	value := holder.block_public_policy
	value != null
]

tf_right_c_s3_public_access_block(holder) if {
	some value in tf_values_c_s3_public_access_block(holder)
	value in {true, "true"}
}

tf_open_c_s3_public_access_block(holder) if {
	some value in tf_values_c_s3_public_access_block(holder)
	tf_is_expression_s3_public_access_block(value)
}

deny_s3_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket_public_access_block")
	not found.body.count == 0
	not tf_right_d_s3_public_access_block(found.body)
	not tf_open_d_s3_public_access_block(found.body)
	msg := sprintf("%v: ignore_public_acls must be true.", [found.address])
}

tf_values_d_s3_public_access_block(holder) := [value |
	value := holder.ignore_public_acls
	value != null
]

tf_right_d_s3_public_access_block(holder) if {
	some value in tf_values_d_s3_public_access_block(holder)
	value in {true, "true"}
}

tf_open_d_s3_public_access_block(holder) if {
	some value in tf_values_d_s3_public_access_block(holder)
	tf_is_expression_s3_public_access_block(value)
}

deny_s3_public_access_block contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket_public_access_block")
	not found.body.count == 0
	not tf_right_e_s3_public_access_block(found.body)
	not tf_open_e_s3_public_access_block(found.body)
	msg := sprintf("%v: restrict_public_buckets must be true.", [found.address])
}

tf_values_e_s3_public_access_block(holder) := [value |
	value := holder.restrict_public_buckets
	value != null
]

tf_right_e_s3_public_access_block(holder) if {
	some value in tf_values_e_s3_public_access_block(holder)
	value in {true, "true"}
}

tf_open_e_s3_public_access_block(holder) if {
	some value in tf_values_e_s3_public_access_block(holder)
	tf_is_expression_s3_public_access_block(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_public_access_block(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_public_access_block(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_public_access_block(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_public_access_block(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_s3_public_access_block := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_s3_public_access_block(value)
	], [{"name": name, "folder": tf_folder_s3_public_access_block(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_s3_public_access_block(value)
	]]
	some found in list
]

tf_folder_s3_public_access_block(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_public_access_block(value) := value if is_array(value)

tf_bodies_s3_public_access_block(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_public_access_block(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_public_access_block(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_s3_public_access_block(value) := value if is_array(value)

tf_list_s3_public_access_block(value) := [value] if not is_array(value)

# A companion that a variable names may be that of any resource.
tf_may_belong_s3_public_access_block(value, found, attribute) if tf_may_name_s3_public_access_block(value, found, attribute)

tf_may_belong_s3_public_access_block(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_s3_public_access_block(value, found, _) if tf_mentions_s3_public_access_block(value, found.address)

tf_may_name_s3_public_access_block(value, found, attribute) if value == found.body[attribute]

tf_may_name_s3_public_access_block(value, found, _) if {
	tf_is_expression_s3_public_access_block(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_s3_public_access_block(value, found, attribute) if {
	not tf_is_expression_s3_public_access_block(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_s3_public_access_block(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_s3_public_access_block(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_s3_public_access_block(found) if {
	some call in tf_modules_s3_public_access_block
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_s3_public_access_block(value, found.address)
}
