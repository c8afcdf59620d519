# Caches are reached through TLS (elasticache-transit-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_elasticache_transit contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_elasticache_replication_group"]
	some found in tf_resources_elasticache_transit(type)
	not tf_flag_set_elasticache_transit(found.body)
	not tf_flag_unknown_elasticache_transit(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: transit_encryption_enabled must be true.", [address])
}

tf_flag_set_elasticache_transit(body) if tf_same_elasticache_transit(body.transit_encryption_enabled)

tf_same_elasticache_transit(value) if value == true

tf_same_elasticache_transit(value) if value == "true"

tf_flag_unknown_elasticache_transit(body) if tf_is_expression_elasticache_transit(body.transit_encryption_enabled)

tf_resources_elasticache_transit(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_elasticache_transit(value)
]

tf_bodies_elasticache_transit(value) := value if is_array(value)

tf_bodies_elasticache_transit(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_elasticache_transit(value) if {
	is_string(value)
	contains(value, "${")
}
