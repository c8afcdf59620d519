# Subnets give out no public addresses by default (subnet-no-public-ip).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_subnet_no_public_ip contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_subnet_no_public_ip("aws_subnet")
	not found.body.count == 0
	not tf_right_a_subnet_no_public_ip(found.body)
	not tf_open_a_subnet_no_public_ip(found.body)
	msg := sprintf("%v: map_public_ip_on_launch must not be true.", [found.address])
}

tf_values_a_subnet_no_public_ip(holder) := [value |
	value := holder.map_public_ip_on_launch
	value != null
]

tf_right_a_subnet_no_public_ip(holder) if {
	some value in tf_values_a_subnet_no_public_ip(holder)
	not value in {true, "true"}
}

tf_right_a_subnet_no_public_ip(holder) if {
	count(tf_values_a_subnet_no_public_ip(holder)) == 0
}

tf_open_a_subnet_no_public_ip(holder) if {
	some value in tf_values_a_subnet_no_public_ip(holder)
	tf_is_expression_subnet_no_public_ip(value)
}

deny_subnet_no_public_ip contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_subnet_no_public_ip("aws_default_subnet")
	not found.body.count == 0
	not tf_right_b_subnet_no_public_ip(found.body)
	not tf_open_b_subnet_no_public_ip(found.body)
	msg := sprintf("%v: map_public_ip_on_launch must be false.", [found.address])
}

tf_values_b_subnet_no_public_ip(holder) := [value |
	value := holder.map_public_ip_on_launch
	value != null
]

tf_right_b_subnet_no_public_ip(holder) if {
	some value in tf_values_b_subnet_no_public_ip(holder)
	value in {false, "false"}
}

tf_open_b_subnet_no_public_ip(holder) if {
	some value in tf_values_b_subnet_no_public_ip(holder)
	tf_is_expression_subnet_no_public_ip(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_subnet_no_public_ip(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_subnet_no_public_ip(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_subnet_no_public_ip(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_subnet_no_public_ip(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_subnet_no_public_ip(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_subnet_no_public_ip(value) := value if is_array(value)

tf_bodies_subnet_no_public_ip(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_subnet_no_public_ip(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_subnet_no_public_ip(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
