# Bucket ACLs let nobody in (s3-no-public-acl, s3-no-public-acl-view, s3-no-public-write-acl, s3-no-authenticated-users-acl).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_s3_no_public_acl contains {"msg": msg, "details": {"address": address}} if {
	some type in {"aws_s3_bucket", "aws_s3_bucket_acl"}
	some found in tf_resources_s3_no_public_acl(type)
	found.body.acl in {"public-read", "public-read-write", "authenticated-read"}
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: the ACL %v lets others in.", [address, found.body.acl])
}

tf_resources_s3_no_public_acl(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_s3_no_public_acl(value)
]

tf_bodies_s3_no_public_acl(value) := value if is_array(value)

tf_bodies_s3_no_public_acl(value) := [value] if is_object(value)
