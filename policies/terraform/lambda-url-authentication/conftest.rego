# Addresses of Lambda functions ask who calls (lambda-url-authentication).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_lambda_url_authentication contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_lambda_url_authentication("aws_lambda_function_url")
	not found.body.count == 0
	not tf_right_a_lambda_url_authentication(found.body)
	not tf_open_a_lambda_url_authentication(found.body)
	msg := sprintf("%v: authorization_type must be AWS_IAM.", [found.address])
}

tf_values_a_lambda_url_authentication(holder) := [value |
	value := holder.authorization_type
	value != null
]

tf_right_a_lambda_url_authentication(holder) if {
	some value in tf_values_a_lambda_url_authentication(holder)
	value == "AWS_IAM"
}

tf_right_a_lambda_url_authentication(holder) if {
	count(tf_values_a_lambda_url_authentication(holder)) == 0
}

tf_open_a_lambda_url_authentication(holder) if {
	some value in tf_values_a_lambda_url_authentication(holder)
	tf_is_expression_lambda_url_authentication(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_lambda_url_authentication(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_lambda_url_authentication(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_lambda_url_authentication(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_lambda_url_authentication(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_lambda_url_authentication(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_lambda_url_authentication(value) := value if is_array(value)

tf_bodies_lambda_url_authentication(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_lambda_url_authentication(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_lambda_url_authentication(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
