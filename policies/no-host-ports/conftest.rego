# Containers listen on no port of their node (k8s-no-host-port).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_host_ports := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_host_ports := input if sprintf("%v/%v", [api_group_no_host_ports, input.kind]) in kinds_no_host_ports

api_group_no_host_ports := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_host_ports := "" if not contains(input.apiVersion, "/")

parameters_no_host_ports := object.union({}, {
	"exemptImages": []
})

deny_no_host_ports contains {"msg": msg, "details": {"container": container_name_no_host_ports(container)}} if {
	some container in pod_containers_no_host_ports
	is_bad_no_host_ports(container)
	msg := sprintf("Container %v listens on a port of its node: remove hostPort.", [container_name_no_host_ports(container)])
}

is_bad_no_host_ports(container) if {
	some port in container.ports
	port.hostPort > 0
}

pod_spec_no_host_ports := resource_no_host_ports.spec if resource_no_host_ports.kind == "Pod"

pod_spec_no_host_ports := resource_no_host_ports.template.spec if resource_no_host_ports.kind == "PodTemplate"

pod_spec_no_host_ports := resource_no_host_ports.spec.jobTemplate.spec.template.spec if resource_no_host_ports.kind == "CronJob"

pod_spec_no_host_ports := resource_no_host_ports.spec.template.spec if not resource_no_host_ports.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_host_ports contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_host_ports[field]
	not is_exempt_no_host_ports(container)
}

container_name_no_host_ports(container) := object.get(container, "name", "(without a name)")

is_exempt_no_host_ports(container) if {
	some pattern in parameters_no_host_ports.exemptImages
	image_matches_no_host_ports(container.image, pattern)
}

image_matches_no_host_ports(image, pattern) if image == pattern

image_matches_no_host_ports(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
