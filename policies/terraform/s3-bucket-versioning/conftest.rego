# S3 buckets keep earlier versions of their objects (s3-bucket-versioning).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_bucket_versioning contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_versioning("aws_s3_bucket")
	found.whole
	not found.body.count == 0
	not tf_joined_a_s3_bucket_versioning(found)
	not tf_handed_on_s3_bucket_versioning(found)
	not tf_spared_aa_s3_bucket_versioning(found.body)
	not tf_spared_ab_s3_bucket_versioning(found.body)
	msg := sprintf("%v has no aws_s3_bucket_versioning.", [found.address])
}

tf_joined_a_s3_bucket_versioning(found) if {
	some [type, via] in [["aws_s3_bucket_versioning","bucket"]]
	some other in tf_resources_s3_bucket_versioning(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_s3_bucket_versioning(other.body[via])
	tf_may_belong_s3_bucket_versioning(name, found, "bucket")
}

tf_joined_a_s3_bucket_versioning(found) if {
	value := found.body.versioning
	not value in {"", null}
}

tf_joined_a_s3_bucket_versioning(found) if {
	found.body.dynamic.versioning
}

tf_spared_aa_s3_bucket_versioning(body) if {
	value := body.object_lock_enabled
	value != null
	value in {true, "true"}
}

tf_spared_aa_s3_bucket_versioning(body) if {
	value := body.object_lock_enabled
	value != null
	tf_is_expression_s3_bucket_versioning(value)
}

tf_spared_ab_s3_bucket_versioning(body) if {
	some block_a in tf_bodies_s3_bucket_versioning(body.object_lock_configuration)
	value := block_a.object_lock_enabled
	value != null
	value == "Enabled"
}

tf_spared_ab_s3_bucket_versioning(body) if {
	some block_a in tf_bodies_s3_bucket_versioning(body.object_lock_configuration)
	value := block_a.object_lock_enabled
	value != null
	tf_is_expression_s3_bucket_versioning(value)
}

deny_s3_bucket_versioning contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_versioning("aws_s3_bucket_versioning")
	not found.body.count == 0
	not tf_right_b_s3_bucket_versioning(found.body)
	not tf_open_b_s3_bucket_versioning(found.body)
	msg := sprintf("%v: versioning_configuration.status must be Enabled.", [found.address])
}

tf_values_b_s3_bucket_versioning(holder) := [value |
	some block_a in tf_bodies_s3_bucket_versioning(holder.versioning_configuration)
	value := block_a.status
	value != null
]

tf_right_b_s3_bucket_versioning(holder) if {
	some value in tf_values_b_s3_bucket_versioning(holder)
	value == "Enabled"
}

tf_open_b_s3_bucket_versioning(holder) if {
	some value in tf_values_b_s3_bucket_versioning(holder)
	tf_is_expression_s3_bucket_versioning(value)
}

tf_open_b_s3_bucket_versioning(holder) if {
	holder.dynamic.versioning_configuration
}

tf_open_b_s3_bucket_versioning(holder) if {
	tf_is_expression_s3_bucket_versioning(holder.versioning_configuration)
}

deny_s3_bucket_versioning contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_versioning("aws_s3_bucket")
	not found.body.count == 0
	some holder in tf_holders_c_s3_bucket_versioning(found.body)
	not tf_right_c_s3_bucket_versioning(holder)
	not tf_open_c_s3_bucket_versioning(holder)
	msg := sprintf("%v: versioning.enabled must be true.", [found.address])
}

tf_holders_c_s3_bucket_versioning(body) := [holder |
	some holder in tf_bodies_s3_bucket_versioning(body.versioning)
]

tf_values_c_s3_bucket_versioning(holder) := [value |
	value := holder.enabled
	value != null
]

tf_right_c_s3_bucket_versioning(holder) if {
	some value in tf_values_c_s3_bucket_versioning(holder)
	value in {true, "true"}
}

tf_open_c_s3_bucket_versioning(holder) if {
	some value in tf_values_c_s3_bucket_versioning(holder)
	tf_is_expression_s3_bucket_versioning(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_bucket_versioning(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_bucket_versioning(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_bucket_versioning(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_bucket_versioning(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_s3_bucket_versioning := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_s3_bucket_versioning(value)
	], [{"name": name, "folder": tf_folder_s3_bucket_versioning(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_s3_bucket_versioning(value)
	]]
	some found in list
]

tf_folder_s3_bucket_versioning(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_bucket_versioning(value) := value if is_array(value)

tf_bodies_s3_bucket_versioning(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_bucket_versioning(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_bucket_versioning(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_s3_bucket_versioning(value) := value if is_array(value)

tf_list_s3_bucket_versioning(value) := [value] if not is_array(value)

# A companion that a variable names may be that of any resource.
tf_may_belong_s3_bucket_versioning(value, found, attribute) if tf_may_name_s3_bucket_versioning(value, found, attribute)

tf_may_belong_s3_bucket_versioning(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_s3_bucket_versioning(value, found, _) if tf_mentions_s3_bucket_versioning(value, found.address)

tf_may_name_s3_bucket_versioning(value, found, attribute) if value == found.body[attribute]

tf_may_name_s3_bucket_versioning(value, found, _) if {
	tf_is_expression_s3_bucket_versioning(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_s3_bucket_versioning(value, found, attribute) if {
	not tf_is_expression_s3_bucket_versioning(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_s3_bucket_versioning(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_s3_bucket_versioning(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_s3_bucket_versioning(found) if {
	some call in tf_modules_s3_bucket_versioning
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_s3_bucket_versioning(value, found.address)
}
