# KMS keys have a policy of their own (kms-key-policy).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Its samples are those of the library.
package main

import rego.v1

deny_kms_key_policy contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_kms_key_policy("aws_kms_key")
	found.whole
	not found.body.count == 0
	not tf_joined_a_kms_key_policy(found)
	not tf_handed_on_kms_key_policy(found)
	msg := sprintf("%v has no aws_kms_key_policy.", [found.address])
}

tf_joined_a_kms_key_policy(found) if {
	some [type, via] in [["aws_kms_key_policy","key_id"]]
	some other in tf_resources_kms_key_policy(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_kms_key_policy(other.body[via])
	tf_may_belong_kms_key_policy(name, found, "name")
}

tf_joined_a_kms_key_policy(found) if {
	value := found.body.policy
	not value in {"", null}
}

tf_joined_a_kms_key_policy(found) if {
	found.body.dynamic.policy
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_kms_key_policy(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_kms_key_policy(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_kms_key_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_kms_key_policy(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_kms_key_policy := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_kms_key_policy(value)
	], [{"name": name, "folder": tf_folder_kms_key_policy(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_kms_key_policy(value)
	]]
	some found in list
]

tf_folder_kms_key_policy(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_kms_key_policy(value) := value if is_array(value)

tf_bodies_kms_key_policy(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_kms_key_policy(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_kms_key_policy(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_kms_key_policy(value) := value if is_array(value)

tf_list_kms_key_policy(value) := [value] if not is_array(value)

# A companion that a variable names may be that of any resource.
tf_may_belong_kms_key_policy(value, found, attribute) if tf_may_name_kms_key_policy(value, found, attribute)

tf_may_belong_kms_key_policy(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_kms_key_policy(value, found, _) if tf_mentions_kms_key_policy(value, found.address)

tf_may_name_kms_key_policy(value, found, attribute) if value == found.body[attribute]

tf_may_name_kms_key_policy(value, found, _) if {
	tf_is_expression_kms_key_policy(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_kms_key_policy(value, found, attribute) if {
	not tf_is_expression_kms_key_policy(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_kms_key_policy(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_kms_key_policy(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_kms_key_policy(found) if {
	some call in tf_modules_kms_key_policy
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_kms_key_policy(value, found.address)
}
