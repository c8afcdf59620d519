# Databases get minor versions by themselves (rds-minor-version-upgrades).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_minor_version_upgrades contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_db_instance","aws_rds_cluster_instance"]
	some found in tf_resources_rds_minor_version_upgrades(type)
	not tf_right_a_rds_minor_version_upgrades(found.body)
	not tf_open_a_rds_minor_version_upgrades(found.body)
	msg := sprintf("%v: auto_minor_version_upgrade must be true.", [found.address])
}

tf_values_a_rds_minor_version_upgrades(holder) := [value |
	value := holder.auto_minor_version_upgrade
	value != null
]

tf_right_a_rds_minor_version_upgrades(holder) if {
	some value in tf_values_a_rds_minor_version_upgrades(holder)
	value in {true, "true"}
}

tf_right_a_rds_minor_version_upgrades(holder) if {
	count(tf_values_a_rds_minor_version_upgrades(holder)) == 0
}

tf_open_a_rds_minor_version_upgrades(holder) if {
	some value in tf_values_a_rds_minor_version_upgrades(holder)
	tf_is_expression_rds_minor_version_upgrades(value)
}

# One file, or all that Conftest was given (--combine).
tf_files_rds_minor_version_upgrades := [{"folder": "", "body": input}] if is_object(input)

tf_files_rds_minor_version_upgrades := [{"folder": regex.replace(file.path, `[^/\\]*$`, ""), "body": file.contents} | some file in input] if is_array(input)

tf_resources_rds_minor_version_upgrades(type) := [{"type": type, "address": address, "folder": file.folder, "body": body} |
	some file in tf_files_rds_minor_version_upgrades
	some name, value in file.body.resource[type]
	some body in tf_bodies_rds_minor_version_upgrades(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
]

# A block may be an object or a list of them.
tf_bodies_rds_minor_version_upgrades(value) := value if is_array(value)

tf_bodies_rds_minor_version_upgrades(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_minor_version_upgrades(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_minor_version_upgrades(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
