# EFS file systems are encrypted (efs-encrypted).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_efs_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_efs_encrypted("aws_efs_file_system")
	not tf_right_a_efs_encrypted(found.body)
	not tf_open_a_efs_encrypted(found.body)
	msg := sprintf("%v: encrypted must be true.", [found.address])
}

tf_values_a_efs_encrypted(holder) := [value |
	value := holder.encrypted
	value != null
]

tf_right_a_efs_encrypted(holder) if {
	some value in tf_values_a_efs_encrypted(holder)
	value in {true, "true"}
}

tf_open_a_efs_encrypted(holder) if {
	some value in tf_values_a_efs_encrypted(holder)
	tf_is_expression_efs_encrypted(value)
}

# Of one file, or of all that Conftest was given (--combine).
tf_resources_efs_encrypted(type) := [{"type": type, "address": address, "folder": "", "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_efs_encrypted(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
] if not is_array(input)

tf_resources_efs_encrypted(type) := [{"type": type, "address": address, "folder": tf_folder_efs_encrypted(file), "body": body} |
	some file in input
	some name, value in file.contents.resource[type]
	some body in tf_bodies_efs_encrypted(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
] if is_array(input)

tf_folder_efs_encrypted(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_efs_encrypted(value) := value if is_array(value)

tf_bodies_efs_encrypted(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_efs_encrypted(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_efs_encrypted(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
