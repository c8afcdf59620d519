# Load balancers offer only ciphers with forward secrecy (alb-strong-ciphers).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_alb_strong_ciphers contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_lb_listener","aws_alb_listener"]
	some found in tf_resources_alb_strong_ciphers(type)
	not found.body.count == 0
	tf_when_aa_alb_strong_ciphers(found.body)
	not tf_right_a_alb_strong_ciphers(found.body)
	not tf_open_a_alb_strong_ciphers(found.body)
	msg := sprintf("%v: ssl_policy must be a policy whose ciphers all have forward secrecy.", [found.address])
}

tf_values_a_alb_strong_ciphers(holder) := [value |
	value := holder.ssl_policy
	value != null
]

tf_right_a_alb_strong_ciphers(holder) if {
	some value in tf_values_a_alb_strong_ciphers(holder)
	regex.match(`^ELBSecurityPolicy-(TLS13-1-3-|TLS13-1-2-([^E]|E[^x]|Ex[^t]|Ext[^12])|FS-1-2-)`, sprintf("%v", [value]))
}

tf_open_a_alb_strong_ciphers(holder) if {
	some value in tf_values_a_alb_strong_ciphers(holder)
	tf_is_expression_alb_strong_ciphers(value)
}

tf_when_aa_alb_strong_ciphers(body) if {
	value := body.protocol
	value != null
	not tf_is_expression_alb_strong_ciphers(value)
	regex.match(`(?i)^(HTTPS|TLS)$`, sprintf("%v", [value]))
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_alb_strong_ciphers(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_alb_strong_ciphers(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_alb_strong_ciphers(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_alb_strong_ciphers(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_alb_strong_ciphers(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_alb_strong_ciphers(value) := value if is_array(value)

tf_bodies_alb_strong_ciphers(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_alb_strong_ciphers(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_alb_strong_ciphers(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
