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

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_user_policies(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_user_policies(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_user_policies(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_user_policies(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_user_policies(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_user_policies(value) := value if is_array(value)

tf_bodies_iam_no_user_policies(value) := [value] if is_object(value)
