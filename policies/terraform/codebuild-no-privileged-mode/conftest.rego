# CodeBuild does not build in privileged mode (codebuild-no-privileged-mode).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_codebuild_no_privileged_mode contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_codebuild_no_privileged_mode("aws_codebuild_project")
	not found.body.count == 0
	not tf_right_a_codebuild_no_privileged_mode(found.body)
	not tf_open_a_codebuild_no_privileged_mode(found.body)
	msg := sprintf("%v: environment.privileged_mode must not be true.", [found.address])
}

tf_values_a_codebuild_no_privileged_mode(holder) := [value |
	some block_a in tf_bodies_codebuild_no_privileged_mode(holder.environment)
	value := block_a.privileged_mode
	value != null
]

tf_right_a_codebuild_no_privileged_mode(holder) if {
	some value in tf_values_a_codebuild_no_privileged_mode(holder)
	not value in {true, "true"}
}

tf_right_a_codebuild_no_privileged_mode(holder) if {
	count(tf_values_a_codebuild_no_privileged_mode(holder)) == 0
}

tf_open_a_codebuild_no_privileged_mode(holder) if {
	some value in tf_values_a_codebuild_no_privileged_mode(holder)
	tf_is_expression_codebuild_no_privileged_mode(value)
}

tf_open_a_codebuild_no_privileged_mode(holder) if {
	holder.dynamic.environment
}

tf_open_a_codebuild_no_privileged_mode(holder) if {
	tf_is_expression_codebuild_no_privileged_mode(holder.environment)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_codebuild_no_privileged_mode(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_codebuild_no_privileged_mode(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_codebuild_no_privileged_mode(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_codebuild_no_privileged_mode(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_codebuild_no_privileged_mode(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_codebuild_no_privileged_mode(value) := value if is_array(value)

tf_bodies_codebuild_no_privileged_mode(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_codebuild_no_privileged_mode(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_codebuild_no_privileged_mode(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
