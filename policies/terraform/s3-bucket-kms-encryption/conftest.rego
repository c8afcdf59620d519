# S3 buckets encrypt new objects with a KMS key (s3-bucket-kms-encryption).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# That another resource is missing can be said of all files together only: run it with --combine, over whole folders.
# A resource that a module is given is left to the module.
# Which buckets receive logs, and so cannot have a key, only all files together tell: run with --combine.
# Its samples are those of the library.
package main

import rego.v1

deny_s3_bucket_kms_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket")
	found.whole
	not found.body.count == 0
	not tf_joined_a_s3_bucket_kms_encryption(found)
	not tf_handed_on_s3_bucket_kms_encryption(found)
	not tf_used_a_s3_bucket_kms_encryption(found)
	msg := sprintf("%v has no aws_s3_bucket_server_side_encryption_configuration.", [found.address])
}

tf_joined_a_s3_bucket_kms_encryption(found) if {
	some [type, via] in [["aws_s3_bucket_server_side_encryption_configuration","bucket"]]
	some other in tf_resources_s3_bucket_kms_encryption(type)
	other.folder == found.folder
	not other.body.count == 0
	some name in tf_list_s3_bucket_kms_encryption(other.body[via])
	tf_may_belong_s3_bucket_kms_encryption(name, found, "bucket")
}

tf_joined_a_s3_bucket_kms_encryption(found) if {
	value := found.body.server_side_encryption_configuration
	not value in {"", null}
}

