# Public access blocks block everything (s3-block-public-acls, s3-block-public-policy, s3-ignore-public-acls, s3-restrict-public-buckets, s3-public-access-block).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

deny_s3_public_access_block contains {"msg": msg, "details": {"address": address}} if {
	some found in tf_resources_s3_public_access_block("aws_s3_bucket_public_access_block")
	some attribute in ["block_public_acls","block_public_policy","ignore_public_acls","restrict_public_buckets"]
	value := object.get(found.body, attribute, false)
	not value in {true, "true"}
	not tf_is_expression_s3_public_access_block(value)
	address := sprintf("aws_s3_bucket_public_access_block.%v", [found.name])
	msg := sprintf("%v: %v must be true.", [address, attribute])
}

# In one file: the block of a bucket may be in another, so a bucket without any is not judged here.
tf_resources_s3_public_access_block(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies_s3_public_access_block(value)
]

tf_bodies_s3_public_access_block(value) := value if is_array(value)

tf_bodies_s3_public_access_block(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression_s3_public_access_block(value) if {
	is_string(value)
	contains(value, "${")
}
