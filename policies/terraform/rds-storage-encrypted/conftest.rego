# Databases are encrypted at rest (rds-storage-encrypted).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_rds_storage_encrypted contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_db_instance","aws_rds_cluster"]
	some found in tf_resources_rds_storage_encrypted(type)
	not tf_flag_set_rds_storage_encrypted(found.body)
	not tf_flag_unknown_rds_storage_encrypted(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: storage_encrypted must be true.", [address])
}

tf_flag_set_rds_storage_encrypted(body) if tf_same_rds_storage_encrypted(body.storage_encrypted)

tf_same_rds_storage_encrypted(value) if value == true

tf_same_rds_storage_encrypted(value) if value == "true"

tf_flag_unknown_rds_storage_encrypted(body) if tf_is_expression_rds_storage_encrypted(body.storage_encrypted)

tf_resources_rds_storage_encrypted(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_rds_storage_encrypted(value)
]

tf_bodies_rds_storage_encrypted(value) := value if is_array(value)

tf_bodies_rds_storage_encrypted(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_rds_storage_encrypted(value) if {
	is_string(value)
	contains(value, "${")
}
