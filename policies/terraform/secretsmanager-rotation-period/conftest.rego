# Secrets are rotated within 90 days (secretsmanager-rotation-period).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# A schedule (`schedule_expression`) is not read.
# Its samples are those of the library.
package main

import rego.v1

deny_secretsmanager_rotation_period contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_secretsmanager_rotation_period("aws_secretsmanager_secret_rotation")
	not found.body.count == 0
	not tf_right_a_secretsmanager_rotation_period(found.body)
	not tf_open_a_secretsmanager_rotation_period(found.body)
	msg := sprintf("%v: rotation_rules.automatically_after_days must be 90 or less.", [found.address])
}

tf_values_a_secretsmanager_rotation_period(holder) := [value |
	some block_a in tf_bodies_secretsmanager_rotation_period(holder.rotation_rules)
	value := block_a.automatically_after_days
	value != null
]

tf_right_a_secretsmanager_rotation_period(holder) if {
	some value in tf_values_a_secretsmanager_rotation_period(holder)
	to_number(value) <= 90
}

tf_right_a_secretsmanager_rotation_period(holder) if {
	count(tf_values_a_secretsmanager_rotation_period(holder)) == 0
}

tf_open_a_secretsmanager_rotation_period(holder) if {
	some value in tf_values_a_secretsmanager_rotation_period(holder)
	tf_is_expression_secretsmanager_rotation_period(value)
}

tf_open_a_secretsmanager_rotation_period(holder) if {
	holder.dynamic.rotation_rules
}

tf_open_a_secretsmanager_rotation_period(holder) if {
	tf_is_expression_secretsmanager_rotation_period(holder.rotation_rules)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_secretsmanager_rotation_period(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_secretsmanager_rotation_period(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_secretsmanager_rotation_period(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_secretsmanager_rotation_period(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_secretsmanager_rotation_period(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_secretsmanager_rotation_period(value) := value if is_array(value)

tf_bodies_secretsmanager_rotation_period(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_secretsmanager_rotation_period(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_secretsmanager_rotation_period(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
