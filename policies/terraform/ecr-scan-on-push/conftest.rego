# Images are scanned when they are pushed (ecr-scan-on-push).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ecr_scan_on_push contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ecr_scan_on_push("aws_ecr_repository")
	not found.body.count == 0
	not tf_right_a_ecr_scan_on_push(found.body)
	not tf_open_a_ecr_scan_on_push(found.body)
	count(tf_resources_ecr_scan_on_push("aws_ecr_registry_scanning_configuration")) == 0
	msg := sprintf("%v: image_scanning_configuration.scan_on_push must be true.", [found.address])
}

tf_values_a_ecr_scan_on_push(holder) := [value |
	some block_a in tf_bodies_ecr_scan_on_push(holder.image_scanning_configuration)
	value := block_a.scan_on_push
	value != null
]

tf_right_a_ecr_scan_on_push(holder) if {
	some value in tf_values_a_ecr_scan_on_push(holder)
	value in {true, "true"}
}

tf_open_a_ecr_scan_on_push(holder) if {
	some value in tf_values_a_ecr_scan_on_push(holder)
	tf_is_expression_ecr_scan_on_push(value)
}

tf_open_a_ecr_scan_on_push(holder) if {
	holder.dynamic.image_scanning_configuration
}

tf_open_a_ecr_scan_on_push(holder) if {
	tf_is_expression_ecr_scan_on_push(holder.image_scanning_configuration)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ecr_scan_on_push(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ecr_scan_on_push(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ecr_scan_on_push(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ecr_scan_on_push(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ecr_scan_on_push(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ecr_scan_on_push(value) := value if is_array(value)

tf_bodies_ecr_scan_on_push(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ecr_scan_on_push(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ecr_scan_on_push(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