tf_joined_a_s3_bucket_kms_encryption(found) if {
	found.body.dynamic.server_side_encryption_configuration
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket_logging")
	tf_may_name_s3_bucket_kms_encryption(other.body.target_bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.logging)
	tf_may_name_s3_bucket_kms_encryption(block_a.target_bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_lb")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.access_logs)
	tf_may_name_s3_bucket_kms_encryption(block_a.bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_lb")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.connection_logs)
	tf_may_name_s3_bucket_kms_encryption(block_a.bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_alb")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.access_logs)
	tf_may_name_s3_bucket_kms_encryption(block_a.bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_elb")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.access_logs)
	tf_may_name_s3_bucket_kms_encryption(block_a.bucket, found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_cloudfront_distribution")
	some block_a in tf_bodies_s3_bucket_kms_encryption(other.body.logging_config)
	tf_may_name_s3_bucket_kms_encryption(block_a.bucket, found, "bucket")
}

deny_s3_bucket_kms_encryption contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket")
	found.whole
	not tf_used_a_s3_bucket_kms_encryption(found)
	some rule in tf_rules_of_s3_bucket_kms_encryption(found)
	some chosen in tf_bodies_s3_bucket_kms_encryption(rule.apply_server_side_encryption_by_default)
	chosen.sse_algorithm == "AES256"
	msg := sprintf("%v: sse_algorithm must be aws:kms or aws:kms:dsse.", [found.address])
}

tf_rules_of_s3_bucket_kms_encryption(found) := [rule |
	some other in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket_server_side_encryption_configuration")
	other.folder == found.folder
	tf_names_bucket_s3_bucket_kms_encryption(other.body.bucket, found)
	some rule in tf_bodies_s3_bucket_kms_encryption(other.body.rule)
] if not found.body.server_side_encryption_configuration

tf_rules_of_s3_bucket_kms_encryption(found) := [rule |
	some configuration in tf_bodies_s3_bucket_kms_encryption(found.body.server_side_encryption_configuration)
	some rule in tf_bodies_s3_bucket_kms_encryption(configuration.rule)
] if found.body.server_side_encryption_configuration

tf_names_bucket_s3_bucket_kms_encryption(value, found) if tf_mentions_s3_bucket_kms_encryption(value, found.address)

tf_names_bucket_s3_bucket_kms_encryption(value, found) if value == found.body.bucket

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in array.concat(tf_resources_s3_bucket_kms_encryption("aws_s3_bucket_acl"), [found])
	other.body.acl == "log-delivery-write"
	tf_may_name_s3_bucket_kms_encryption(object.get(other.body, "bucket", ""), found, "bucket")
}

tf_used_a_s3_bucket_kms_encryption(found) if {
	some other in tf_resources_s3_bucket_kms_encryption("aws_s3_bucket_policy")
	tf_may_name_s3_bucket_kms_encryption(other.body.bucket, found, "bucket")
	tf_lets_logs_in_s3_bucket_kms_encryption(other.body.policy)
}

tf_lets_logs_in_s3_bucket_kms_encryption(text) if regex.match(`logging[.]s3[.]amazonaws|logdelivery[.]elasticloadbalancing`, text)

tf_lets_logs_in_s3_bucket_kms_encryption(text) if {
	some document in tf_data_s3_bucket_kms_encryption("aws_iam_policy_document")
	tf_mentions_s3_bucket_kms_encryption(text, document.address)
	walk(document.body, [_, value])
	is_string(value)
	tf_lets_logs_in_by_name_s3_bucket_kms_encryption(value)
}

tf_lets_logs_in_by_name_s3_bucket_kms_encryption(value) if value in {"logging.s3.amazonaws.com", "logdelivery.elasticloadbalancing.amazonaws.com"}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_s3_bucket_kms_encryption(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_s3_bucket_kms_encryption(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_bucket_kms_encryption(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_s3_bucket_kms_encryption(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_data_s3_bucket_kms_encryption(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.data[type]
		some body in tf_bodies_s3_bucket_kms_encryption(value)
		address := sprintf("data.%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_s3_bucket_kms_encryption(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.data[type]
		some body in tf_bodies_s3_bucket_kms_encryption(value)
		address := sprintf("data.%v.%v", [type, name])
	]]
	some found in list
]

tf_modules_s3_bucket_kms_encryption := [found |
	some list in [[{"name": name, "folder": "", "whole": false, "body": body} |
		some name, value in input.module
		some body in tf_bodies_s3_bucket_kms_encryption(value)
	], [{"name": name, "folder": tf_folder_s3_bucket_kms_encryption(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.module
		some body in tf_bodies_s3_bucket_kms_encryption(value)
	]]
	some found in list
]

tf_folder_s3_bucket_kms_encryption(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_s3_bucket_kms_encryption(value) := value if is_array(value)

tf_bodies_s3_bucket_kms_encryption(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_s3_bucket_kms_encryption(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_s3_bucket_kms_encryption(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}

tf_list_s3_bucket_kms_encryption(value) := value if is_array(value)

tf_list_s3_bucket_kms_encryption(value) := [value] if not is_array(value)

# A companion that a variable names may be that of any resource.
tf_may_belong_s3_bucket_kms_encryption(value, found, attribute) if tf_may_name_s3_bucket_kms_encryption(value, found, attribute)

tf_may_belong_s3_bucket_kms_encryption(value, _, _) if regex.match(`^\$\{var\.`, value)

# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name_s3_bucket_kms_encryption(value, found, _) if tf_mentions_s3_bucket_kms_encryption(value, found.address)

tf_may_name_s3_bucket_kms_encryption(value, found, attribute) if value == found.body[attribute]

tf_may_name_s3_bucket_kms_encryption(value, found, _) if {
	tf_is_expression_s3_bucket_kms_encryption(value)
	not regex.match(sprintf(`(^|[^\w.])%v\.`, [found.type]), value)
	not regex.match(`^\$\{(var|module|data)\.[^ ()]*\}$`, value)
}

tf_may_name_s3_bucket_kms_encryption(value, found, attribute) if {
	not tf_is_expression_s3_bucket_kms_encryption(value)
	name := object.get(found.body, attribute, "${made up by Terraform}")
	tf_is_expression_s3_bucket_kms_encryption(name)
	startswith(value, split(name, "${")[0])
}

tf_mentions_s3_bucket_kms_encryption(value, address) if regex.match(sprintf(`(?s)\{(.*[^\w.])?%v([^\w-]|$)`, [replace(address, ".", `\.`)]), value)

# A module that is given the resource may do with it what is asked for.
tf_handed_on_s3_bucket_kms_encryption(found) if {
	some call in tf_modules_s3_bucket_kms_encryption
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions_s3_bucket_kms_encryption(value, found.address)
}
