# S3 buckets log who reads and writes their objects (s3-access-logging).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_access_logging contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_access_logging("aws_s3_bucket")
	found.whole
	not found.body.count == 0
	not tf_joined_a_s3_access_logging(found)
	not tf_handed_on_s3_access_logging(found)
	not tf_used_a_s3_access_logging(found)
	msg := sprintf("%v has no aws_s3_bucket_logging.", [found.address])
}

tf_joined_a_s3_access_logging(found) if {
	some [type, via] in [["aws_s3_bucket_logging","bucket"]]
	some other in tf_resources_s3_access_logging(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_s3_access_logging(other.body[via])
	tf_may_belong_s3_access_logging(name, found, "bucket")
}

tf_joined_a_s3_access_logging(found) if {
	value := found.body.logging
	not value in {"", null}
}

tf_joined_a_s3_access_logging(found) if {
	found.body.dynamic.logging
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_s3_bucket_logging")
	tf_may_name_s3_access_logging(other.body.target_bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_s3_bucket")
	some block_a in tf_bodies_s3_access_logging(other.body.logging)
	tf_may_name_s3_access_logging(block_a.target_bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_lb")
	some block_a in tf_bodies_s3_access_logging(other.body.access_logs)
	tf_may_name_s3_access_logging(block_a.bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_lb")
	some block_a in tf_bodies_s3_access_logging(other.body.connection_logs)
	tf_may_name_s3_access_logging(block_a.bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_alb")
	some block_a in tf_bodies_s3_access_logging(other.body.access_logs)
	tf_may_name_s3_access_logging(block_a.bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_elb")
	some block_a in tf_bodies_s3_access_logging(other.body.access_logs)
	tf_may_name_s3_access_logging(block_a.bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_cloudfront_distribution")
	some block_a in tf_bodies_s3_access_logging(other.body.logging_config)
	tf_may_name_s3_access_logging(block_a.bucket, found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in array.concat(tf_resources_s3_access_logging("aws_s3_bucket_acl"), [found])
	other.body.acl == "log-delivery-write"
	tf_may_name_s3_access_logging(object.get(other.body, "bucket", ""), found, "bucket")
}

tf_used_a_s3_access_logging(found) if {
	some other in tf_resources_s3_access_logging("aws_s3_bucket_policy")
	tf_may_name_s3_access_logging(other.body.bucket, found, "bucket")
	tf_lets_logs_in_s3_access_logging(other.body.policy)
}

tf_lets_logs_in_s3_access_logging(text) if regex.match(`logging[.]s3[.]amazonaws|logdelivery[.]elasticloadbalancing`, text)

tf_lets_logs_in_s3_access_logging(text) if {
	some document in tf_data_s3_access_logging("aws_iam_policy_document")
	tf_mentions_s3_access_logging(text, document.address)
	walk(document.body, [_, value])
	is_string(value)
	tf_lets_logs_in_by_name_s3_access_logging(value)
}

tf_lets_logs_in_by_name_s3_access_logging(value) if value in {"logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_access_logging(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_access_logging(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_access_logging(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_access_logging(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_s3_access_logging(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_s3_access_logging(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_access_logging(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_s3_access_logging(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_s3_access_logging := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_s3_access_logging(value)
	], [{"name": name, "folder": tf_folder_s3_access_logging(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_s3_access_logging(value)
	]]
	some found in list
]

tf_folder_s3_access_logging(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_access_logging(value) := value if is_array(value)

tf_bodies_s3_access_logging(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_access_logging(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_access_logging(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_s3_access_logging(value) := value if is_array(value)

tf_list_s3_access_logging(value) := [value] if not is_array(value)

# A companion that a variable names may be that of any resource.
tf_may_belong_s3_access_logging(value, found, attribute) if tf_may_name_s3_access_logging(value, found, attribute)

tf_may_belong_s3_access_logging(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_s3_access_logging(value, found, _) if tf_mentions_s3_access_logging(value, found.address)

tf_may_name_s3_access_logging(value, found, attribute) if value == found.body[attribute]

tf_may_name_s3_access_logging(value, found, _) if {
	tf_is_expression_s3_access_logging(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_s3_access_logging(value, found, attribute) if {
	not tf_is_expression_s3_access_logging(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_s3_access_logging(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_s3_access_logging(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_s3_access_logging(found) if {
	some call in tf_modules_s3_access_logging
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_s3_access_logging(value, found.address)
}
