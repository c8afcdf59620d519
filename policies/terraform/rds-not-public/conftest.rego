# Databases have no public address (rds-not-public).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_not_public contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_instance","aws_rds_cluster_instance"]
	some found in tf_resources_rds_not_public(type)
	not found.body.count == 0
	not tf_right_a_rds_not_public(found.body)
	not tf_open_a_rds_not_public(found.body)
	msg := sprintf("%v: publicly_accessible must not be true.", [found.address])
}

tf_values_a_rds_not_public(holder) := [value |
	value := holder.publicly_accessible
	value != null
]

tf_right_a_rds_not_public(holder) if {
	some value in tf_values_a_rds_not_public(holder)
	not value in {true, "true"}
}

tf_right_a_rds_not_public(holder) if {
	count(tf_values_a_rds_not_public(holder)) == 0
}

tf_open_a_rds_not_public(holder) if {
	some value in tf_values_a_rds_not_public(holder)
	tf_is_expression_rds_not_public(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_not_public(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_not_public(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_not_public(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_not_public(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_not_public(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_not_public(value) := value if is_array(value)

tf_bodies_rds_not_public(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_not_public(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_not_public(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
