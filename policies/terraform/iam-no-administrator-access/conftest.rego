# Nobody is given AdministratorAccess (iam-no-administrator-access).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_iam_no_administrator_access contains {"msg": msg, "details": {"address": found.address}} if {
	some [type, attribute] in [["aws_iam_role","managed_policy_arns"],["aws_iam_policy_attachment","policy_arn"],["aws_iam_role_policy_attachment","policy_arn"],["aws_iam_user_policy_attachment","policy_arn"],["aws_iam_group_policy_attachment","policy_arn"],["aws_iam_role_policy_attachments_exclusive","policy_arns"],["aws_iam_user_policy_attachments_exclusive","policy_arns"],["aws_iam_group_policy_attachments_exclusive","policy_arns"],["aws_ssoadmin_managed_policy_attachment","managed_policy_arn"]]
	some found in tf_resources_iam_no_administrator_access(type)
	some arn in tf_list_iam_no_administrator_access(found.body[attribute])
	tf_is_managed_iam_no_administrator_access(arn)
	msg := sprintf("%v attaches AdministratorAccess.", [found.address])
}

tf_is_managed_iam_no_administrator_access(arn) if regex.match(`^arn:[^:]+:iam::aws:policy/AdministratorAccess$`, arn)

tf_is_managed_iam_no_administrator_access(arn) if {
	some looked_up in tf_data_iam_no_administrator_access("aws_iam_policy")
	tf_mentions_iam_no_administrator_access(arn, looked_up.address)
	tf_is_meant_iam_no_administrator_access(looked_up.body)
}

tf_is_meant_iam_no_administrator_access(body) if body.name == "AdministratorAccess"

tf_is_meant_iam_no_administrator_access(body) if regex.match(`:iam::aws:policy/AdministratorAccess$`, body.arn)

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_iam_no_administrator_access(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_iam_no_administrator_access(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_administrator_access(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_iam_no_administrator_access(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_iam_no_administrator_access(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_iam_no_administrator_access(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_iam_no_administrator_access(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_iam_no_administrator_access(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_iam_no_administrator_access(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_iam_no_administrator_access(value) := value if is_array(value)

tf_bodies_iam_no_administrator_access(value) := [value] if is_object(value)

tf_list_iam_no_administrator_access(value) := value if is_array(value)

tf_list_iam_no_administrator_access(value) := [value] if not is_array(value)

tf_mentions_iam_no_administrator_access(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)
