# Redshift refuses connections without TLS (redshift-require-ssl).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_redshift_require_ssl contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_redshift_require_ssl("aws_redshift_parameter_group")
	not found.body.count == 0
	not tf_right_a_redshift_require_ssl(found.body)
	not tf_open_a_redshift_require_ssl(found.body)
	not tf_spared_aa_redshift_require_ssl(found.body)
	msg := sprintf("%v: parameter.value must be true.", [found.address])
}

tf_values_a_redshift_require_ssl(holder) := [value |
	some block_a in tf_bodies_redshift_require_ssl(holder.parameter)
	block_a.name == "require_ssl"
	value := block_a.value
	value != null
]

tf_right_a_redshift_require_ssl(holder) if {
	some value in tf_values_a_redshift_require_ssl(holder)
	regex.match(`(?i)^true$`, sprintf("%v", [value]))
}

tf_open_a_redshift_require_ssl(holder) if {
	some value in tf_values_a_redshift_require_ssl(holder)
	tf_is_expression_redshift_require_ssl(value)
}

tf_open_a_redshift_require_ssl(holder) if {
	holder.dynamic.parameter
}

tf_open_a_redshift_require_ssl(holder) if {
	tf_is_expression_redshift_require_ssl(holder.parameter)
}

tf_open_a_redshift_require_ssl(holder) if {
	some block_a in tf_bodies_redshift_require_ssl(holder.parameter)
	tf_is_expression_redshift_require_ssl(block_a.name)
}

tf_spared_aa_redshift_require_ssl(body) if {
	value := body.family
	value != null
	value == "redshift-2.0"
}

tf_spared_aa_redshift_require_ssl(body) if {
	value := body.family
	value != null
	tf_is_expression_redshift_require_ssl(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_redshift_require_ssl(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_redshift_require_ssl(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_redshift_require_ssl(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_redshift_require_ssl(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_redshift_require_ssl(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_redshift_require_ssl(value) := value if is_array(value)

tf_bodies_redshift_require_ssl(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_redshift_require_ssl(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_redshift_require_ssl(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
