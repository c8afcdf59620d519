# CloudFront tells browsers to stay with HTTPS (cloudfront-hsts).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudfront_hsts contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_hsts("aws_cloudfront_response_headers_policy")
	not found.body.count == 0
	not tf_right_a_cloudfront_hsts(found.body)
	not tf_open_a_cloudfront_hsts(found.body)
	msg := sprintf("%v: security_headers_config.strict_transport_security.access_control_max_age_sec must be 31536000 or more.", [found.address])
}

tf_values_a_cloudfront_hsts(holder) := [value |
	some block_a in tf_bodies_cloudfront_hsts(holder.security_headers_config)
	some block_b in tf_bodies_cloudfront_hsts(block_a.strict_transport_security)
	value := block_b.access_control_max_age_sec
	value != null
]

tf_right_a_cloudfront_hsts(holder) if {
	some value in tf_values_a_cloudfront_hsts(holder)
	number := to_number(value)
	number >= 31536000
}

tf_open_a_cloudfront_hsts(holder) if {
	some value in tf_values_a_cloudfront_hsts(holder)
	tf_is_expression_cloudfront_hsts(value)
}

tf_open_a_cloudfront_hsts(holder) if {
	holder.dynamic.security_headers_config
}

tf_open_a_cloudfront_hsts(holder) if {
	tf_is_expression_cloudfront_hsts(holder.security_headers_config)
}

tf_open_a_cloudfront_hsts(holder) if {
	some block_a in tf_bodies_cloudfront_hsts(holder.security_headers_config)
	block_a.dynamic.strict_transport_security
}

tf_open_a_cloudfront_hsts(holder) if {
	some block_a in tf_bodies_cloudfront_hsts(holder.security_headers_config)
	tf_is_expression_cloudfront_hsts(block_a.strict_transport_security)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudfront_hsts(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudfront_hsts(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudfront_hsts(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudfront_hsts(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudfront_hsts(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudfront_hsts(value) := value if is_array(value)

tf_bodies_cloudfront_hsts(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudfront_hsts(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudfront_hsts(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
