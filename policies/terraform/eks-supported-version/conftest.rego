# EKS clusters run a Kubernetes version that is supported (eks-supported-version).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_eks_supported_version contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_eks_supported_version("aws_eks_cluster")
	not found.body.count == 0
	not tf_right_a_eks_supported_version(found.body)
	not tf_open_a_eks_supported_version(found.body)
	msg := sprintf("%v: version must be one that EKS supports (1.31 or later, as of 2026-11-01).", [found.address])
}

tf_values_a_eks_supported_version(holder) := [value |
	value := holder.version
	value != null
]

tf_right_a_eks_supported_version(holder) if {
	some value in tf_values_a_eks_supported_version(holder)
	not regex.match(`^v?1[.]([0-9]|[12][0-9]|30)([.]|$)`, sprintf("%v", [value]))
}

tf_right_a_eks_supported_version(holder) if {
	count(tf_values_a_eks_supported_version(holder)) == 0
}

tf_open_a_eks_supported_version(holder) if {
	some value in tf_values_a_eks_supported_version(holder)
	tf_is_expression_eks_supported_version(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_eks_supported_version(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_eks_supported_version(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_eks_supported_version(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_eks_supported_version(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_eks_supported_version(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_eks_supported_version(value) := value if is_array(value)

tf_bodies_eks_supported_version(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_eks_supported_version(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_eks_supported_version(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
