# CloudFront speaks TLS 1.2 with its origins (cloudfront-origin-tls-protocols).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudfront_origin_tls_protocols contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_origin_tls_protocols("aws_cloudfront_distribution")
	not found.body.count == 0
	some holder in tf_holders_a_cloudfront_origin_tls_protocols(found.body)
	not tf_right_a_cloudfront_origin_tls_protocols(holder)
	not tf_open_a_cloudfront_origin_tls_protocols(holder)
	not tf_spared_aa_cloudfront_origin_tls_protocols(holder)
	msg := sprintf("%v: origin.custom_origin_config.origin_ssl_protocols must hold TLSv1.2 or later only.", [found.address])
}

tf_holders_a_cloudfront_origin_tls_protocols(body) := [holder |
	some block_a in tf_bodies_cloudfront_origin_tls_protocols(body.origin)
	some holder in tf_bodies_cloudfront_origin_tls_protocols(block_a.custom_origin_config)
]

tf_values_a_cloudfront_origin_tls_protocols(holder) := [value |
	value := holder.origin_ssl_protocols
	value != null
]

tf_right_a_cloudfront_origin_tls_protocols(holder) if {
	some value in tf_values_a_cloudfront_origin_tls_protocols(holder)
	every item in value {
		regex.match(`^TLSv1\.[23]$`, item)
	}
}

tf_right_a_cloudfront_origin_tls_protocols(holder) if {
	count(tf_values_a_cloudfront_origin_tls_protocols(holder)) == 0
}

tf_open_a_cloudfront_origin_tls_protocols(holder) if {
	some value in tf_values_a_cloudfront_origin_tls_protocols(holder)
	tf_is_expression_cloudfront_origin_tls_protocols(value)
}

tf_spared_aa_cloudfront_origin_tls_protocols(body) if {
	value := body.origin_protocol_policy
	value != null
	value == "http-only"
}

tf_spared_aa_cloudfront_origin_tls_protocols(body) if {
	value := body.origin_protocol_policy
	value != null
	tf_is_expression_cloudfront_origin_tls_protocols(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudfront_origin_tls_protocols(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudfront_origin_tls_protocols(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudfront_origin_tls_protocols(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudfront_origin_tls_protocols(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudfront_origin_tls_protocols(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudfront_origin_tls_protocols(value) := value if is_array(value)

tf_bodies_cloudfront_origin_tls_protocols(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudfront_origin_tls_protocols(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudfront_origin_tls_protocols(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
