# Classic load balancers take HTTPS instead of HTTP (elb-listener-tls).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_elb_listener_tls contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_elb_listener_tls("aws_elb")
	not found.body.count == 0
	some holder in tf_holders_a_elb_listener_tls(found.body)
	not tf_right_a_elb_listener_tls(holder)
	not tf_open_a_elb_listener_tls(holder)
	msg := sprintf("%v: listener.lb_protocol must not be http.", [found.address])
}

tf_holders_a_elb_listener_tls(body) := [holder |
	some holder in tf_bodies_elb_listener_tls(body.listener)
]

tf_values_a_elb_listener_tls(holder) := [value |
	value := holder.lb_protocol
	value != null
]

tf_right_a_elb_listener_tls(holder) if {
	some value in tf_values_a_elb_listener_tls(holder)
	not regex.match(`(?i)^http$`, sprintf("%v", [value]))
}

tf_right_a_elb_listener_tls(holder) if {
	count(tf_values_a_elb_listener_tls(holder)) == 0
}

tf_open_a_elb_listener_tls(holder) if {
	some value in tf_values_a_elb_listener_tls(holder)
	tf_is_expression_elb_listener_tls(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_elb_listener_tls(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_elb_listener_tls(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_elb_listener_tls(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_elb_listener_tls(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_elb_listener_tls(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_elb_listener_tls(value) := value if is_array(value)

tf_bodies_elb_listener_tls(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_elb_listener_tls(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_elb_listener_tls(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
