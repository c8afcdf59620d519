# SES delivers mail over TLS only (ses-require-tls).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ses_require_tls contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_ses_configuration_set","aws_sesv2_configuration_set"]
	some found in tf_resources_ses_require_tls(type)
	not tf_right_a_ses_require_tls(found.body)
	not tf_open_a_ses_require_tls(found.body)
	msg := sprintf("%v: delivery_options.tls_policy must be Require.", [found.address])
}

tf_values_a_ses_require_tls(holder) := [value |
	some block_a in tf_bodies_ses_require_tls(holder.delivery_options)
	value := block_a.tls_policy
	value != null
]

tf_right_a_ses_require_tls(holder) if {
	some value in tf_values_a_ses_require_tls(holder)
	regex.match(`(?i)^require$`, sprintf("%v", [value]))
}

tf_open_a_ses_require_tls(holder) if {
	some value in tf_values_a_ses_require_tls(holder)
	tf_is_expression_ses_require_tls(value)
}

tf_open_a_ses_require_tls(holder) if {
	holder.dynamic.delivery_options
}

tf_open_a_ses_require_tls(holder) if {
	tf_is_expression_ses_require_tls(holder.delivery_options)
}

# One file, or all that Conftest was given (--combine).
tf_files_ses_require_tls := [{"folder": "", "body": input}] if is_object(input)

tf_files_ses_require_tls := [{"folder": regex.replace(file.path, `[^/\\]*$`, ""), "body": file.contents} | some file in input] if is_array(input)

tf_resources_ses_require_tls(type) := [{"type": type, "address": address, "folder": file.folder, "body": body} |
	some file in tf_files_ses_require_tls
	some name, value in file.body.resource[type]
	some body in tf_bodies_ses_require_tls(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
]

# A block may be an object or a list of them.
tf_bodies_ses_require_tls(value) := value if is_array(value)

tf_bodies_ses_require_tls(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ses_require_tls(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ses_require_tls(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
