# Caches are reached over TLS (elasticache-transit-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_elasticache_transit contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_elasticache_transit("aws_elasticache_replication_group")
	not found.body.count == 0
	not tf_right_a_elasticache_transit(found.body)
	not tf_open_a_elasticache_transit(found.body)
	not tf_spared_aa_elasticache_transit(found.body, found.body)
	msg := sprintf("%v: transit_encryption_enabled must be true.", [found.address])
}

tf_values_a_elasticache_transit(holder) := [value |
	value := holder.transit_encryption_enabled
	value != null
]

tf_right_a_elasticache_transit(holder) if {
	some value in tf_values_a_elasticache_transit(holder)
	value in {true, "true"}
}

tf_open_a_elasticache_transit(holder) if {
	some value in tf_values_a_elasticache_transit(holder)
	tf_is_expression_elasticache_transit(value)
}

tf_spared_aa_elasticache_transit(body, holder) if {
	count(tf_values_a_elasticache_transit(holder)) == 0
	value := body.global_replication_group_id
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_elasticache_transit(body, holder) if {
	count(tf_values_a_elasticache_transit(holder)) == 0
	value := body.global_replication_group_id
	value != null
	tf_is_expression_elasticache_transit(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_elasticache_transit(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_elasticache_transit(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_elasticache_transit(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_elasticache_transit(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_elasticache_transit(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_elasticache_transit(value) := value if is_array(value)

tf_bodies_elasticache_transit(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_elasticache_transit(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_elasticache_transit(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
