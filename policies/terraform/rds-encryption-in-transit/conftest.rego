# Databases refuse connections without TLS (rds-encryption-in-transit).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# A database that names a group is judged by that group, whichever file it is in.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_parameter_group","aws_rds_cluster_parameter_group"]
	some found in tf_resources_rds_encryption_in_transit(type)
	not found.body.count == 0
	tf_when_aa_rds_encryption_in_transit(found.body)
	not tf_right_a_rds_encryption_in_transit(found.body)
	not tf_open_a_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter.value must be 1.", [found.address])
}

tf_values_a_rds_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	block_a.name == "rds.force_ssl"
	value := block_a.value
	value != null
]

tf_right_a_rds_encryption_in_transit(holder) if {
	some value in tf_values_a_rds_encryption_in_transit(holder)
	regex.match(`(?i)^(1|on|true)$`, sprintf("%v", [value]))
}

tf_open_a_rds_encryption_in_transit(holder) if {
	some value in tf_values_a_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_open_a_rds_encryption_in_transit(holder) if {
	holder.dynamic.parameter
}

tf_open_a_rds_encryption_in_transit(holder) if {
	tf_is_expression_rds_encryption_in_transit(holder.parameter)
}

tf_open_a_rds_encryption_in_transit(holder) if {
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	tf_is_expression_rds_encryption_in_transit(block_a.name)
}

tf_when_aa_rds_encryption_in_transit(body) if {
	value := body.family
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	regex.match(`^(postgres(9|1[0-4])|aurora-postgresql(9|1[0-6])|sqlserver)`, sprintf("%v", [value]))
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_parameter_group","aws_rds_cluster_parameter_group"]
	some found in tf_resources_rds_encryption_in_transit(type)
	not found.body.count == 0
	tf_when_ba_rds_encryption_in_transit(found.body)
	not tf_right_b_rds_encryption_in_transit(found.body)
	not tf_open_b_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter.value must be 1.", [found.address])
}

tf_values_b_rds_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	block_a.name == "require_secure_transport"
	value := block_a.value
	value != null
]

tf_right_b_rds_encryption_in_transit(holder) if {
	some value in tf_values_b_rds_encryption_in_transit(holder)
	regex.match(`(?i)^(1|on|true)$`, sprintf("%v", [value]))
}

tf_open_b_rds_encryption_in_transit(holder) if {
	some value in tf_values_b_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_open_b_rds_encryption_in_transit(holder) if {
	holder.dynamic.parameter
}

tf_open_b_rds_encryption_in_transit(holder) if {
	tf_is_expression_rds_encryption_in_transit(holder.parameter)
}

tf_open_b_rds_encryption_in_transit(holder) if {
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	tf_is_expression_rds_encryption_in_transit(block_a.name)
}

tf_when_ba_rds_encryption_in_transit(body) if {
	value := body.family
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	regex.match(`^(mysql|aurora-mysql|mariadb(10|11\.[0-7]$))`, sprintf("%v", [value]))
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_parameter_group","aws_rds_cluster_parameter_group"]
	some found in tf_resources_rds_encryption_in_transit(type)
	not found.body.count == 0
	not tf_right_c_rds_encryption_in_transit(found.body)
	not tf_open_c_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter.value must be 1.", [found.address])
}

tf_values_c_rds_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	block_a.name == "rds.force_ssl"
	value := block_a.value
	value != null
]

tf_right_c_rds_encryption_in_transit(holder) if {
	some value in tf_values_c_rds_encryption_in_transit(holder)
	regex.match(`(?i)^(1|on|true)$`, sprintf("%v", [value]))
}

tf_right_c_rds_encryption_in_transit(holder) if {
	count(tf_values_c_rds_encryption_in_transit(holder)) == 0
}

