# Warehouses have no public address (redshift-not-public).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_redshift_not_public contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_redshift_cluster"]
	some found in tf_resources_redshift_not_public(type)
	not tf_flag_set_redshift_not_public(found.body)
	not tf_flag_unknown_redshift_not_public(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: publicly_accessible must be false.", [address])
}

tf_flag_set_redshift_not_public(body) if tf_same_redshift_not_public(body.publicly_accessible)

tf_same_redshift_not_public(value) if value == false

tf_same_redshift_not_public(value) if value == "false"

tf_flag_unknown_redshift_not_public(body) if tf_is_expression_redshift_not_public(body.publicly_accessible)

tf_resources_redshift_not_public(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_redshift_not_public(value)
]

tf_bodies_redshift_not_public(value) := value if is_array(value)

tf_bodies_redshift_not_public(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_redshift_not_public(value) if {
	is_string(value)
	contains(value, "${")
}
