# Database passwords are not written in code (rds-no-hardcoded-password).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_no_hardcoded_password contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_no_hardcoded_password("aws_db_instance")
	not found.body.count == 0
	not tf_right_a_rds_no_hardcoded_password(found.body)
	not tf_open_a_rds_no_hardcoded_password(found.body)
	msg := sprintf("%v: password must not be written here.", [found.address])
}

tf_values_a_rds_no_hardcoded_password(holder) := [value |
	value := holder.password
	value != null
]

tf_right_a_rds_no_hardcoded_password(holder) if {
	some value in tf_values_a_rds_no_hardcoded_password(holder)
	value in {"", [], {}}
}

tf_right_a_rds_no_hardcoded_password(holder) if {
	count(tf_values_a_rds_no_hardcoded_password(holder)) == 0
}

tf_open_a_rds_no_hardcoded_password(holder) if {
	some value in tf_values_a_rds_no_hardcoded_password(holder)
	tf_is_expression_rds_no_hardcoded_password(value)
}

deny_rds_no_hardcoded_password contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_no_hardcoded_password("aws_db_instance")
	not found.body.count == 0
	not tf_right_b_rds_no_hardcoded_password(found.body)
	not tf_open_b_rds_no_hardcoded_password(found.body)
	msg := sprintf("%v: password_wo must not be written here.", [found.address])
}

tf_values_b_rds_no_hardcoded_password(holder) := [value |
	value := holder.password_wo
	value != null
]

tf_right_b_rds_no_hardcoded_password(holder) if {
	some value in tf_values_b_rds_no_hardcoded_password(holder)
	value in {"", [], {}}
}

tf_right_b_rds_no_hardcoded_password(holder) if {
	count(tf_values_b_rds_no_hardcoded_password(holder)) == 0
}

tf_open_b_rds_no_hardcoded_password(holder) if {
	some value in tf_values_b_rds_no_hardcoded_password(holder)
	tf_is_expression_rds_no_hardcoded_password(value)
}

deny_rds_no_hardcoded_password contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_no_hardcoded_password("aws_rds_cluster")
	not found.body.count == 0
	not tf_right_c_rds_no_hardcoded_password(found.body)
	not tf_open_c_rds_no_hardcoded_password(found.body)
	msg := sprintf("%v: master_password must not be written here.", [found.address])
}

tf_values_c_rds_no_hardcoded_password(holder) := [value |
	value := holder.master_password
	value != null
]

tf_right_c_rds_no_hardcoded_password(holder) if {
	some value in tf_values_c_rds_no_hardcoded_password(holder)
	value in {"", [], {}}
}

tf_right_c_rds_no_hardcoded_password(holder) if {
	count(tf_values_c_rds_no_hardcoded_password(holder)) == 0
}

tf_open_c_rds_no_hardcoded_password(holder) if {
	some value in tf_values_c_rds_no_hardcoded_password(holder)
	tf_is_expression_rds_no_hardcoded_password(value)
}

deny_rds_no_hardcoded_password contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_no_hardcoded_password("aws_rds_cluster")
	not found.body.count == 0
	not tf_right_d_rds_no_hardcoded_password(found.body)
	not tf_open_d_rds_no_hardcoded_password(found.body)
	msg := sprintf("%v: master_password_wo must not be written here.", [found.address])
}

tf_values_d_rds_no_hardcoded_password(holder) := [value |
	value := holder.master_password_wo
	value != null
]

tf_right_d_rds_no_hardcoded_password(holder) if {
	some value in tf_values_d_rds_no_hardcoded_password(holder)
	value in {"", [], {}}
}

tf_right_d_rds_no_hardcoded_password(holder) if {
	count(tf_values_d_rds_no_hardcoded_password(holder)) == 0
}

tf_open_d_rds_no_hardcoded_password(holder) if {
	some value in tf_values_d_rds_no_hardcoded_password(holder)
	tf_is_expression_rds_no_hardcoded_password(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_no_hardcoded_password(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_no_hardcoded_password(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_no_hardcoded_password(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_no_hardcoded_password(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_no_hardcoded_password(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_no_hardcoded_password(value) := value if is_array(value)

tf_bodies_rds_no_hardcoded_password(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_no_hardcoded_password(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_no_hardcoded_password(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
