# AWS Config aggregators collect from all regions (config-aggregator-all-regions).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
# It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and
# what is not known is not denied: secops audit knows more of it.
# Its samples are those of the library.
package main

import rego.v1

deny_config_aggregator_all_regions contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_config_aggregator_all_regions("aws_config_configuration_aggregator")
	not found.body.count == 0
	some holder in tf_holders_a_config_aggregator_all_regions(found.body)
	not tf_right_a_config_aggregator_all_regions(holder)
	not tf_open_a_config_aggregator_all_regions(holder)
	msg := sprintf("%v: account_aggregation_source.all_regions must be true.", [found.address])
}

tf_holders_a_config_aggregator_all_regions(body) := [holder |
	some holder in tf_bodies_config_aggregator_all_regions(body.account_aggregation_source)
]

tf_values_a_config_aggregator_all_regions(holder) := [value |
	value := holder.all_regions
	value != null
]

tf_right_a_config_aggregator_all_regions(holder) if {
	some value in tf_values_a_config_aggregator_all_regions(holder)
	value in {true, "true"}
}

tf_open_a_config_aggregator_all_regions(holder) if {
	some value in tf_values_a_config_aggregator_all_regions(holder)
	tf_is_expression_config_aggregator_all_regions(value)
}

deny_config_aggregator_all_regions contains {"msg": msg, "details": {"address": found.address}} if {
	some found in tf_resources_config_aggregator_all_regions("aws_config_configuration_aggregator")
	not found.body.count == 0
	some holder in tf_holders_b_config_aggregator_all_regions(found.body)
	not tf_right_b_config_aggregator_all_regions(holder)
	not tf_open_b_config_aggregator_all_regions(holder)
	msg := sprintf("%v: organization_aggregation_source.all_regions must be true.", [found.address])
}

tf_holders_b_config_aggregator_all_regions(body) := [holder |
	some holder in tf_bodies_config_aggregator_all_regions(body.organization_aggregation_source)
]

tf_values_b_config_aggregator_all_regions(holder) := [value |
	value := holder.all_regions
	value != null
]

tf_right_b_config_aggregator_all_regions(holder) if {
	some value in tf_values_b_config_aggregator_all_regions(holder)
	value in {true, "true"}
}

tf_open_b_config_aggregator_all_regions(holder) if {
	some value in tf_values_b_config_aggregator_all_regions(holder)
	tf_is_expression_config_aggregator_all_regions(value)
}

# Of one file; or of all that Conftest was given (--combine), which is the whole.
tf_resources_config_aggregator_all_regions(type) := [found |
	some list in [[{"type": type, "address": address, "folder": "", "whole": false, "body": body} |
		some name, value in input.resource[type]
		some body in tf_bodies_config_aggregator_all_regions(value)
		address := sprintf("%v.%v", [type, name])
	], [{"type": type, "address": address, "folder": tf_folder_config_aggregator_all_regions(file), "whole": true, "body": body} |
		some file in input
		some name, value in file.contents.resource[type]
		some body in tf_bodies_config_aggregator_all_regions(value)
		address := sprintf("%v.%v", [type, name])
	]]
	some found in list
]

tf_folder_config_aggregator_all_regions(file) := regex.replace(file.path, `[^/\\]*$`, "")

# A block may be an object or a list of them.
tf_bodies_config_aggregator_all_regions(value) := value if is_array(value)

tf_bodies_config_aggregator_all_regions(value) := [value] if is_object(value)

# What is not known here: a variable, another resource, a function, a template.
tf_is_expression_config_aggregator_all_regions(value) if {
	is_string(value)
	regex.match(`[$%]\{`, value)
}

tf_is_expression_config_aggregator_all_regions(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(`[$%]\{`, item)
}
