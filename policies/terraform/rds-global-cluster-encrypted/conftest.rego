# Global database clusters are encrypted (rds-global-cluster-encrypted).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_global_cluster_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_global_cluster_encrypted("aws_rds_global_cluster")
	not found.body.count == 0
	not tf_right_a_rds_global_cluster_encrypted(found.body)
	not tf_open_a_rds_global_cluster_encrypted(found.body)
	not tf_spared_aa_rds_global_cluster_encrypted(found.body, found.body)
	msg := sprintf("%v: storage_encrypted must be true.", [found.address])
}

tf_values_a_rds_global_cluster_encrypted(holder) := [value |
	value := holder.storage_encrypted
	value != null
]

tf_right_a_rds_global_cluster_encrypted(holder) if {
	some value in tf_values_a_rds_global_cluster_encrypted(holder)
	value in {true, "true"}
}

tf_open_a_rds_global_cluster_encrypted(holder) if {
	some value in tf_values_a_rds_global_cluster_encrypted(holder)
	tf_is_expression_rds_global_cluster_encrypted(value)
}

tf_spared_aa_rds_global_cluster_encrypted(body, holder) if {
	count(tf_values_a_rds_global_cluster_encrypted(holder)) == 0
	value := body.source_db_cluster_identifier
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_rds_global_cluster_encrypted(body, holder) if {
	count(tf_values_a_rds_global_cluster_encrypted(holder)) == 0
	value := body.source_db_cluster_identifier
	value != null
	tf_is_expression_rds_global_cluster_encrypted(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_global_cluster_encrypted(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_global_cluster_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_global_cluster_encrypted(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_global_cluster_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_global_cluster_encrypted(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_global_cluster_encrypted(value) := value if is_array(value)

tf_bodies_rds_global_cluster_encrypted(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_global_cluster_encrypted(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_global_cluster_encrypted(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
