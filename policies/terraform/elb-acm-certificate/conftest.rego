# Classic load balancers take their certificates from ACM (elb-acm-certificate).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_elb_acm_certificate contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_elb_acm_certificate("aws_elb")
	not found.body.count == 0
	some holder in tf_holders_a_elb_acm_certificate(found.body)
	tf_when_aa_elb_acm_certificate(holder)
	not tf_right_a_elb_acm_certificate(holder)
	not tf_open_a_elb_acm_certificate(holder)
	msg := sprintf("%v: listener.ssl_certificate_id must be a certificate of ACM.", [found.address])
}

tf_holders_a_elb_acm_certificate(body) := [holder |
	some holder in tf_bodies_elb_acm_certificate(body.listener)
]

tf_values_a_elb_acm_certificate(holder) := [value |
	value := holder.ssl_certificate_id
	value != null
]

tf_right_a_elb_acm_certificate(holder) if {
	some value in tf_values_a_elb_acm_certificate(holder)
	regex.match(`^arn:[\w-]+:acm:`, sprintf("%v", [value]))
}

tf_open_a_elb_acm_certificate(holder) if {
	some value in tf_values_a_elb_acm_certificate(holder)
	tf_is_expression_elb_acm_certificate(value)
}

tf_when_aa_elb_acm_certificate(body) if {
	value := body.lb_protocol
	value != null
	not tf_is_expression_elb_acm_certificate(value)
	regex.match(`(?i)^(https|ssl)$`, sprintf("%v", [value]))
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_elb_acm_certificate(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_elb_acm_certificate(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_elb_acm_certificate(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_elb_acm_certificate(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_elb_acm_certificate(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_elb_acm_certificate(value) := value if is_array(value)

tf_bodies_elb_acm_certificate(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_elb_acm_certificate(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_elb_acm_certificate(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
