# CloudFront accepts TLS 1.2 and later only (cloudfront-tls-minimum).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudfront_tls_minimum contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_tls_minimum("aws_cloudfront_distribution")
	not found.body.count == 0
	some holder in tf_holders_a_cloudfront_tls_minimum(found.body)
	not tf_right_a_cloudfront_tls_minimum(holder)
	not tf_open_a_cloudfront_tls_minimum(holder)
	not tf_spared_aa_cloudfront_tls_minimum(holder)
	msg := sprintf("%v: viewer_certificate.minimum_protocol_version must be TLSv1.2 or later.", [found.address])
}

tf_holders_a_cloudfront_tls_minimum(body) := [holder |
	some holder in tf_bodies_cloudfront_tls_minimum(body.viewer_certificate)
]

tf_values_a_cloudfront_tls_minimum(holder) := [value |
	value := holder.minimum_protocol_version
	value != null
]

tf_right_a_cloudfront_tls_minimum(holder) if {
	some value in tf_values_a_cloudfront_tls_minimum(holder)
	regex.match(`^TLSv1\.[23]_`, sprintf("%v", [value]))
}

tf_open_a_cloudfront_tls_minimum(holder) if {
	some value in tf_values_a_cloudfront_tls_minimum(holder)
	tf_is_expression_cloudfront_tls_minimum(value)
}

tf_spared_aa_cloudfront_tls_minimum(body) if {
	value := body.cloudfront_default_certificate
	value != null
	value in {true, "true"}
}

tf_spared_aa_cloudfront_tls_minimum(body) if {
	value := body.cloudfront_default_certificate
	value != null
	tf_is_expression_cloudfront_tls_minimum(value)
}

deny_cloudfront_tls_minimum contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_tls_minimum("aws_cloudfront_distribution")
	not found.body.count == 0
	not tf_right_b_cloudfront_tls_minimum(found.body)
	not tf_open_b_cloudfront_tls_minimum(found.body)
	msg := sprintf("%v: viewer_certificate.cloudfront_default_certificate must not be true.", [found.address])
}

tf_values_b_cloudfront_tls_minimum(holder) := [value |
	some block_a in tf_bodies_cloudfront_tls_minimum(holder.viewer_certificate)
	value := block_a.cloudfront_default_certificate
	value != null
]

tf_right_b_cloudfront_tls_minimum(holder) if {
	some value in tf_values_b_cloudfront_tls_minimum(holder)
	not value in {true, "true"}
}

tf_right_b_cloudfront_tls_minimum(holder) if {
	count(tf_values_b_cloudfront_tls_minimum(holder)) == 0
}

tf_open_b_cloudfront_tls_minimum(holder) if {
	some value in tf_values_b_cloudfront_tls_minimum(holder)
	tf_is_expression_cloudfront_tls_minimum(value)
}

tf_open_b_cloudfront_tls_minimum(holder) if {
	holder.dynamic.viewer_certificate
}

tf_open_b_cloudfront_tls_minimum(holder) if {
	tf_is_expression_cloudfront_tls_minimum(holder.viewer_certificate)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudfront_tls_minimum(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudfront_tls_minimum(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudfront_tls_minimum(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudfront_tls_minimum(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudfront_tls_minimum(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudfront_tls_minimum(value) := value if is_array(value)

tf_bodies_cloudfront_tls_minimum(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudfront_tls_minimum(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudfront_tls_minimum(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
