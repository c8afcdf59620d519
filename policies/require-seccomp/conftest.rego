# A seccomp profile is set (k8s-seccomp-profile).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_seccomp := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_require_seccomp := input if sprintf("%v/%v", [api_group_require_seccomp, input.kind]) in kinds_require_seccomp

api_group_require_seccomp := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_seccomp := "" if not contains(input.apiVersion, "/")

parameters_require_seccomp := object.union({}, {
	"exemptImages": []
})

deny_require_seccomp contains {"msg": msg, "details": {"container": container_name_require_seccomp(container)}} if {
	some container in pod_containers_require_seccomp
	is_bad_require_seccomp(container)
	msg := sprintf("Container %v runs without a seccomp profile: set seccompProfile.type to RuntimeDefault.", [container_name_require_seccomp(container)])
}

is_bad_require_seccomp(container) if not has_seccomp_require_seccomp(container)

has_seccomp_require_seccomp(container) if seccomp_type_require_seccomp(container) in {"RuntimeDefault", "Localhost"}

seccomp_type_require_seccomp(container) := container.securityContext.seccompProfile.type

seccomp_type_require_seccomp(container) := pod_spec_require_seccomp.securityContext.seccompProfile.type if not container.securityContext.seccompProfile.type

pod_spec_require_seccomp := resource_require_seccomp.spec if resource_require_seccomp.kind == "Pod"

pod_spec_require_seccomp := resource_require_seccomp.template.spec if resource_require_seccomp.kind == "PodTemplate"

pod_spec_require_seccomp := resource_require_seccomp.spec.jobTemplate.spec.template.spec if resource_require_seccomp.kind == "CronJob"

pod_spec_require_seccomp := resource_require_seccomp.spec.template.spec if not resource_require_seccomp.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_require_seccomp contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_require_seccomp[field]
	not is_exempt_require_seccomp(container)
}

container_name_require_seccomp(container) := object.get(container, "name", "(without a name)")

is_exempt_require_seccomp(container) if {
	some pattern in parameters_require_seccomp.exemptImages
	image_matches_require_seccomp(container.image, pattern)
}

image_matches_require_seccomp(image, pattern) if image == pattern

image_matches_require_seccomp(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
