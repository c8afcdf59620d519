# Containers say what they need and at most take (k8s-memory-limits, k8s-memory-requests, k8s-cpu-limits, k8s-cpu-requests).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_resources := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_require_resources := input if sprintf("%v/%v", [api_group_require_resources, input.kind]) in kinds_require_resources

api_group_require_resources := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_resources := "" if not contains(input.apiVersion, "/")

parameters_require_resources := object.union({}, {
	"exemptImages": [],
	"requests": [
		"cpu",
		"memory"
	],
	"limits": [
		"cpu",
		"memory"
	]
})

deny_require_resources contains {"msg": msg, "details": {"container": container_name_require_resources(container), "missing": missing}} if {
	some container in pod_containers_require_resources
	not is_ephemeral_require_resources(container)
	some kind in {"requests", "limits"}
	some resource_name in object.get(parameters_require_resources, kind, [])
	not container.resources[kind][resource_name]
	missing := sprintf("resources.%v.%v", [kind, resource_name])
	msg := sprintf("Container %v does not set %v.", [container_name_require_resources(container), missing])
}

# These cannot have any.
is_ephemeral_require_resources(container) if container in pod_spec_require_resources.ephemeralContainers

pod_spec_require_resources := resource_require_resources.spec if resource_require_resources.kind == "Pod"

pod_spec_require_resources := resource_require_resources.template.spec if resource_require_resources.kind == "PodTemplate"

pod_spec_require_resources := resource_require_resources.spec.jobTemplate.spec.template.spec if resource_require_resources.kind == "CronJob"

pod_spec_require_resources := resource_require_resources.spec.template.spec if not resource_require_resources.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_require_resources contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_require_resources[field]
	not is_exempt_require_resources(container)
}

container_name_require_resources(container) := object.get(container, "name", "(without a name)")

is_exempt_require_resources(container) if {
	some pattern in parameters_require_resources.exemptImages
	image_matches_require_resources(container.image, pattern)
}

image_matches_require_resources(image, pattern) if image == pattern

image_matches_require_resources(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
