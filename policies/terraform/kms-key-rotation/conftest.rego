# Keys are rotated (kms-key-rotation).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_kms_key_rotation contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_kms_key"]
	some found in tf_resources_kms_key_rotation(type)
	not tf_flag_set_kms_key_rotation(found.body)
	not tf_flag_unknown_kms_key_rotation(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: enable_key_rotation must be true.", [address])
}

tf_flag_set_kms_key_rotation(body) if tf_same_kms_key_rotation(body.enable_key_rotation)

tf_same_kms_key_rotation(value) if value == true

tf_same_kms_key_rotation(value) if value == "true"

tf_flag_unknown_kms_key_rotation(body) if tf_is_expression_kms_key_rotation(body.enable_key_rotation)

tf_resources_kms_key_rotation(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_kms_key_rotation(value)
]

tf_bodies_kms_key_rotation(value) := value if is_array(value)

tf_bodies_kms_key_rotation(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_kms_key_rotation(value) if {
	is_string(value)
	contains(value, "${")
}
