# Load balancers are protected against deletion (lb-deletion-protection).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_lb_deletion_protection contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb","aws_alb"]
	some found in tf_resources_lb_deletion_protection(type)
	not found.body.count == 0
	not tf_right_a_lb_deletion_protection(found.body)
	not tf_open_a_lb_deletion_protection(found.body)
	msg := sprintf("%v: enable_deletion_protection must be true.", [found.address])
}

tf_values_a_lb_deletion_protection(holder) := [value |
	value := holder.enable_deletion_protection
	value != null
]

tf_right_a_lb_deletion_protection(holder) if {
	some value in tf_values_a_lb_deletion_protection(holder)
	value in {true, "true"}
}

tf_open_a_lb_deletion_protection(holder) if {
	some value in tf_values_a_lb_deletion_protection(holder)
	tf_is_expression_lb_deletion_protection(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_lb_deletion_protection(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_lb_deletion_protection(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_lb_deletion_protection(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_lb_deletion_protection(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_lb_deletion_protection(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_lb_deletion_protection(value) := value if is_array(value)

tf_bodies_lb_deletion_protection(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_lb_deletion_protection(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_lb_deletion_protection(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
