# Passwords of IAM users expire within 90 days (iam-password-expiry).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_password_expiry contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_iam_password_expiry("aws_iam_account_password_policy")
	not found.body.count == 0
	not tf_right_a_iam_password_expiry(found.body)
	not tf_open_a_iam_password_expiry(found.body)
	msg := sprintf("%v: max_password_age must be from 1 to 90.", [found.address])
}

tf_values_a_iam_password_expiry(holder) := [value |
	value := holder.max_password_age
	value != null
]

tf_right_a_iam_password_expiry(holder) if {
	some value in tf_values_a_iam_password_expiry(holder)
	number := to_number(value)
	number >= 1
	number <= 90
}

tf_open_a_iam_password_expiry(holder) if {
	some value in tf_values_a_iam_password_expiry(holder)
	tf_is_expression_iam_password_expiry(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_password_expiry(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_password_expiry(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_password_expiry(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_password_expiry(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_password_expiry(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_password_expiry(value) := value if is_array(value)

tf_bodies_iam_password_expiry(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_iam_password_expiry(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_iam_password_expiry(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
