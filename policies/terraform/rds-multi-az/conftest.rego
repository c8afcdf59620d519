# Databases have a standby in another zone (rds-multi-az).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_multi_az contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_multi_az("aws_db_instance")
	not found.body.count == 0
	not tf_right_a_rds_multi_az(found.body)
	not tf_open_a_rds_multi_az(found.body)
	not tf_spared_aa_rds_multi_az(found.body)
	not tf_spared_ab_rds_multi_az(found.body)
	msg := sprintf("%v: multi_az must be true.", [found.address])
}

tf_values_a_rds_multi_az(holder) := [value |
	value := holder.multi_az
	value != null
]

tf_right_a_rds_multi_az(holder) if {
	some value in tf_values_a_rds_multi_az(holder)
	value in {true, "true"}
}

tf_open_a_rds_multi_az(holder) if {
	some value in tf_values_a_rds_multi_az(holder)
	tf_is_expression_rds_multi_az(value)
}

tf_spared_aa_rds_multi_az(body) if {
	value := body.engine
	value != null
	regex.match(`^aurora`, sprintf("%v", [value]))
}

tf_spared_aa_rds_multi_az(body) if {
	value := body.engine
	value != null
	tf_is_expression_rds_multi_az(value)
}

tf_spared_ab_rds_multi_az(body) if {
	value := body.replicate_source_db
	value != null
	not value in {"", [], {}}
}

tf_spared_ab_rds_multi_az(body) if {
	value := body.replicate_source_db
	value != null
	tf_is_expression_rds_multi_az(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_multi_az(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_multi_az(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_multi_az(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_multi_az(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_multi_az(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_multi_az(value) := value if is_array(value)

tf_bodies_rds_multi_az(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_multi_az(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_multi_az(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
