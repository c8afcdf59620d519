# DocumentDB clusters take TLS connections only (docdb-tls).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_docdb_tls contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_docdb_tls("aws_docdb_cluster_parameter_group")
	not found.body.count == 0
	not tf_right_a_docdb_tls(found.body)
	not tf_open_a_docdb_tls(found.body)
	msg := sprintf("%v: parameter.value must not be disabled.", [found.address])
}

tf_values_a_docdb_tls(holder) := [value |
	some block_a in tf_bodies_docdb_tls(holder.parameter)
	block_a.name == "tls"
	value := block_a.value
	value != null
]

tf_right_a_docdb_tls(holder) if {
	some value in tf_values_a_docdb_tls(holder)
	not value == "disabled"
}

tf_right_a_docdb_tls(holder) if {
	count(tf_values_a_docdb_tls(holder)) == 0
}

tf_open_a_docdb_tls(holder) if {
	some value in tf_values_a_docdb_tls(holder)
	tf_is_expression_docdb_tls(value)
}

tf_open_a_docdb_tls(holder) if {
	holder.dynamic.parameter
}

tf_open_a_docdb_tls(holder) if {
	tf_is_expression_docdb_tls(holder.parameter)
}

tf_open_a_docdb_tls(holder) if {
	some block_a in tf_bodies_docdb_tls(holder.parameter)
	tf_is_expression_docdb_tls(block_a.name)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_docdb_tls(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_docdb_tls(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_docdb_tls(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_docdb_tls(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_docdb_tls(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_docdb_tls(value) := value if is_array(value)

tf_bodies_docdb_tls(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_docdb_tls(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_docdb_tls(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
