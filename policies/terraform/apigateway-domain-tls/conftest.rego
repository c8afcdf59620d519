# API Gateway domain names accept TLS 1.2 and later only (apigateway-domain-tls).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_apigateway_domain_tls contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_apigateway_domain_tls("aws_api_gateway_domain_name")
	not found.body.count == 0
	not tf_right_a_apigateway_domain_tls(found.body)
	not tf_open_a_apigateway_domain_tls(found.body)
	msg := sprintf("%v: security_policy must not be TLS_1_0.", [found.address])
}

tf_values_a_apigateway_domain_tls(holder) := [value |
	value := holder.security_policy
	value != null
]

tf_right_a_apigateway_domain_tls(holder) if {
	some value in tf_values_a_apigateway_domain_tls(holder)
	not value == "TLS_1_0"
}

tf_open_a_apigateway_domain_tls(holder) if {
	some value in tf_values_a_apigateway_domain_tls(holder)
	tf_is_expression_apigateway_domain_tls(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_apigateway_domain_tls(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_apigateway_domain_tls(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_apigateway_domain_tls(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_apigateway_domain_tls(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_apigateway_domain_tls(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_apigateway_domain_tls(value) := value if is_array(value)

tf_bodies_apigateway_domain_tls(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_apigateway_domain_tls(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_apigateway_domain_tls(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
