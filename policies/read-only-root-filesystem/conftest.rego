# Root filesystems are read-only (k8s-read-only-root-filesystem).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_read_only_root_filesystem := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_read_only_root_filesystem := input if sprintf("%v/%v", [api_group_read_only_root_filesystem, input.kind]) in kinds_read_only_root_filesystem

api_group_read_only_root_filesystem := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_read_only_root_filesystem := "" if not contains(input.apiVersion, "/")

parameters_read_only_root_filesystem := object.union({}, {
	"exemptImages": []
})

deny_read_only_root_filesystem contains {"msg": msg, "details": {"container": container_name_read_only_root_filesystem(container)}} if {
	some container in pod_containers_read_only_root_filesystem
	is_bad_read_only_root_filesystem(container)
	msg := sprintf("Container %v can write to its image: set readOnlyRootFilesystem to true.", [container_name_read_only_root_filesystem(container)])
}

is_bad_read_only_root_filesystem(container) if not container.securityContext.readOnlyRootFilesystem == true

pod_spec_read_only_root_filesystem := resource_read_only_root_filesystem.spec if resource_read_only_root_filesystem.kind == "Pod"

pod_spec_read_only_root_filesystem := resource_read_only_root_filesystem.template.spec if resource_read_only_root_filesystem.kind == "PodTemplate"

pod_spec_read_only_root_filesystem := resource_read_only_root_filesystem.spec.jobTemplate.spec.template.spec if resource_read_only_root_filesystem.kind == "CronJob"

pod_spec_read_only_root_filesystem := resource_read_only_root_filesystem.spec.template.spec if not resource_read_only_root_filesystem.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_read_only_root_filesystem contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_read_only_root_filesystem[field]
	not is_exempt_read_only_root_filesystem(container)
}

container_name_read_only_root_filesystem(container) := object.get(container, "name", "(without a name)")

is_exempt_read_only_root_filesystem(container) if {
	some pattern in parameters_read_only_root_filesystem.exemptImages
	image_matches_read_only_root_filesystem(container.image, pattern)
}

image_matches_read_only_root_filesystem(image, pattern) if image == pattern

image_matches_read_only_root_filesystem(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
