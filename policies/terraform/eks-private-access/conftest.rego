# Nodes of EKS reach the API server inside the VPC (eks-private-access).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_eks_private_access contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_eks_private_access("aws_eks_cluster")
	not found.body.count == 0
	not tf_right_a_eks_private_access(found.body)
	not tf_open_a_eks_private_access(found.body)
	msg := sprintf("%v: vpc_config.endpoint_private_access must be true.", [found.address])
}

tf_values_a_eks_private_access(holder) := [value |
	some block_a in tf_bodies_eks_private_access(holder.vpc_config)
	value := block_a.endpoint_private_access
	value != null
]

tf_right_a_eks_private_access(holder) if {
	some value in tf_values_a_eks_private_access(holder)
	value in {true, "true"}
}

tf_open_a_eks_private_access(holder) if {
	some value in tf_values_a_eks_private_access(holder)
	tf_is_expression_eks_private_access(value)
}

tf_open_a_eks_private_access(holder) if {
	holder.dynamic.vpc_config
}

tf_open_a_eks_private_access(holder) if {
	tf_is_expression_eks_private_access(holder.vpc_config)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_eks_private_access(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_eks_private_access(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_eks_private_access(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_eks_private_access(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_eks_private_access(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_eks_private_access(value) := value if is_array(value)

tf_bodies_eks_private_access(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_eks_private_access(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_eks_private_access(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
