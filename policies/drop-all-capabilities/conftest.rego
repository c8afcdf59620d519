# Containers drop all capabilities (k8s-drop-all-capabilities, k8s-drop-net-raw, k8s-no-added-capabilities, k8s-no-sys-admin).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_drop_all_capabilities := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_drop_all_capabilities := input if sprintf("%v/%v", [api_group_drop_all_capabilities, input.kind]) in kinds_drop_all_capabilities

api_group_drop_all_capabilities := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_drop_all_capabilities := "" if not contains(input.apiVersion, "/")

parameters_drop_all_capabilities := object.union({}, {
	"exemptImages": [],
	"allowedCapabilities": [
		"NET_BIND_SERVICE"
	]
})

deny_drop_all_capabilities contains {"msg": msg, "details": {"container": container_name_drop_all_capabilities(container)}} if {
	some container in pod_containers_drop_all_capabilities
	is_bad_drop_all_capabilities(container)
	msg := sprintf("Container %v does not drop ALL capabilities, or adds one that is not allowed.", [container_name_drop_all_capabilities(container)])
}

is_bad_drop_all_capabilities(container) if not drops_all_drop_all_capabilities(container)

is_bad_drop_all_capabilities(container) if {
	some capability in container.securityContext.capabilities.add
	not capability in object.get(parameters_drop_all_capabilities, "allowedCapabilities", [])
}

drops_all_drop_all_capabilities(container) if {
	some capability in container.securityContext.capabilities.drop
	upper(capability) == "ALL"
}

pod_spec_drop_all_capabilities := resource_drop_all_capabilities.spec if resource_drop_all_capabilities.kind == "Pod"

pod_spec_drop_all_capabilities := resource_drop_all_capabilities.template.spec if resource_drop_all_capabilities.kind == "PodTemplate"

pod_spec_drop_all_capabilities := resource_drop_all_capabilities.spec.jobTemplate.spec.template.spec if resource_drop_all_capabilities.kind == "CronJob"

pod_spec_drop_all_capabilities := resource_drop_all_capabilities.spec.template.spec if not resource_drop_all_capabilities.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_drop_all_capabilities contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_drop_all_capabilities[field]
	not is_exempt_drop_all_capabilities(container)
}

container_name_drop_all_capabilities(container) := object.get(container, "name", "(without a name)")

is_exempt_drop_all_capabilities(container) if {
	some pattern in parameters_drop_all_capabilities.exemptImages
	image_matches_drop_all_capabilities(container.image, pattern)
}

image_matches_drop_all_capabilities(image, pattern) if image == pattern

image_matches_drop_all_capabilities(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
