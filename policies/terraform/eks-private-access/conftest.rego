# Nodes of EKS reach the API server inside the VPC (eks-private-access).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_eks_private_access contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_eks_private_access("aws_eks_cluster")
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

# One file, or all that Conftest was given (--combine).
tf_files_eks_private_access := [{"folder": "", "body": input}] if is_object(input)

tf_files_eks_private_access := [{"folder": regex.replace(file.path, `[^/\\]*$`, ""), "body": file.contents} | some file in input] if is_array(input)

tf_resources_eks_private_access(type) := [{"type": type, "address": address, "folder": file.folder, "body": body} |
	some file in tf_files_eks_private_access
	some name, value in file.body.resource[type]
	some body in tf_bodies_eks_private_access(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
]

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
