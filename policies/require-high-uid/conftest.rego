# User ids are above those of the node (k8s-high-uid).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_high_uid := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_require_high_uid := input if sprintf("%v/%v", [api_group_require_high_uid, input.kind]) in kinds_require_high_uid

api_group_require_high_uid := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_high_uid := "" if not contains(input.apiVersion, "/")

parameters_require_high_uid := object.union({}, {
	"exemptImages": [],
	"minimum": 10000
})

deny_require_high_uid contains {"msg": msg, "details": {"container": container_name_require_high_uid(container)}} if {
	some container in pod_containers_require_high_uid
	is_bad_require_high_uid(container)
	msg := sprintf("Container %v has no runAsUser, or a lower one than allowed.", [container_name_require_high_uid(container)])
}

is_bad_require_high_uid(container) if not has_high_user_require_high_uid(container)

has_high_user_require_high_uid(container) if user_of_require_high_uid(container) >= parameters_require_high_uid.minimum

user_of_require_high_uid(container) := container.securityContext.runAsUser

user_of_require_high_uid(container) := pod_spec_require_high_uid.securityContext.runAsUser if not has_user_require_high_uid(container)

has_user_require_high_uid(container) if is_number(container.securityContext.runAsUser)

pod_spec_require_high_uid := resource_require_high_uid.spec if resource_require_high_uid.kind == "Pod"

pod_spec_require_high_uid := resource_require_high_uid.template.spec if resource_require_high_uid.kind == "PodTemplate"

pod_spec_require_high_uid := resource_require_high_uid.spec.jobTemplate.spec.template.spec if resource_require_high_uid.kind == "CronJob"

pod_spec_require_high_uid := resource_require_high_uid.spec.template.spec if not resource_require_high_uid.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_require_high_uid contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_require_high_uid[field]
	not is_exempt_require_high_uid(container)
}

container_name_require_high_uid(container) := object.get(container, "name", "(without a name)")

is_exempt_require_high_uid(container) if {
	some pattern in parameters_require_high_uid.exemptImages
	image_matches_require_high_uid(container.image, pattern)
}

image_matches_require_high_uid(image, pattern) if image == pattern

image_matches_require_high_uid(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
