# Instances answer metadata requests with a token only (ec2-instance-imdsv2, launch-template-imdsv2).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_ec2_instance_imdsv2 contains {"msg": msg, "details": {"address": address}} if {
	some type in ["aws_instance","aws_launch_template"]
	some found in tf_resources_ec2_instance_imdsv2(type)
	not tf_flag_set_ec2_instance_imdsv2(found.body)
	not tf_flag_unknown_ec2_instance_imdsv2(found.body)
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: metadata_options.http_tokens must be 'required'.", [address])
}

tf_flag_set_ec2_instance_imdsv2(body) if tf_same_ec2_instance_imdsv2(tf_bodies_ec2_instance_imdsv2(body.metadata_options)[_].http_tokens)

tf_same_ec2_instance_imdsv2(value) if value == "required"

tf_flag_unknown_ec2_instance_imdsv2(body) if tf_is_expression_ec2_instance_imdsv2(tf_bodies_ec2_instance_imdsv2(body.metadata_options)[_].http_tokens)

tf_flag_unknown_ec2_instance_imdsv2(body) if body.dynamic.metadata_options

tf_resources_ec2_instance_imdsv2(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_ec2_instance_imdsv2(value)
]

tf_bodies_ec2_instance_imdsv2(value) := value if is_array(value)

tf_bodies_ec2_instance_imdsv2(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_ec2_instance_imdsv2(value) if {
	is_string(value)
	contains(value, "${")
}
