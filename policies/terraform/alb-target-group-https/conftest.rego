# Load balancers speak HTTPS to their targets (alb-target-group-https).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_alb_target_group_https contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb_target_group","aws_alb_target_group"]
	some found in tf_resources_alb_target_group_https(type)
	not found.body.count == 0
	not tf_right_a_alb_target_group_https(found.body)
	not tf_open_a_alb_target_group_https(found.body)
	not tf_spared_aa_alb_target_group_https(found.body)
	msg := sprintf("%v: protocol must not be HTTP.", [found.address])
}

tf_values_a_alb_target_group_https(holder) := [value |
	value := holder.protocol
	value != null
]

tf_right_a_alb_target_group_https(holder) if {
	some value in tf_values_a_alb_target_group_https(holder)
	not regex.match(`(?i)^HTTP$`, sprintf("%v", [value]))
}

tf_right_a_alb_target_group_https(holder) if {
	count(tf_values_a_alb_target_group_https(holder)) == 0
}

tf_open_a_alb_target_group_https(holder) if {
	some value in tf_values_a_alb_target_group_https(holder)
	tf_is_expression_alb_target_group_https(value)
}

tf_spared_aa_alb_target_group_https(body) if {
	value := body.target_type
	value != null
	value == "lambda"
}

tf_spared_aa_alb_target_group_https(body) if {
	value := body.target_type
	value != null
	tf_is_expression_alb_target_group_https(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_alb_target_group_https(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_alb_target_group_https(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_alb_target_group_https(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_alb_target_group_https(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_alb_target_group_https(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_alb_target_group_https(value) := value if is_array(value)

tf_bodies_alb_target_group_https(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_alb_target_group_https(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_alb_target_group_https(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
