# Load balancers drop invalid headers (alb-drop-invalid-headers).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_alb_drop_invalid_headers contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_lb","aws_alb"]
	some found in tf_resources_alb_drop_invalid_headers(type)
	not tf_flag_set_alb_drop_invalid_headers(found.body)
	not tf_flag_unknown_alb_drop_invalid_headers(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: drop_invalid_header_fields must be true.", [address])
}

tf_flag_set_alb_drop_invalid_headers(body) if tf_same_alb_drop_invalid_headers(body.drop_invalid_header_fields)

tf_same_alb_drop_invalid_headers(value) if value == true

tf_same_alb_drop_invalid_headers(value) if value == "true"

tf_flag_unknown_alb_drop_invalid_headers(body) if tf_is_expression_alb_drop_invalid_headers(body.drop_invalid_header_fields)

tf_resources_alb_drop_invalid_headers(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_alb_drop_invalid_headers(value)
]

tf_bodies_alb_drop_invalid_headers(value) := value if is_array(value)

tf_bodies_alb_drop_invalid_headers(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_alb_drop_invalid_headers(value) if {
	is_string(value)
	contains(value, "${")
}
