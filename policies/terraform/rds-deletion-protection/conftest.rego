# Databases are protected from deletion (rds-deletion-protection).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_rds_deletion_protection contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_db_instance","aws_rds_cluster"]
	some found in tf_resources_rds_deletion_protection(type)
	not tf_flag_set_rds_deletion_protection(found.body)
	not tf_flag_unknown_rds_deletion_protection(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: deletion_protection must be true.", [address])
}

tf_flag_set_rds_deletion_protection(body) if tf_same_rds_deletion_protection(body.deletion_protection)

tf_same_rds_deletion_protection(value) if value == true

tf_same_rds_deletion_protection(value) if value == "true"

tf_flag_unknown_rds_deletion_protection(body) if tf_is_expression_rds_deletion_protection(body.deletion_protection)

tf_resources_rds_deletion_protection(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_rds_deletion_protection(value)
]

tf_bodies_rds_deletion_protection(value) := value if is_array(value)

tf_bodies_rds_deletion_protection(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_rds_deletion_protection(value) if {
	is_string(value)
	contains(value, "${")
}
