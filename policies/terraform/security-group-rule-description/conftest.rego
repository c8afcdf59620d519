# Security group rules say what they are for (security-group-rule-description).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_security_group_rule_description contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_security_group","aws_default_security_group"]
	some found in tf_resources_security_group_rule_description(type)
	not found.body.count == 0
	some holder in tf_holders_a_security_group_rule_description(found.body)
	not tf_right_a_security_group_rule_description(holder)
	not tf_open_a_security_group_rule_description(holder)
	msg := sprintf("%v: ingress.description must be set.", [found.address])
}

tf_holders_a_security_group_rule_description(body) := [holder |
	some holder in tf_bodies_security_group_rule_description(body.ingress)
]

tf_values_a_security_group_rule_description(holder) := [value |
	value := holder.description
	value != null
]

tf_right_a_security_group_rule_description(holder) if {
	some value in tf_values_a_security_group_rule_description(holder)
	not value in {"", [], {}}
}

tf_open_a_security_group_rule_description(holder) if {
	some value in tf_values_a_security_group_rule_description(holder)
	tf_is_expression_security_group_rule_description(value)
}

deny_security_group_rule_description contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_security_group","aws_default_security_group"]
	some found in tf_resources_security_group_rule_description(type)
	not found.body.count == 0
	some holder in tf_holders_b_security_group_rule_description(found.body)
	not tf_right_b_security_group_rule_description(holder)
	not tf_open_b_security_group_rule_description(holder)
	msg := sprintf("%v: egress.description must be set.", [found.address])
}

tf_holders_b_security_group_rule_description(body) := [holder |
	some holder in tf_bodies_security_group_rule_description(body.egress)
]

tf_values_b_security_group_rule_description(holder) := [value |
	value := holder.description
	value != null
]

tf_right_b_security_group_rule_description(holder) if {
	some value in tf_values_b_security_group_rule_description(holder)
	not value in {"", [], {}}
}

tf_open_b_security_group_rule_description(holder) if {
	some value in tf_values_b_security_group_rule_description(holder)
	tf_is_expression_security_group_rule_description(value)
}

deny_security_group_rule_description contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_security_group_rule","aws_vpc_security_group_ingress_rule","aws_vpc_security_group_egress_rule"]
	some found in tf_resources_security_group_rule_description(type)
	not found.body.count == 0
	not tf_right_c_security_group_rule_description(found.body)
	not tf_open_c_security_group_rule_description(found.body)
	msg := sprintf("%v: description must be set.", [found.address])
}

tf_values_c_security_group_rule_description(holder) := [value |
	value := holder.description
	value != null
]

tf_right_c_security_group_rule_description(holder) if {
	some value in tf_values_c_security_group_rule_description(holder)
	not value in {"", [], {}}
}

tf_open_c_security_group_rule_description(holder) if {
	some value in tf_values_c_security_group_rule_description(holder)
	tf_is_expression_security_group_rule_description(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_security_group_rule_description(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_security_group_rule_description(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_security_group_rule_description(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_security_group_rule_description(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_security_group_rule_description(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_security_group_rule_description(value) := value if is_array(value)

tf_bodies_security_group_rule_description(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_security_group_rule_description(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_security_group_rule_description(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
