# S3 lifecycle configurations remove uploads that were never finished (s3-lifecycle-abort-uploads).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_lifecycle_abort_uploads contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_lifecycle_abort_uploads("aws_s3_bucket_lifecycle_configuration")
	not found.body.count == 0
	not tf_right_a_s3_lifecycle_abort_uploads(found.body)
	not tf_open_a_s3_lifecycle_abort_uploads(found.body)
	msg := sprintf("%v: rule.abort_incomplete_multipart_upload.days_after_initiation must be set.", [found.address])
}

tf_values_a_s3_lifecycle_abort_uploads(holder) := [value |
	some block_a in tf_bodies_s3_lifecycle_abort_uploads(holder.rule)
	block_a.status == "Enabled"
	some block_b in tf_bodies_s3_lifecycle_abort_uploads(block_a.abort_incomplete_multipart_upload)
	value := block_b.days_after_initiation
	value != null
]

tf_right_a_s3_lifecycle_abort_uploads(holder) if {
	some value in tf_values_a_s3_lifecycle_abort_uploads(holder)
	not value in {"", [], {}}
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	some value in tf_values_a_s3_lifecycle_abort_uploads(holder)
	tf_is_expression_s3_lifecycle_abort_uploads(value)
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	holder.dynamic.rule
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	tf_is_expression_s3_lifecycle_abort_uploads(holder.rule)
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	some block_a in tf_bodies_s3_lifecycle_abort_uploads(holder.rule)
	tf_is_expression_s3_lifecycle_abort_uploads(block_a.status)
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	some block_a in tf_bodies_s3_lifecycle_abort_uploads(holder.rule)
	block_a.dynamic.abort_incomplete_multipart_upload
}

tf_open_a_s3_lifecycle_abort_uploads(holder) if {
	some block_a in tf_bodies_s3_lifecycle_abort_uploads(holder.rule)
	tf_is_expression_s3_lifecycle_abort_uploads(block_a.abort_incomplete_multipart_upload)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_lifecycle_abort_uploads(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_lifecycle_abort_uploads(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_lifecycle_abort_uploads(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_lifecycle_abort_uploads(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_s3_lifecycle_abort_uploads(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_lifecycle_abort_uploads(value) := value if is_array(value)

tf_bodies_s3_lifecycle_abort_uploads(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_lifecycle_abort_uploads(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_lifecycle_abort_uploads(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
