# Aurora MySQL clusters send their audit log to CloudWatch (rds-cluster-audit-logs).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_rds_cluster_audit_logs contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_rds_cluster_audit_logs("aws_rds_cluster")
	not found.body.count == 0
	tf_when_aa_rds_cluster_audit_logs(found.body)
	not tf_right_a_rds_cluster_audit_logs(found.body)
	not tf_open_a_rds_cluster_audit_logs(found.body)
	msg := sprintf("%v: enabled_cloudwatch_logs_exports must hold audit.", [found.address])
}

tf_values_a_rds_cluster_audit_logs(holder) := [value |
	value := holder.enabled_cloudwatch_logs_exports
	value != null
]

tf_right_a_rds_cluster_audit_logs(holder) if {
	some value in tf_values_a_rds_cluster_audit_logs(holder)
	every item in ["audit"] {
		item in value
	}
}

tf_open_a_rds_cluster_audit_logs(holder) if {
	some value in tf_values_a_rds_cluster_audit_logs(holder)
	tf_is_expression_rds_cluster_audit_logs(value)
}

tf_when_aa_rds_cluster_audit_logs(body) if {
	value := body.engine
	value != null
	not tf_is_expression_rds_cluster_audit_logs(value)
	value in {"aurora", "aurora-mysql"}
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_rds_cluster_audit_logs(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_rds_cluster_audit_logs(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_rds_cluster_audit_logs(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_rds_cluster_audit_logs(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_rds_cluster_audit_logs(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_rds_cluster_audit_logs(value) := value if is_array(value)

tf_bodies_rds_cluster_audit_logs(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_rds_cluster_audit_logs(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_rds_cluster_audit_logs(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
