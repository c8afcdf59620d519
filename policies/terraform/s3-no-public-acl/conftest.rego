# Bucket ACLs let nobody in (s3-no-public-acl, s3-no-public-acl-view, s3-no-public-write-acl, s3-no-authenticated-users-acl).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_no_public_acl contains {"msg": msg, "details": {"address": found.address}} if {
	some type in ["aws_s3_bucket_acl","aws_s3_bucket"]
	some found in tf_resources_s3_no_public_acl(type)
	not found.body.count == 0
	not tf_right_a_s3_no_public_acl(found.body)
	not tf_open_a_s3_no_public_acl(found.body)
	msg := sprintf("%v: acl must not be public-read or public-read-write or authenticated-read.", [found.address])
}

tf_values_a_s3_no_public_acl(holder) := [value |
	value := holder.acl
	value != null
]

tf_right_a_s3_no_public_acl(holder) if {
	some value in tf_values_a_s3_no_public_acl(holder)
	not value in {"public-read", "public-read-write", "authenticated-read"}
}

tf_right_a_s3_no_public_acl(holder) if {
	count(tf_values_a_s3_no_public_acl(holder)) == 0
}

tf_open_a_s3_no_public_acl(holder) if {
	some value in tf_values_a_s3_no_public_acl(holder)
	tf_is_expression_s3_no_public_acl(value)
}

deny_s3_no_public_acl contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_no_public_acl("aws_s3_bucket")
	not found.body.count == 0
	some holder in tf_holders_b_s3_no_public_acl(found.body)
	not tf_right_b_s3_no_public_acl(holder)
	not tf_open_b_s3_no_public_acl(holder)
	msg := sprintf("%v: grant.uri must not be http://acs.amazonaws.com/groups/global/AllUsers or http://acs.amazonaws.com/groups/global/AuthenticatedUsers.", [found.address])
}

tf_holders_b_s3_no_public_acl(body) := [holder |
	some holder in tf_bodies_s3_no_public_acl(body.grant)
]

tf_values_b_s3_no_public_acl(holder) := [value |
	value := holder.uri
	value != null
]

tf_right_b_s3_no_public_acl(holder) if {
	some value in tf_values_b_s3_no_public_acl(holder)
	not value in {"http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}
}

tf_right_b_s3_no_public_acl(holder) if {
	count(tf_values_b_s3_no_public_acl(holder)) == 0
}

tf_open_b_s3_no_public_acl(holder) if {
	some value in tf_values_b_s3_no_public_acl(holder)
	tf_is_expression_s3_no_public_acl(value)
}

deny_s3_no_public_acl contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_no_public_acl("aws_s3_bucket_acl")
	not found.body.count == 0
	some holder in tf_holders_c_s3_no_public_acl(found.body)
	not tf_right_c_s3_no_public_acl(holder)
	not tf_open_c_s3_no_public_acl(holder)
	msg := sprintf("%v: access_control_policy.grant.grantee.uri must not be http://acs.amazonaws.com/groups/global/AllUsers or http://acs.amazonaws.com/groups/global/AuthenticatedUsers.", [found.address])
}

tf_holders_c_s3_no_public_acl(body) := [holder |
	some block_a in tf_bodies_s3_no_public_acl(body.access_control_policy)
	some block_b in tf_bodies_s3_no_public_acl(block_a.grant)
	some holder in tf_bodies_s3_no_public_acl(block_b.grantee)
]

tf_values_c_s3_no_public_acl(holder) := [value |
	value := holder.uri
	value != null
]

tf_right_c_s3_no_public_acl(holder) if {
	some value in tf_values_c_s3_no_public_acl(holder)
	not value in {"http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}
}

tf_right_c_s3_no_public_acl(holder) if {
	count(tf_values_c_s3_no_public_acl(holder)) == 0
}

tf_open_c_s3_no_public_acl(holder) if {
	some value in tf_values_c_s3_no_public_acl(holder)
	tf_is_expression_s3_no_public_acl(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_no_public_acl(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_no_public_acl(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_no_public_acl(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_no_public_acl(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_s3_no_public_acl(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_no_public_acl(value) := value if is_array(value)

tf_bodies_s3_no_public_acl(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_no_public_acl(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_no_public_acl(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
