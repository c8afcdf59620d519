# Terraform state is stored encrypted (terraform-state-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# A backend without bucket or key gets the rest from -backend-config: it is not judged.
# Its samples are those of the library.
package main

import rego.v1

deny_terraform_state_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_backends_terraform_state_encryption("s3")
	not found.body.count == 0
	not tf_right_a_terraform_state_encryption(found.body)
	not tf_open_a_terraform_state_encryption(found.body)
	not tf_spared_aa_terraform_state_encryption(found.body, found.body)
	not tf_spared_ab_terraform_state_encryption(found.body, found.body)
	msg := sprintf("%v: encrypt must be true.", [found.address])
}

tf_values_a_terraform_state_encryption(holder) := [value |
	value := holder.encrypt
	value != null
]

tf_right_a_terraform_state_encryption(holder) if {
	some value in tf_values_a_terraform_state_encryption(holder)
	value in {true, "true"}
}

tf_open_a_terraform_state_encryption(holder) if {
	some value in tf_values_a_terraform_state_encryption(holder)
	tf_is_expression_terraform_state_encryption(value)
}

tf_spared_aa_terraform_state_encryption(body, holder) if {
	count(tf_values_a_terraform_state_encryption(holder)) == 0
	not tf_spared_aa_written_terraform_state_encryption(body)
}

tf_spared_aa_written_terraform_state_encryption(body) if {
	value := body.bucket
	value != null
}

tf_spared_ab_terraform_state_encryption(body, holder) if {
	count(tf_values_a_terraform_state_encryption(holder)) == 0
	not tf_spared_ab_written_terraform_state_encryption(body)
}

tf_spared_ab_written_terraform_state_encryption(body) if {
	value := body.key
	value != null
}

tf_backends_terraform_state_encryption(type) := [found |
	some list in [[{"type": "backend", "address": address, "folder": "", "whole": false, "body": body} |
		some settings in tf_bodies_terraform_state_encryption(input.terraform)
		some body in tf_bodies_terraform_state_encryption(settings.backend[type])
		address := sprintf("terraform.backend.%v", [type])
	], [{"type": "backend", "address": address, "folder": tf_folder_terraform_state_encryption(file), "whole": true, "body": body} |
		some file in input
		some settings in tf_bodies_terraform_state_encryption(file.contents.terraform)
		some body in tf_bodies_terraform_state_encryption(settings.backend[type])
		address := sprintf("terraform.backend.%v", [type])
	]]
	some found in list
]

tf_folder_terraform_state_encryption(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_terraform_state_encryption(value) := value if is_array(value)

tf_bodies_terraform_state_encryption(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_terraform_state_encryption(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_terraform_state_encryption(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
