# Databases have a certificate of a current authority (rds-ca-certificate).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_ca_certificate contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_ca_certificate("aws_db_instance")
	not found.body.count == 0
	not tf_right_a_rds_ca_certificate(found.body)
	not tf_open_a_rds_ca_certificate(found.body)
	msg := sprintf("%v: ca_cert_identifier must be an authority that is still current.", [found.address])
}

tf_values_a_rds_ca_certificate(holder) := [value |
	value := holder.ca_cert_identifier
	value != null
]

tf_right_a_rds_ca_certificate(holder) if {
	some value in tf_values_a_rds_ca_certificate(holder)
	regex.match(`^rds-ca-(rsa2048|rsa4096|ecc384)-g[0-9]+$`, sprintf("%v", [value]))
}

tf_right_a_rds_ca_certificate(holder) if {
	count(tf_values_a_rds_ca_certificate(holder)) == 0
}

tf_open_a_rds_ca_certificate(holder) if {
	some value in tf_values_a_rds_ca_certificate(holder)
	tf_is_expression_rds_ca_certificate(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_ca_certificate(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_ca_certificate(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_ca_certificate(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_ca_certificate(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_ca_certificate(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_ca_certificate(value) := value if is_array(value)

tf_bodies_rds_ca_certificate(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_ca_certificate(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_ca_certificate(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
