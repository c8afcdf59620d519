# Trails record every region (cloudtrail-multi-region).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_cloudtrail_multi_region contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_cloudtrail"]
	some found in tf_resources_cloudtrail_multi_region(type)
	not tf_flag_set_cloudtrail_multi_region(found.body)
	not tf_flag_unknown_cloudtrail_multi_region(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: is_multi_region_trail must be true.", [address])
}

tf_flag_set_cloudtrail_multi_region(body) if tf_same_cloudtrail_multi_region(body.is_multi_region_trail)

tf_same_cloudtrail_multi_region(value) if value == true

tf_same_cloudtrail_multi_region(value) if value == "true"

tf_flag_unknown_cloudtrail_multi_region(body) if tf_is_expression_cloudtrail_multi_region(body.is_multi_region_trail)

tf_resources_cloudtrail_multi_region(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_cloudtrail_multi_region(value)
]

tf_bodies_cloudtrail_multi_region(value) := value if is_array(value)

tf_bodies_cloudtrail_multi_region(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_cloudtrail_multi_region(value) if {
	is_string(value)
	contains(value, "${")
}
