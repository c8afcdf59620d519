# Pods stay out of the namespaces of their node (k8s-no-host-pid, k8s-no-host-ipc, k8s-no-host-network).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_host_namespaces := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_host_namespaces := input if sprintf("%v/%v", [api_group_no_host_namespaces, input.kind]) in kinds_no_host_namespaces

api_group_no_host_namespaces := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_host_namespaces := "" if not contains(input.apiVersion, "/")

parameters_no_host_namespaces := object.union({}, {
	"exemptImages": []
})

deny_no_host_namespaces contains {"msg": msg, "details": {"field": field}} if {
	some field in {"hostNetwork", "hostPID", "hostIPC"}
	pod_spec_no_host_namespaces[field] == true
	msg := sprintf("The pod shares a namespace of its node: remove %v.", [field])
}

pod_spec_no_host_namespaces := resource_no_host_namespaces.spec if resource_no_host_namespaces.kind == "Pod"

pod_spec_no_host_namespaces := resource_no_host_namespaces.template.spec if resource_no_host_namespaces.kind == "PodTemplate"

pod_spec_no_host_namespaces := resource_no_host_namespaces.spec.jobTemplate.spec.template.spec if resource_no_host_namespaces.kind == "CronJob"

pod_spec_no_host_namespaces := resource_no_host_namespaces.spec.template.spec if not resource_no_host_namespaces.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_host_namespaces contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_host_namespaces[field]
	not is_exempt_no_host_namespaces(container)
}

container_name_no_host_namespaces(container) := object.get(container, "name", "(without a name)")

is_exempt_no_host_namespaces(container) if {
	some pattern in parameters_no_host_namespaces.exemptImages
	image_matches_no_host_namespaces(container.image, pattern)
}

image_matches_no_host_namespaces(image, pattern) if image == pattern

image_matches_no_host_namespaces(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
