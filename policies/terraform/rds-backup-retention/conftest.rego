# Databases are backed up, for a week or longer (rds-backup-retention).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_backup_retention contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_backup_retention("aws_db_instance")
	not found.body.count == 0
	not tf_right_a_rds_backup_retention(found.body)
	not tf_open_a_rds_backup_retention(found.body)
	not tf_spared_aa_rds_backup_retention(found.body)
	not tf_spared_ab_rds_backup_retention(found.body)
	not tf_spared_ac_rds_backup_retention(found.body, found.body)
	not tf_spared_ad_rds_backup_retention(found.body, found.body)
	msg := sprintf("%v: backup_retention_period must be 7 or more.", [found.address])
}

tf_values_a_rds_backup_retention(holder) := [value |
	value := holder.backup_retention_period
	value != null
]

tf_right_a_rds_backup_retention(holder) if {
	some value in tf_values_a_rds_backup_retention(holder)
	number := to_number(value)
	number >= 7
}

tf_open_a_rds_backup_retention(holder) if {
	some value in tf_values_a_rds_backup_retention(holder)
	tf_is_expression_rds_backup_retention(value)
}

tf_spared_aa_rds_backup_retention(body) if {
	value := body.engine
	value != null
	regex.match(`^aurora`, sprintf("%v", [value]))
}

tf_spared_aa_rds_backup_retention(body) if {
	value := body.engine
	value != null
	tf_is_expression_rds_backup_retention(value)
}

tf_spared_ab_rds_backup_retention(body) if {
	value := body.replicate_source_db
	value != null
	not value in {"", [], {}}
}

tf_spared_ab_rds_backup_retention(body) if {
	value := body.replicate_source_db
	value != null
	tf_is_expression_rds_backup_retention(value)
}

tf_spared_ac_rds_backup_retention(body, holder) if {
	count(tf_values_a_rds_backup_retention(holder)) == 0
	value := body.snapshot_identifier
	value != null
	not value in {"", [], {}}
}

tf_spared_ac_rds_backup_retention(body, holder) if {
	count(tf_values_a_rds_backup_retention(holder)) == 0
	value := body.snapshot_identifier
	value != null
	tf_is_expression_rds_backup_retention(value)
}

tf_spared_ad_rds_backup_retention(body, holder) if {
	count(tf_values_a_rds_backup_retention(holder)) == 0
	value := body.restore_to_point_in_time
	value != null
	not value in {"", [], {}}
}

tf_spared_ad_rds_backup_retention(body, holder) if {
	count(tf_values_a_rds_backup_retention(holder)) == 0
	value := body.restore_to_point_in_time
	value != null
	tf_is_expression_rds_backup_retention(value)
}

deny_rds_backup_retention contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_backup_retention("aws_rds_cluster")
	not found.body.count == 0
	not tf_right_b_rds_backup_retention(found.body)
	not tf_open_b_rds_backup_retention(found.body)
	msg := sprintf("%v: backup_retention_period must be 7 or more.", [found.address])
}

tf_values_b_rds_backup_retention(holder) := [value |
	value := holder.backup_retention_period
	value != null
]

tf_right_b_rds_backup_retention(holder) if {
	some value in tf_values_b_rds_backup_retention(holder)
	number := to_number(value)
	number >= 7
}

tf_open_b_rds_backup_retention(holder) if {
	some value in tf_values_b_rds_backup_retention(holder)
	tf_is_expression_rds_backup_retention(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_backup_retention(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_backup_retention(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_backup_retention(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_backup_retention(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_backup_retention(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_backup_retention(value) := value if is_array(value)

tf_bodies_rds_backup_retention(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_backup_retention(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_backup_retention(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
