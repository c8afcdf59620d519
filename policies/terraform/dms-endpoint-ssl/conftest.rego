# DMS endpoints connect with TLS (dms-endpoint-ssl).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_dms_endpoint_ssl contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_dms_endpoint_ssl("aws_dms_endpoint")
	not found.body.count == 0
	not tf_right_a_dms_endpoint_ssl(found.body)
	not tf_open_a_dms_endpoint_ssl(found.body)
	not tf_spared_aa_dms_endpoint_ssl(found.body)
	msg := sprintf("%v: ssl_mode must not be none.", [found.address])
}

tf_values_a_dms_endpoint_ssl(holder) := [value |
	value := holder.ssl_mode
	value != null
]

tf_right_a_dms_endpoint_ssl(holder) if {
	some value in tf_values_a_dms_endpoint_ssl(holder)
	not value == "none"
}

tf_open_a_dms_endpoint_ssl(holder) if {
	some value in tf_values_a_dms_endpoint_ssl(holder)
	tf_is_expression_dms_endpoint_ssl(value)
}

tf_spared_aa_dms_endpoint_ssl(body) if {
	value := body.engine_name
	value != null
	value in {"s3", "dynamodb", "kinesis", "kafka", "elasticsearch", "opensearch", "neptune", "redis", "timestream", "babelfish"}
}

tf_spared_aa_dms_endpoint_ssl(body) if {
	value := body.engine_name
	value != null
	tf_is_expression_dms_endpoint_ssl(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_dms_endpoint_ssl(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_dms_endpoint_ssl(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_dms_endpoint_ssl(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_dms_endpoint_ssl(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_dms_endpoint_ssl(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_dms_endpoint_ssl(value) := value if is_array(value)

tf_bodies_dms_endpoint_ssl(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_dms_endpoint_ssl(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_dms_endpoint_ssl(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
