# Images are scanned when they are pushed (ecr-scan-on-push).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_ecr_scan_on_push contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_ecr_repository"]
	some found in tf_resources_ecr_scan_on_push(type)
	not tf_flag_set_ecr_scan_on_push(found.body)
	not tf_flag_unknown_ecr_scan_on_push(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: image_scanning_configuration.scan_on_push must be true.", [address])
}

tf_flag_set_ecr_scan_on_push(body) if tf_same_ecr_scan_on_push(tf_bodies_ecr_scan_on_push(body.image_scanning_configuration)[_].scan_on_push)

tf_same_ecr_scan_on_push(value) if value == true

tf_same_ecr_scan_on_push(value) if value == "true"

tf_flag_unknown_ecr_scan_on_push(body) if tf_is_expression_ecr_scan_on_push(tf_bodies_ecr_scan_on_push(body.image_scanning_configuration)[_].scan_on_push)

tf_flag_unknown_ecr_scan_on_push(body) if body.dynamic.image_scanning_configuration

tf_resources_ecr_scan_on_push(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_ecr_scan_on_push(value)
]

tf_bodies_ecr_scan_on_push(value) := value if is_array(value)

tf_bodies_ecr_scan_on_push(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_ecr_scan_on_push(value) if {
	is_string(value)
	contains(value, "${")
}
