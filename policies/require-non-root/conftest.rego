# Containers do not run as root (k8s-run-as-non-root).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_non_root := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_require_non_root := input if sprintf("%v/%v", [api_group_require_non_root, input.kind]) in kinds_require_non_root

api_group_require_non_root := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_non_root := "" if not contains(input.apiVersion, "/")

parameters_require_non_root := object.union({}, {
	"exemptImages": []
})

deny_require_non_root contains {"msg": msg, "details": {"container": container_name_require_non_root(container)}} if {
	some container in pod_containers_require_non_root
	is_bad_require_non_root(container)
	msg := sprintf("Container %v may run as root: set runAsNonRoot to true, and no runAsUser of 0.", [container_name_require_non_root(container)])
}

is_bad_require_non_root(container) if not is_non_root_require_non_root(container)

is_bad_require_non_root(container) if user_of_require_non_root(container) == 0

is_non_root_require_non_root(container) if container.securityContext.runAsNonRoot == true

is_non_root_require_non_root(container) if {
	pod_spec_require_non_root.securityContext.runAsNonRoot == true
	not container.securityContext.runAsNonRoot == false
}

user_of_require_non_root(container) := container.securityContext.runAsUser

user_of_require_non_root(container) := pod_spec_require_non_root.securityContext.runAsUser if not has_user_require_non_root(container)

has_user_require_non_root(container) if is_number(container.securityContext.runAsUser)

pod_spec_require_non_root := resource_require_non_root.spec if resource_require_non_root.kind == "Pod"

pod_spec_require_non_root := resource_require_non_root.template.spec if resource_require_non_root.kind == "PodTemplate"

pod_spec_require_non_root := resource_require_non_root.spec.jobTemplate.spec.template.spec if resource_require_non_root.kind == "CronJob"

pod_spec_require_non_root := resource_require_non_root.spec.template.spec if not resource_require_non_root.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_require_non_root contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_require_non_root[field]
	not is_exempt_require_non_root(container)
}

container_name_require_non_root(container) := object.get(container, "name", "(without a name)")

is_exempt_require_non_root(container) if {
	some pattern in parameters_require_non_root.exemptImages
	image_matches_require_non_root(container.image, pattern)
}

image_matches_require_non_root(image, pattern) if image == pattern

image_matches_require_non_root(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
