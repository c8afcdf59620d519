# Load balancers say who may reach them.
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_load_balancer_source_ranges := ["/Service"]

resource_load_balancer_source_ranges := input if sprintf("%v/%v", [api_group_load_balancer_source_ranges, input.kind]) in kinds_load_balancer_source_ranges

api_group_load_balancer_source_ranges := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_load_balancer_source_ranges := "" if not contains(input.apiVersion, "/")

parameters_load_balancer_source_ranges := object.union({}, {
	"allowedServices": []
})

deny_load_balancer_source_ranges contains {"msg": msg} if {
	resource_load_balancer_source_ranges.spec.type == "LoadBalancer"
	not is_allowed_service_load_balancer_source_ranges
	is_open_load_balancer_source_ranges
	msg := sprintf("Service %v takes connections from everywhere: set loadBalancerSourceRanges.", [object.get(resource_load_balancer_source_ranges.metadata, "name", "")])
}

is_open_load_balancer_source_ranges if count(object.get(resource_load_balancer_source_ranges.spec, "loadBalancerSourceRanges", [])) == 0

is_open_load_balancer_source_ranges if {
	some range in resource_load_balancer_source_ranges.spec.loadBalancerSourceRanges
	endswith(range, "/0")
}

is_allowed_service_load_balancer_source_ranges if {
	sprintf("%v/%v", [object.get(resource_load_balancer_source_ranges.metadata, "namespace", "default"), resource_load_balancer_source_ranges.metadata.name]) in parameters_load_balancer_source_ranges.allowedServices
}
