package main

buckets := {name: body |
	some name, blocks in input.resource.aws_s3_bucket
	some body in blocks
}

encrypted contains name if {
	some blocks in input.resource.aws_s3_bucket_server_side_encryption_configuration
	some body in blocks
	some name, _ in buckets
	body.bucket == sprintf("${aws_s3_bucket.%s.id}", [name])
}

deny contains msg if {
	some name, _ in buckets
	not name in encrypted
	msg := sprintf("aws_s3_bucket.%s is not encrypted", [name])
}

deny contains msg if {
	some name, body in buckets
	body.acl in {"public-read", "public-read-write"}
	msg := sprintf("aws_s3_bucket.%s: acl %s", [name, body.acl])
}

warn contains msg if {
	some name, body in buckets
	missing := {"owner", "cost-center"} - object.keys(object.get(body, "tags", {}))
	count(missing) > 0
	msg := sprintf("aws_s3_bucket.%s lacks the tags %s", [name, concat(", ", sort(missing))])
}
