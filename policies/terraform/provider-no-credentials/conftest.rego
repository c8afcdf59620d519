# AWS credentials are not written in the provider (provider-no-credentials).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_provider_no_credentials contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_providers_provider_no_credentials("aws")
	not found.body.count == 0
	not tf_right_a_provider_no_credentials(found.body)
	not tf_open_a_provider_no_credentials(found.body)
	msg := sprintf("%v: access_key must not be written in code.", [found.address])
}

tf_values_a_provider_no_credentials(holder) := [value |
	value := holder.access_key
	value != null
]

tf_right_a_provider_no_credentials(holder) if {
	some value in tf_values_a_provider_no_credentials(holder)
	not regex.match(`^(AKIA|ASIA)[A-Z0-9]{16}$`, sprintf("%v", [value]))
}

tf_right_a_provider_no_credentials(holder) if {
	count(tf_values_a_provider_no_credentials(holder)) == 0
}

tf_open_a_provider_no_credentials(holder) if {
	some value in tf_values_a_provider_no_credentials(holder)
	tf_is_expression_provider_no_credentials(value)
}

deny_provider_no_credentials contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_providers_provider_no_credentials("aws")
	not found.body.count == 0
	not tf_right_b_provider_no_credentials(found.body)
	not tf_open_b_provider_no_credentials(found.body)
	msg := sprintf("%v: secret_key must not be written in code.", [found.address])
}

tf_values_b_provider_no_credentials(holder) := [value |
	value := holder.secret_key
	value != null
]

tf_right_b_provider_no_credentials(holder) if {
	some value in tf_values_b_provider_no_credentials(holder)
	not regex.match(`^[A-Za-z0-9/+=]{40}$`, sprintf("%v", [value]))
}

tf_right_b_provider_no_credentials(holder) if {
	count(tf_values_b_provider_no_credentials(holder)) == 0
}

tf_open_b_provider_no_credentials(holder) if {
	some value in tf_values_b_provider_no_credentials(holder)
	tf_is_expression_provider_no_credentials(value)
}

deny_provider_no_credentials contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_providers_provider_no_credentials("aws")
	not found.body.count == 0
	not tf_right_c_provider_no_credentials(found.body)
	not tf_open_c_provider_no_credentials(found.body)
	msg := sprintf("%v: token must not be written in code.", [found.address])
}

tf_values_c_provider_no_credentials(holder) := [value |
	value := holder.token
	value != null
]

tf_right_c_provider_no_credentials(holder) if {
	some value in tf_values_c_provider_no_credentials(holder)
	not regex.match(`^[A-Za-z0-9/+=]{100,}$`, sprintf("%v", [value]))
}

tf_right_c_provider_no_credentials(holder) if {
	count(tf_values_c_provider_no_credentials(holder)) == 0
}

tf_open_c_provider_no_credentials(holder) if {
	some value in tf_values_c_provider_no_credentials(holder)
	tf_is_expression_provider_no_credentials(value)
}

tf_providers_provider_no_credentials(type) := [found |
	some list in [[{"type": "provider", "address": address, "folder": "", "whole": false, "body": body} |
		some body in tf_bodies_provider_no_credentials(input.provider[type])
		address := sprintf("provider.%v", [type])
	], [{"type": "provider", "address": address, "folder": tf_folder_provider_no_credentials(file), "whole": true, "body": body} |
		some file in input
		some body in tf_bodies_provider_no_credentials(file.contents.provider[type])
		address := sprintf("provider.%v", [type])
	]]
	some found in list
]

tf_folder_provider_no_credentials(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_provider_no_credentials(value) := value if is_array(value)

tf_bodies_provider_no_credentials(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_provider_no_credentials(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_provider_no_credentials(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
