# Users get their rights through groups or roles (iam-no-user-policies).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_user_policies contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_iam_user_policy", "aws_iam_user_policy_attachment"]
	some found in tf_resources_iam_no_user_policies(type)
	msg := sprintf("%v gives rights to a user directly.", [found.address])
}

deny_iam_no_user_policies contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_iam_no_user_policies("aws_iam_policy_attachment")
	is_array(found.body.users)
	count(found.body.users) > 0
	msg := sprintf("%v gives rights to a user directly.", [found.address])
}

# One file, or all that Conftest was given (--combine).
tf_files_iam_no_user_policies := [{"folder": "", "body": input}] if is_object(input)

tf_files_iam_no_user_policies := [{"folder": regex.replace(file.path, `[^/\\]*$`, ""), "body": file.contents} | some file in input] if is_array(input)

tf_resources_iam_no_user_policies(type) := [{"type": type, "address": address, "folder": file.folder, "body": body} |
	some file in tf_files_iam_no_user_policies
	some name, value in file.body.resource[type]
	some body in tf_bodies_iam_no_user_policies(value)
	not body.count == 0
	address := sprintf("%v.%v", [type, name])
]

# A block may be an object or a list of them.
tf_bodies_iam_no_user_policies(value) := value if is_array(value)

tf_bodies_iam_no_user_policies(value) := [value] if is_object(value)
