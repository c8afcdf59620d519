# Transfer servers do not speak FTP (transfer-no-ftp).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_transfer_no_ftp contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_transfer_no_ftp("aws_transfer_server")
	not found.body.count == 0
	not tf_right_a_transfer_no_ftp(found.body)
	not tf_open_a_transfer_no_ftp(found.body)
	msg := sprintf("%v: protocols must not hold FTP.", [found.address])
}

tf_values_a_transfer_no_ftp(holder) := [value |
	value := holder.protocols
	value != null
]

tf_right_a_transfer_no_ftp(holder) if {
	some value in tf_values_a_transfer_no_ftp(holder)
	not value in {"FTP"}
	every item in tf_list_transfer_no_ftp(value) {
		not item in {"FTP"}
	}
}

tf_right_a_transfer_no_ftp(holder) if {
	count(tf_values_a_transfer_no_ftp(holder)) == 0
}

tf_open_a_transfer_no_ftp(holder) if {
	some value in tf_values_a_transfer_no_ftp(holder)
	tf_is_expression_transfer_no_ftp(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_transfer_no_ftp(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_transfer_no_ftp(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_transfer_no_ftp(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_transfer_no_ftp(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_transfer_no_ftp(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_transfer_no_ftp(value) := value if is_array(value)

tf_bodies_transfer_no_ftp(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_transfer_no_ftp(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_transfer_no_ftp(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_transfer_no_ftp(value) := value if is_array(value)

tf_list_transfer_no_ftp(value) := [value] if not is_array(value)
