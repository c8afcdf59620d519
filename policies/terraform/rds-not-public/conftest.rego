# Databases have no public address (rds-not-public).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_rds_not_public contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_db_instance","aws_rds_cluster_instance"]
	some found in tf_resources_rds_not_public(type)
	tf_flag_set_rds_not_public(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: publicly_accessible must not be true.", [address])
}

tf_flag_set_rds_not_public(body) if tf_same_rds_not_public(body.publicly_accessible)

tf_same_rds_not_public(value) if value == true

tf_same_rds_not_public(value) if value == "true"

tf_resources_rds_not_public(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_rds_not_public(value)
]

tf_bodies_rds_not_public(value) := value if is_array(value)

tf_bodies_rds_not_public(value) := [value] if is_object(value)