tf_open_c_rds_encryption_in_transit(holder) if {
	some value in tf_values_c_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_open_c_rds_encryption_in_transit(holder) if {
	holder.dynamic.parameter
}

tf_open_c_rds_encryption_in_transit(holder) if {
	tf_is_expression_rds_encryption_in_transit(holder.parameter)
}

tf_open_c_rds_encryption_in_transit(holder) if {
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	tf_is_expression_rds_encryption_in_transit(block_a.name)
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_parameter_group","aws_rds_cluster_parameter_group"]
	some found in tf_resources_rds_encryption_in_transit(type)
	not found.body.count == 0
	not tf_right_d_rds_encryption_in_transit(found.body)
	not tf_open_d_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter.value must be 1.", [found.address])
}

tf_values_d_rds_encryption_in_transit(holder) := [value |
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	block_a.name == "require_secure_transport"
	value := block_a.value
	value != null
]

tf_right_d_rds_encryption_in_transit(holder) if {
	some value in tf_values_d_rds_encryption_in_transit(holder)
	regex.match(`(?i)^(1|on|true)$`, sprintf("%v", [value]))
}

tf_right_d_rds_encryption_in_transit(holder) if {
	count(tf_values_d_rds_encryption_in_transit(holder)) == 0
}

tf_open_d_rds_encryption_in_transit(holder) if {
	some value in tf_values_d_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_open_d_rds_encryption_in_transit(holder) if {
	holder.dynamic.parameter
}

tf_open_d_rds_encryption_in_transit(holder) if {
	tf_is_expression_rds_encryption_in_transit(holder.parameter)
}

tf_open_d_rds_encryption_in_transit(holder) if {
	some block_a in tf_bodies_rds_encryption_in_transit(holder.parameter)
	tf_is_expression_rds_encryption_in_transit(block_a.name)
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_encryption_in_transit("aws_db_instance")
	not found.body.count == 0
	tf_when_ea_rds_encryption_in_transit(found.body)
	not tf_right_e_rds_encryption_in_transit(found.body)
	not tf_open_e_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter_group_name must be a group of your own, which demands TLS.", [found.address])
}

tf_values_e_rds_encryption_in_transit(holder) := [value |
	value := holder.parameter_group_name
	value != null
]

tf_right_e_rds_encryption_in_transit(holder) if {
	some value in tf_values_e_rds_encryption_in_transit(holder)
	not regex.match(`^default[.]`, sprintf("%v", [value]))
}

tf_open_e_rds_encryption_in_transit(holder) if {
	some value in tf_values_e_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_when_ea_rds_encryption_in_transit(body) if {
	value := body.engine
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	regex.match(`^(mysql|sqlserver)`, sprintf("%v", [value]))
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_encryption_in_transit("aws_db_instance")
	not found.body.count == 0
	tf_when_fa_rds_encryption_in_transit(found.body)
	tf_when_fb_rds_encryption_in_transit(found.body)
	not tf_right_f_rds_encryption_in_transit(found.body)
	not tf_open_f_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: parameter_group_name must be a group of your own, which demands TLS.", [found.address])
}

tf_values_f_rds_encryption_in_transit(holder) := [value |
	value := holder.parameter_group_name
	value != null
]

tf_right_f_rds_encryption_in_transit(holder) if {
	some value in tf_values_f_rds_encryption_in_transit(holder)
	not regex.match(`^default[.]`, sprintf("%v", [value]))
}

tf_open_f_rds_encryption_in_transit(holder) if {
	some value in tf_values_f_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_when_fa_rds_encryption_in_transit(body) if {
	value := body.engine
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	value == "postgres"
}

tf_when_fb_rds_encryption_in_transit(body) if {
	value := body.engine_version
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	regex.match(`^(9|1[0-4])([.]|$)`, sprintf("%v", [value]))
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_encryption_in_transit("aws_rds_cluster")
	not found.body.count == 0
	tf_when_ga_rds_encryption_in_transit(found.body)
	not tf_right_g_rds_encryption_in_transit(found.body)
	not tf_open_g_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: db_cluster_parameter_group_name must be a group of your own, which demands TLS.", [found.address])
}

tf_values_g_rds_encryption_in_transit(holder) := [value |
	value := holder.db_cluster_parameter_group_name
	value != null
]

tf_right_g_rds_encryption_in_transit(holder) if {
	some value in tf_values_g_rds_encryption_in_transit(holder)
	not regex.match(`^default[.]`, sprintf("%v", [value]))
}

tf_open_g_rds_encryption_in_transit(holder) if {
	some value in tf_values_g_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_when_ga_rds_encryption_in_transit(body) if {
	value := body.engine
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	value in {"aurora", "aurora-mysql"}
}

deny_rds_encryption_in_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_encryption_in_transit("aws_rds_cluster")
	not found.body.count == 0
	tf_when_ha_rds_encryption_in_transit(found.body)
	tf_when_hb_rds_encryption_in_transit(found.body)
	not tf_right_h_rds_encryption_in_transit(found.body)
	not tf_open_h_rds_encryption_in_transit(found.body)
	msg := sprintf("%v: db_cluster_parameter_group_name must be a group of your own, which demands TLS.", [found.address])
}

tf_values_h_rds_encryption_in_transit(holder) := [value |
	value := holder.db_cluster_parameter_group_name
	value != null
]

tf_right_h_rds_encryption_in_transit(holder) if {
	some value in tf_values_h_rds_encryption_in_transit(holder)
	not regex.match(`^default[.]`, sprintf("%v", [value]))
}

tf_open_h_rds_encryption_in_transit(holder) if {
	some value in tf_values_h_rds_encryption_in_transit(holder)
	tf_is_expression_rds_encryption_in_transit(value)
}

tf_when_ha_rds_encryption_in_transit(body) if {
	value := body.engine
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	value == "aurora-postgresql"
}

tf_when_hb_rds_encryption_in_transit(body) if {
	value := body.engine_version
	value != null
	not tf_is_expression_rds_encryption_in_transit(value)
	regex.match(`^(9|1[0-6])([.]|$)`, sprintf("%v", [value]))
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_encryption_in_transit(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_encryption_in_transit(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_encryption_in_transit(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_encryption_in_transit(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_encryption_in_transit(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_encryption_in_transit(value) := value if is_array(value)

tf_bodies_rds_encryption_in_transit(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_encryption_in_transit(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_encryption_in_transit(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
