# The root user has no access key (iam-no-root-access-key).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_root_access_key contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_iam_no_root_access_key("aws_iam_access_key")
	not found.body.count == 0
	not tf_right_a_iam_no_root_access_key(found.body)
	not tf_open_a_iam_no_root_access_key(found.body)
	msg := sprintf("%v: user must not be the root user.", [found.address])
}

tf_values_a_iam_no_root_access_key(holder) := [value |
	value := holder.user
	value != null
]

tf_right_a_iam_no_root_access_key(holder) if {
	some value in tf_values_a_iam_no_root_access_key(holder)
	not regex.match(`(?i)^(root|<root_account>)$`, sprintf("%v", [value]))
}

tf_right_a_iam_no_root_access_key(holder) if {
	count(tf_values_a_iam_no_root_access_key(holder)) == 0
}

tf_open_a_iam_no_root_access_key(holder) if {
	some value in tf_values_a_iam_no_root_access_key(holder)
	tf_is_expression_iam_no_root_access_key(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_root_access_key(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_root_access_key(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_root_access_key(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_root_access_key(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_root_access_key(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_root_access_key(value) := value if is_array(value)

tf_bodies_iam_no_root_access_key(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_iam_no_root_access_key(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_iam_no_root_access_key(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
