# KMS keys rotate (kms-key-rotation).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_kms_key_rotation contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_kms_key_rotation("aws_kms_key")
	not found.body.count == 0
	tf_when_aa_kms_key_rotation(found.body)
	tf_when_ab_kms_key_rotation(found.body)
	not tf_right_a_kms_key_rotation(found.body)
	not tf_open_a_kms_key_rotation(found.body)
	not tf_spared_aa_kms_key_rotation(found.body)
	msg := sprintf("%v: enable_key_rotation must be true.", [found.address])
}

tf_values_a_kms_key_rotation(holder) := [value |
	value := holder.enable_key_rotation
	value != null
]

tf_right_a_kms_key_rotation(holder) if {
	some value in tf_values_a_kms_key_rotation(holder)
	value in {true, "true"}
}

tf_open_a_kms_key_rotation(holder) if {
	some value in tf_values_a_kms_key_rotation(holder)
	tf_is_expression_kms_key_rotation(value)
}

tf_when_aa_kms_key_rotation(body) if {
	value := body.customer_master_key_spec
	value != null
	not tf_is_expression_kms_key_rotation(value)
	value == "SYMMETRIC_DEFAULT"
}

tf_when_aa_kms_key_rotation(body) if {
	not tf_when_aa_written_kms_key_rotation(body)
}

tf_when_aa_written_kms_key_rotation(body) if {
	value := body.customer_master_key_spec
	value != null
}

tf_when_ab_kms_key_rotation(body) if {
	value := body.key_usage
	value != null
	not tf_is_expression_kms_key_rotation(value)
	value == "ENCRYPT_DECRYPT"
}

tf_when_ab_kms_key_rotation(body) if {
	not tf_when_ab_written_kms_key_rotation(body)
}

tf_when_ab_written_kms_key_rotation(body) if {
	value := body.key_usage
	value != null
}

tf_spared_aa_kms_key_rotation(body) if {
	value := body.custom_key_store_id
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_kms_key_rotation(body) if {
	value := body.custom_key_store_id
	value != null
	tf_is_expression_kms_key_rotation(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_kms_key_rotation(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_kms_key_rotation(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_kms_key_rotation(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_kms_key_rotation(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_kms_key_rotation(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_kms_key_rotation(value) := value if is_array(value)

tf_bodies_kms_key_rotation(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_kms_key_rotation(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_kms_key_rotation(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
