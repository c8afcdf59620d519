# OpenSearch domains refuse plain HTTP (opensearch-enforce-https).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_opensearch_enforce_https contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_opensearch_domain","aws_elasticsearch_domain"]
	some found in tf_resources_opensearch_enforce_https(type)
	not found.body.count == 0
	not tf_right_a_opensearch_enforce_https(found.body)
	not tf_open_a_opensearch_enforce_https(found.body)
	not tf_spared_aa_opensearch_enforce_https(found.body, found.body)
	msg := sprintf("%v: domain_endpoint_options.enforce_https must be true.", [found.address])
}

tf_values_a_opensearch_enforce_https(holder) := [value |
	some block_a in tf_bodies_opensearch_enforce_https(holder.domain_endpoint_options)
	value := block_a.enforce_https
	value != null
]

tf_right_a_opensearch_enforce_https(holder) if {
	some value in tf_values_a_opensearch_enforce_https(holder)
	value in {true, "true"}
}

tf_open_a_opensearch_enforce_https(holder) if {
	some value in tf_values_a_opensearch_enforce_https(holder)
	tf_is_expression_opensearch_enforce_https(value)
}

tf_open_a_opensearch_enforce_https(holder) if {
	holder.dynamic.domain_endpoint_options
}

tf_open_a_opensearch_enforce_https(holder) if {
	tf_is_expression_opensearch_enforce_https(holder.domain_endpoint_options)
}

tf_spared_aa_opensearch_enforce_https(body, holder) if {
	count(tf_values_a_opensearch_enforce_https(holder)) == 0
	value := body.domain_endpoint_options
	value != null
	not value in {"", [], {}}
}

tf_spared_aa_opensearch_enforce_https(body, holder) if {
	count(tf_values_a_opensearch_enforce_https(holder)) == 0
	value := body.domain_endpoint_options
	value != null
	tf_is_expression_opensearch_enforce_https(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_opensearch_enforce_https(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_opensearch_enforce_https(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_opensearch_enforce_https(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_opensearch_enforce_https(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_opensearch_enforce_https(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_opensearch_enforce_https(value) := value if is_array(value)

tf_bodies_opensearch_enforce_https(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_opensearch_enforce_https(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_opensearch_enforce_https(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
