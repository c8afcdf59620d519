# Nodes of EKS are not reached by SSH from the internet (eks-node-group-ssh).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_eks_node_group_ssh contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_eks_node_group_ssh("aws_eks_node_group")
	not found.body.count == 0
	some holder in tf_holders_a_eks_node_group_ssh(found.body)
	tf_when_aa_eks_node_group_ssh(holder)
	not tf_right_a_eks_node_group_ssh(holder)
	not tf_open_a_eks_node_group_ssh(holder)
	msg := sprintf("%v: remote_access.source_security_group_ids must be set.", [found.address])
}

tf_holders_a_eks_node_group_ssh(body) := [holder |
	some holder in tf_bodies_eks_node_group_ssh(body.remote_access)
]

tf_values_a_eks_node_group_ssh(holder) := [value |
	value := holder.source_security_group_ids
	value != null
]

tf_right_a_eks_node_group_ssh(holder) if {
	some value in tf_values_a_eks_node_group_ssh(holder)
	not value in {"", [], {}}
}

tf_open_a_eks_node_group_ssh(holder) if {
	some value in tf_values_a_eks_node_group_ssh(holder)
	tf_is_expression_eks_node_group_ssh(value)
}

tf_when_aa_eks_node_group_ssh(body) if {
	value := body.ec2_ssh_key
	value != null
	not tf_is_expression_eks_node_group_ssh(value)
	not value in {"", [], {}}
}

tf_when_aa_eks_node_group_ssh(body) if {
	value := body.ec2_ssh_key
	value != null
	tf_is_attribute_eks_node_group_ssh(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_eks_node_group_ssh(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_eks_node_group_ssh(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_eks_node_group_ssh(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_eks_node_group_ssh(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_eks_node_group_ssh(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_eks_node_group_ssh(value) := value if is_array(value)

tf_bodies_eks_node_group_ssh(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_eks_node_group_ssh(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_eks_node_group_ssh(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

# What AWS says of something that is declared: not known, but never empty.
tf_is_attribute_eks_node_group_ssh(value) if regex.match(`^\$\{(data\.)?aws_\w+\.[\w-]+(\[[^\]]*\])?\.\w+\}$`, value)
