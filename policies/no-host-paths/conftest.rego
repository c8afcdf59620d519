# Pods mount no path of their node (k8s-no-host-path, k8s-no-container-socket).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_host_paths := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_host_paths := input if sprintf("%v/%v", [api_group_no_host_paths, input.kind]) in kinds_no_host_paths

api_group_no_host_paths := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_host_paths := "" if not contains(input.apiVersion, "/")

parameters_no_host_paths := object.union({}, {
	"exemptImages": [],
	"allowedPaths": []
})

deny_no_host_paths contains {"msg": msg, "details": {"volume": volume.name}} if {
	some volume in pod_spec_no_host_paths.volumes
	volume.hostPath
	not is_allowed_path_no_host_paths(object.get(volume.hostPath, "path", ""))
	msg := sprintf("Volume %v mounts a path of the node.", [volume.name])
}

is_allowed_path_no_host_paths(path) if {
	not contains(path, "..")
	some folder in parameters_no_host_paths.allowedPaths
	startswith(sprintf("%v/", [trim_suffix(path, "/")]), sprintf("%v/", [trim_suffix(folder, "/")]))
}

pod_spec_no_host_paths := resource_no_host_paths.spec if resource_no_host_paths.kind == "Pod"

pod_spec_no_host_paths := resource_no_host_paths.template.spec if resource_no_host_paths.kind == "PodTemplate"

pod_spec_no_host_paths := resource_no_host_paths.spec.jobTemplate.spec.template.spec if resource_no_host_paths.kind == "CronJob"

pod_spec_no_host_paths := resource_no_host_paths.spec.template.spec if not resource_no_host_paths.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_host_paths contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_host_paths[field]
	not is_exempt_no_host_paths(container)
}

container_name_no_host_paths(container) := object.get(container, "name", "(without a name)")

is_exempt_no_host_paths(container) if {
	some pattern in parameters_no_host_paths.exemptImages
	image_matches_no_host_paths(container.image, pattern)
}

image_matches_no_host_paths(image, pattern) if image == pattern

image_matches_no_host_paths(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
