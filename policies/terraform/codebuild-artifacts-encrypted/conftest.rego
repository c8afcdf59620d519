# Artifacts of CodeBuild are encrypted (codebuild-artifacts-encrypted).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_codebuild_artifacts_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_codebuild_artifacts_encrypted("aws_codebuild_project")
	not found.body.count == 0
	some holder in tf_holders_a_codebuild_artifacts_encrypted(found.body)
	not tf_right_a_codebuild_artifacts_encrypted(holder)
	not tf_open_a_codebuild_artifacts_encrypted(holder)
	not tf_spared_aa_codebuild_artifacts_encrypted(holder)
	msg := sprintf("%v: artifacts.encryption_disabled must not be true.", [found.address])
}

tf_holders_a_codebuild_artifacts_encrypted(body) := [holder |
	some holder in tf_bodies_codebuild_artifacts_encrypted(body.artifacts)
]

tf_values_a_codebuild_artifacts_encrypted(holder) := [value |
	value := holder.encryption_disabled
	value != null
]

tf_right_a_codebuild_artifacts_encrypted(holder) if {
	some value in tf_values_a_codebuild_artifacts_encrypted(holder)
	not value in {true, "true"}
}

tf_right_a_codebuild_artifacts_encrypted(holder) if {
	count(tf_values_a_codebuild_artifacts_encrypted(holder)) == 0
}

tf_open_a_codebuild_artifacts_encrypted(holder) if {
	some value in tf_values_a_codebuild_artifacts_encrypted(holder)
	tf_is_expression_codebuild_artifacts_encrypted(value)
}

tf_spared_aa_codebuild_artifacts_encrypted(body) if {
	value := body.type
	value != null
	value == "NO_ARTIFACTS"
}

tf_spared_aa_codebuild_artifacts_encrypted(body) if {
	value := body.type
	value != null
	tf_is_expression_codebuild_artifacts_encrypted(value)
}

deny_codebuild_artifacts_encrypted contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_codebuild_artifacts_encrypted("aws_codebuild_project")
	not found.body.count == 0
	some holder in tf_holders_b_codebuild_artifacts_encrypted(found.body)
	not tf_right_b_codebuild_artifacts_encrypted(holder)
	not tf_open_b_codebuild_artifacts_encrypted(holder)
	not tf_spared_ba_codebuild_artifacts_encrypted(holder)
	msg := sprintf("%v: secondary_artifacts.encryption_disabled must not be true.", [found.address])
}

tf_holders_b_codebuild_artifacts_encrypted(body) := [holder |
	some holder in tf_bodies_codebuild_artifacts_encrypted(body.secondary_artifacts)
]

tf_values_b_codebuild_artifacts_encrypted(holder) := [value |
	value := holder.encryption_disabled
	value != null
]

tf_right_b_codebuild_artifacts_encrypted(holder) if {
	some value in tf_values_b_codebuild_artifacts_encrypted(holder)
	not value in {true, "true"}
}

tf_right_b_codebuild_artifacts_encrypted(holder) if {
	count(tf_values_b_codebuild_artifacts_encrypted(holder)) == 0
}

tf_open_b_codebuild_artifacts_encrypted(holder) if {
	some value in tf_values_b_codebuild_artifacts_encrypted(holder)
	tf_is_expression_codebuild_artifacts_encrypted(value)
}

tf_spared_ba_codebuild_artifacts_encrypted(body) if {
	value := body.type
	value != null
	value == "NO_ARTIFACTS"
}

tf_spared_ba_codebuild_artifacts_encrypted(body) if {
	value := body.type
	value != null
	tf_is_expression_codebuild_artifacts_encrypted(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_codebuild_artifacts_encrypted(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_codebuild_artifacts_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_codebuild_artifacts_encrypted(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_codebuild_artifacts_encrypted(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_codebuild_artifacts_encrypted(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_codebuild_artifacts_encrypted(value) := value if is_array(value)

tf_bodies_codebuild_artifacts_encrypted(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_codebuild_artifacts_encrypted(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_codebuild_artifacts_encrypted(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
