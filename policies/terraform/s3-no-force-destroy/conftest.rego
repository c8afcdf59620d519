# Buckets with objects cannot be destroyed (s3-no-force-destroy).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_s3_no_force_destroy contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_s3_bucket"]
	some found in tf_resources_s3_no_force_destroy(type)
	tf_flag_set_s3_no_force_destroy(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: force_destroy must not be true.", [address])
}

tf_flag_set_s3_no_force_destroy(body) if tf_same_s3_no_force_destroy(body.force_destroy)

tf_same_s3_no_force_destroy(value) if value == true

tf_same_s3_no_force_destroy(value) if value == "true"

tf_resources_s3_no_force_destroy(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_s3_no_force_destroy(value)
]

tf_bodies_s3_no_force_destroy(value) := value if is_array(value)

tf_bodies_s3_no_force_destroy(value) := [value] if is_object(value)
