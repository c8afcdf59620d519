# CloudFront serves its viewers over HTTPS only (cloudfront-viewer-https).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_cloudfront_viewer_https contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_viewer_https("aws_cloudfront_distribution")
	not found.body.count == 0
	some holder in tf_holders_a_cloudfront_viewer_https(found.body)
	not tf_right_a_cloudfront_viewer_https(holder)
	not tf_open_a_cloudfront_viewer_https(holder)
	msg := sprintf("%v: default_cache_behavior.viewer_protocol_policy must not be allow-all.", [found.address])
}

tf_holders_a_cloudfront_viewer_https(body) := [holder |
	some holder in tf_bodies_cloudfront_viewer_https(body.default_cache_behavior)
]

tf_values_a_cloudfront_viewer_https(holder) := [value |
	value := holder.viewer_protocol_policy
	value != null
]

tf_right_a_cloudfront_viewer_https(holder) if {
	some value in tf_values_a_cloudfront_viewer_https(holder)
	not value == "allow-all"
}

tf_right_a_cloudfront_viewer_https(holder) if {
	count(tf_values_a_cloudfront_viewer_https(holder)) == 0
}

tf_open_a_cloudfront_viewer_https(holder) if {
	some value in tf_values_a_cloudfront_viewer_https(holder)
	tf_is_expression_cloudfront_viewer_https(value)
}

deny_cloudfront_viewer_https contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_cloudfront_viewer_https("aws_cloudfront_distribution")
	not found.body.count == 0
	some holder in tf_holders_b_cloudfront_viewer_https(found.body)
	not tf_right_b_cloudfront_viewer_https(holder)
	not tf_open_b_cloudfront_viewer_https(holder)
	msg := sprintf("%v: ordered_cache_behavior.viewer_protocol_policy must not be allow-all.", [found.address])
}

tf_holders_b_cloudfront_viewer_https(body) := [holder |
	some holder in tf_bodies_cloudfront_viewer_https(body.ordered_cache_behavior)
]

tf_values_b_cloudfront_viewer_https(holder) := [value |
	value := holder.viewer_protocol_policy
	value != null
]

tf_right_b_cloudfront_viewer_https(holder) if {
	some value in tf_values_b_cloudfront_viewer_https(holder)
	not value == "allow-all"
}

tf_right_b_cloudfront_viewer_https(holder) if {
	count(tf_values_b_cloudfront_viewer_https(holder)) == 0
}

tf_open_b_cloudfront_viewer_https(holder) if {
	some value in tf_values_b_cloudfront_viewer_https(holder)
	tf_is_expression_cloudfront_viewer_https(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_cloudfront_viewer_https(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_cloudfront_viewer_https(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_cloudfront_viewer_https(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_cloudfront_viewer_https(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_cloudfront_viewer_https(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_cloudfront_viewer_https(value) := value if is_array(value)

tf_bodies_cloudfront_viewer_https(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_cloudfront_viewer_https(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_cloudfront_viewer_https(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
