# The public endpoint of EKS is open to named networks only (eks-no-public-cidr).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_eks_no_public_cidr contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_eks_no_public_cidr("aws_eks_cluster")
	not found.body.count == 0
	not tf_right_a_eks_no_public_cidr(found.body)
	not tf_open_a_eks_no_public_cidr(found.body)
	not tf_spared_aa_eks_no_public_cidr(found.body)
	msg := sprintf("%v: vpc_config.public_access_cidrs must not be the whole internet.", [found.address])
}

tf_values_a_eks_no_public_cidr(holder) := [value |
	some block_a in tf_bodies_eks_no_public_cidr(holder.vpc_config)
	value := block_a.public_access_cidrs
	value != null
]

tf_right_a_eks_no_public_cidr(holder) if {
	some value in tf_values_a_eks_no_public_cidr(holder)
	not tf_is_internet_eks_no_public_cidr(value)
}

tf_open_a_eks_no_public_cidr(holder) if {
	some value in tf_values_a_eks_no_public_cidr(holder)
	tf_is_expression_eks_no_public_cidr(value)
}

tf_open_a_eks_no_public_cidr(holder) if {
	holder.dynamic.vpc_config
}

tf_open_a_eks_no_public_cidr(holder) if {
	tf_is_expression_eks_no_public_cidr(holder.vpc_config)
}

tf_spared_aa_eks_no_public_cidr(body) if {
	some block_a in tf_bodies_eks_no_public_cidr(body.vpc_config)
	value := block_a.endpoint_public_access
	value != null
	value in {false, "false"}
}

tf_spared_aa_eks_no_public_cidr(body) if {
	some block_a in tf_bodies_eks_no_public_cidr(body.vpc_config)
	value := block_a.endpoint_public_access
	value != null
	tf_is_expression_eks_no_public_cidr(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_eks_no_public_cidr(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_eks_no_public_cidr(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_eks_no_public_cidr(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_eks_no_public_cidr(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_eks_no_public_cidr(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_eks_no_public_cidr(value) := value if is_array(value)

tf_bodies_eks_no_public_cidr(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_eks_no_public_cidr(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_eks_no_public_cidr(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_eks_no_public_cidr(value) := value if is_array(value)

tf_list_eks_no_public_cidr(value) := [value] if not is_array(value)

# Half of all addresses of a family, or more: 0.0.0.0/0, 0.0.0.0/1, or pieces that make them up.
tf_is_internet_eks_no_public_cidr(cidrs) if {
	pieces := [piece | some piece in tf_list_eks_no_public_cidr(cidrs); is_string(piece); net.cidr_is_valid(piece); not contains(piece, ":")]
	sum([size | some block in net.cidr_merge(pieces); size := bits.lsh(1, 32 - to_number(split(block, "/")[1]))]) >= 2147483648
}

tf_is_internet_eks_no_public_cidr(cidrs) if {
	some piece in tf_list_eks_no_public_cidr(cidrs)
	is_string(piece)
	net.cidr_is_valid(piece)
	contains(piece, ":")
	some half in {"2000::/4", "3000::/4"}
	net.cidr_contains(piece, half)
}
