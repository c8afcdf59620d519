# Image tags cannot be moved (ecr-immutable-tags).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_ecr_immutable_tags contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_ecr_repository"]
	some found in tf_resources_ecr_immutable_tags(type)
	not tf_flag_set_ecr_immutable_tags(found.body)
	not tf_flag_unknown_ecr_immutable_tags(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: image_tag_mutability must be 'IMMUTABLE'.", [address])
}

tf_flag_set_ecr_immutable_tags(body) if tf_same_ecr_immutable_tags(body.image_tag_mutability)

tf_same_ecr_immutable_tags(value) if value == "IMMUTABLE"

tf_flag_unknown_ecr_immutable_tags(body) if tf_is_expression_ecr_immutable_tags(body.image_tag_mutability)

tf_resources_ecr_immutable_tags(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_ecr_immutable_tags(value)
]

tf_bodies_ecr_immutable_tags(value) := value if is_array(value)

tf_bodies_ecr_immutable_tags(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_ecr_immutable_tags(value) if {
	is_string(value)
	contains(value, "${")
}
