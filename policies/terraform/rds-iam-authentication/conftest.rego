# Databases let applications sign in with IAM (rds-iam-authentication).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_iam_authentication contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_iam_authentication("aws_db_instance")
	not found.body.count == 0
	not tf_right_a_rds_iam_authentication(found.body)
	not tf_open_a_rds_iam_authentication(found.body)
	not tf_spared_aa_rds_iam_authentication(found.body)
	not tf_spared_ab_rds_iam_authentication(found.body)
	not tf_spared_ac_rds_iam_authentication(found.body)
	not tf_spared_ad_rds_iam_authentication(found.body)
	msg := sprintf("%v: iam_database_authentication_enabled must be true.", [found.address])
}

tf_values_a_rds_iam_authentication(holder) := [value |
	value := holder.iam_database_authentication_enabled
	value != null
]

tf_right_a_rds_iam_authentication(holder) if {
	some value in tf_values_a_rds_iam_authentication(holder)
	value in {true, "true"}
}

tf_open_a_rds_iam_authentication(holder) if {
	some value in tf_values_a_rds_iam_authentication(holder)
	tf_is_expression_rds_iam_authentication(value)
}

tf_spared_aa_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	regex.match(`^aurora`, sprintf("%v", [value]))
}

tf_spared_aa_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	tf_is_expression_rds_iam_authentication(value)
}

tf_spared_ab_rds_iam_authentication(body) if {
	not tf_spared_ab_written_rds_iam_authentication(body)
}

tf_spared_ab_written_rds_iam_authentication(body) if {
	value := body.engine
	value != null
}

tf_spared_ac_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	regex.match(`^(oracle|sqlserver|db2|custom)`, sprintf("%v", [value]))
}

tf_spared_ac_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	tf_is_expression_rds_iam_authentication(value)
}

tf_spared_ad_rds_iam_authentication(body) if {
	value := body.engine_mode
	value != null
	value == "serverless"
}

tf_spared_ad_rds_iam_authentication(body) if {
	value := body.engine_mode
	value != null
	tf_is_expression_rds_iam_authentication(value)
}

deny_rds_iam_authentication contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_iam_authentication("aws_rds_cluster")
	not found.body.count == 0
	not tf_right_b_rds_iam_authentication(found.body)
	not tf_open_b_rds_iam_authentication(found.body)
	not tf_spared_ba_rds_iam_authentication(found.body)
	not tf_spared_bb_rds_iam_authentication(found.body)
	msg := sprintf("%v: iam_database_authentication_enabled must be true.", [found.address])
}

tf_values_b_rds_iam_authentication(holder) := [value |
	value := holder.iam_database_authentication_enabled
	value != null
]

tf_right_b_rds_iam_authentication(holder) if {
	some value in tf_values_b_rds_iam_authentication(holder)
	value in {true, "true"}
}

tf_open_b_rds_iam_authentication(holder) if {
	some value in tf_values_b_rds_iam_authentication(holder)
	tf_is_expression_rds_iam_authentication(value)
}

tf_spared_ba_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	regex.match(`^(oracle|sqlserver|db2|custom)`, sprintf("%v", [value]))
}

tf_spared_ba_rds_iam_authentication(body) if {
	value := body.engine
	value != null
	tf_is_expression_rds_iam_authentication(value)
}

tf_spared_bb_rds_iam_authentication(body) if {
	value := body.engine_mode
	value != null
	value == "serverless"
}

tf_spared_bb_rds_iam_authentication(body) if {
	value := body.engine_mode
	value != null
	tf_is_expression_rds_iam_authentication(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_iam_authentication(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_iam_authentication(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_iam_authentication(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_iam_authentication(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_iam_authentication(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_iam_authentication(value) := value if is_array(value)

tf_bodies_rds_iam_authentication(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_iam_authentication(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_iam_authentication(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
