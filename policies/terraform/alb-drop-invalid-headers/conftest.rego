# Application load balancers drop invalid header fields (alb-drop-invalid-headers).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_alb_drop_invalid_headers contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb","aws_alb"]
	some found in tf_resources_alb_drop_invalid_headers(type)
	not found.body.count == 0
	tf_when_aa_alb_drop_invalid_headers(found.body)
	not tf_right_a_alb_drop_invalid_headers(found.body)
	not tf_open_a_alb_drop_invalid_headers(found.body)
	msg := sprintf("%v: drop_invalid_header_fields must be true.", [found.address])
}

tf_values_a_alb_drop_invalid_headers(holder) := [value |
	value := holder.drop_invalid_header_fields
	value != null
]

tf_right_a_alb_drop_invalid_headers(holder) if {
	some value in tf_values_a_alb_drop_invalid_headers(holder)
	value in {true, "true"}
}

tf_open_a_alb_drop_invalid_headers(holder) if {
	some value in tf_values_a_alb_drop_invalid_headers(holder)
	tf_is_expression_alb_drop_invalid_headers(value)
}

tf_when_aa_alb_drop_invalid_headers(body) if {
	value := body.load_balancer_type
	value != null
	not tf_is_expression_alb_drop_invalid_headers(value)
	value in {"application"}
}

tf_when_aa_alb_drop_invalid_headers(body) if {
	not tf_when_aa_written_alb_drop_invalid_headers(body)
}

tf_when_aa_written_alb_drop_invalid_headers(body) if {
	value := body.load_balancer_type
	value != null
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_alb_drop_invalid_headers(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_alb_drop_invalid_headers(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_alb_drop_invalid_headers(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_alb_drop_invalid_headers(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_alb_drop_invalid_headers(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_alb_drop_invalid_headers(value) := value if is_array(value)

tf_bodies_alb_drop_invalid_headers(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_alb_drop_invalid_headers(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_alb_drop_invalid_headers(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
