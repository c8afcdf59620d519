# Load balancers accept TLS 1.2 and later only (alb-tls-minimum).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_alb_tls_minimum contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb_listener","aws_alb_listener"]
	some found in tf_resources_alb_tls_minimum(type)
	not found.body.count == 0
	tf_when_aa_alb_tls_minimum(found.body)
	not tf_right_a_alb_tls_minimum(found.body)
	not tf_open_a_alb_tls_minimum(found.body)
	msg := sprintf("%v: ssl_policy must be a policy that begins with TLS 1.2, or later.", [found.address])
}

tf_values_a_alb_tls_minimum(holder) := [value |
	value := holder.ssl_policy
	value != null
]

tf_right_a_alb_tls_minimum(holder) if {
	some value in tf_values_a_alb_tls_minimum(holder)
	regex.match(`^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-`, sprintf("%v", [value]))
}

tf_open_a_alb_tls_minimum(holder) if {
	some value in tf_values_a_alb_tls_minimum(holder)
	tf_is_expression_alb_tls_minimum(value)
}

tf_when_aa_alb_tls_minimum(body) if {
	value := body.protocol
	value != null
	not tf_is_expression_alb_tls_minimum(value)
	regex.match(`(?i)^(HTTPS|TLS)$`, sprintf("%v", [value]))
}

deny_alb_tls_minimum contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb_listener","aws_alb_listener"]
	some found in tf_resources_alb_tls_minimum(type)
	not found.body.count == 0
	some holder in tf_holders_b_alb_tls_minimum(found.body)
	tf_when_ba_alb_tls_minimum(found.body)
	not tf_right_b_alb_tls_minimum(holder)
	not tf_open_b_alb_tls_minimum(holder)
	msg := sprintf("%v: default_action.redirect.protocol must be HTTPS, where a listener takes plain HTTP.", [found.address])
}

tf_holders_b_alb_tls_minimum(body) := [holder |
	some holder in tf_bodies_alb_tls_minimum(body.default_action)
]

tf_values_b_alb_tls_minimum(holder) := [value |
	some block_a in tf_bodies_alb_tls_minimum(holder.redirect)
	value := block_a.protocol
	value != null
]

tf_right_b_alb_tls_minimum(holder) if {
	some value in tf_values_b_alb_tls_minimum(holder)
	regex.match(`(?i)^HTTPS$`, sprintf("%v", [value]))
}

tf_open_b_alb_tls_minimum(holder) if {
	some value in tf_values_b_alb_tls_minimum(holder)
	tf_is_expression_alb_tls_minimum(value)
}

tf_open_b_alb_tls_minimum(holder) if {
	holder.dynamic.redirect
}

tf_open_b_alb_tls_minimum(holder) if {
	tf_is_expression_alb_tls_minimum(holder.redirect)
}

tf_when_ba_alb_tls_minimum(body) if {
	value := body.protocol
	value != null
	not tf_is_expression_alb_tls_minimum(value)
	regex.match(`(?i)^HTTP$`, sprintf("%v", [value]))
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_alb_tls_minimum(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_alb_tls_minimum(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_alb_tls_minimum(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_alb_tls_minimum(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_alb_tls_minimum(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_alb_tls_minimum(value) := value if is_array(value)

tf_bodies_alb_tls_minimum(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_alb_tls_minimum(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_alb_tls_minimum(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
