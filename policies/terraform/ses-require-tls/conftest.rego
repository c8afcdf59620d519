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
	not found.body.count == 0
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

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ses_require_tls(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ses_require_tls(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ses_require_tls(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ses_require_tls(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ses_require_tls(file) := regex.replace(file.path, `[^/\\]*$`, "")

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
