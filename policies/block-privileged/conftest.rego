# No container is privileged (k8s-no-privileged).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_block_privileged := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_block_privileged := input if sprintf("%v/%v", [api_group_block_privileged, input.kind]) in kinds_block_privileged

api_group_block_privileged := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_block_privileged := "" if not contains(input.apiVersion, "/")

parameters_block_privileged := object.union({}, {
	"exemptImages": []
})

deny_block_privileged contains {"msg": msg, "details": {"container": container_name_block_privileged(container)}} if {
	some container in pod_containers_block_privileged
	is_bad_block_privileged(container)
	msg := sprintf("Container %v is privileged: it is root on its node.", [container_name_block_privileged(container)])
}

is_bad_block_privileged(container) if container.securityContext.privileged == true

pod_spec_block_privileged := resource_block_privileged.spec if resource_block_privileged.kind == "Pod"

pod_spec_block_privileged := resource_block_privileged.template.spec if resource_block_privileged.kind == "PodTemplate"

pod_spec_block_privileged := resource_block_privileged.spec.jobTemplate.spec.template.spec if resource_block_privileged.kind == "CronJob"

pod_spec_block_privileged := resource_block_privileged.spec.template.spec if not resource_block_privileged.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_block_privileged contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_block_privileged[field]
	not is_exempt_block_privileged(container)
}

container_name_block_privileged(container) := object.get(container, "name", "(without a name)")

is_exempt_block_privileged(container) if {
	some pattern in parameters_block_privileged.exemptImages
	image_matches_block_privileged(container.image, pattern)
}

image_matches_block_privileged(image, pattern) if image == pattern

image_matches_block_privileged(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
