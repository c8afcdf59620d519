# SSM parameters are encrypted with a key of your own (ssm-parameter-customer-managed-key).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_ssm_parameter_customer_managed_key contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_ssm_parameter_customer_managed_key("aws_ssm_parameter")
	not found.body.count == 0
	not tf_right_a_ssm_parameter_customer_managed_key(found.body)
	not tf_open_a_ssm_parameter_customer_managed_key(found.body)
	not tf_spared_aa_ssm_parameter_customer_managed_key(found.body)
	not tf_spared_ab_ssm_parameter_customer_managed_key(found.body)
	not tf_spared_ac_ssm_parameter_customer_managed_key(found.body)
	msg := sprintf("%v: key_id must name a key of your own.", [found.address])
}

tf_values_a_ssm_parameter_customer_managed_key(holder) := [value |
	value := holder.key_id
	value != null
]

tf_right_a_ssm_parameter_customer_managed_key(holder) if {
	some value in tf_values_a_ssm_parameter_customer_managed_key(holder)
	value != ""
	not regex.match(`(^|:)alias/aws/`, value)
}

tf_open_a_ssm_parameter_customer_managed_key(holder) if {
	some value in tf_values_a_ssm_parameter_customer_managed_key(holder)
	tf_is_expression_ssm_parameter_customer_managed_key(value)
}

tf_spared_aa_ssm_parameter_customer_managed_key(body) if {
	value := body.type
	value != null
	value in {"String", "StringList"}
}

tf_spared_aa_ssm_parameter_customer_managed_key(body) if {
	value := body.type
	value != null
	tf_is_expression_ssm_parameter_customer_managed_key(value)
}

tf_spared_ab_ssm_parameter_customer_managed_key(body) if {
	value := body.data_type
	value != null
	value == "aws:ec2:image"
}

tf_spared_ab_ssm_parameter_customer_managed_key(body) if {
	value := body.data_type
	value != null
	tf_is_expression_ssm_parameter_customer_managed_key(value)
}

tf_spared_ac_ssm_parameter_customer_managed_key(body) if {
	value := body.insecure_value
	value != null
	not value in {"", [], {}}
}

tf_spared_ac_ssm_parameter_customer_managed_key(body) if {
	value := body.insecure_value
	value != null
	tf_is_expression_ssm_parameter_customer_managed_key(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_ssm_parameter_customer_managed_key(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_ssm_parameter_customer_managed_key(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_ssm_parameter_customer_managed_key(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_ssm_parameter_customer_managed_key(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_ssm_parameter_customer_managed_key(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_ssm_parameter_customer_managed_key(value) := value if is_array(value)

tf_bodies_ssm_parameter_customer_managed_key(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_ssm_parameter_customer_managed_key(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_ssm_parameter_customer_managed_key(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
