# No process gains more rights than its parent (k8s-no-privilege-escalation).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_privilege_escalation := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_privilege_escalation := input if sprintf("%v/%v", [api_group_no_privilege_escalation, input.kind]) in kinds_no_privilege_escalation

api_group_no_privilege_escalation := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_privilege_escalation := "" if not contains(input.apiVersion, "/")

parameters_no_privilege_escalation := object.union({}, {
	"exemptImages": []
})

deny_no_privilege_escalation contains {"msg": msg, "details": {"container": container_name_no_privilege_escalation(container)}} if {
	some container in pod_containers_no_privilege_escalation
	is_bad_no_privilege_escalation(container)
	msg := sprintf("Container %v may gain rights: set allowPrivilegeEscalation to false.", [container_name_no_privilege_escalation(container)])
}

is_bad_no_privilege_escalation(container) if not container.securityContext.allowPrivilegeEscalation == false

pod_spec_no_privilege_escalation := resource_no_privilege_escalation.spec if resource_no_privilege_escalation.kind == "Pod"

pod_spec_no_privilege_escalation := resource_no_privilege_escalation.template.spec if resource_no_privilege_escalation.kind == "PodTemplate"

pod_spec_no_privilege_escalation := resource_no_privilege_escalation.spec.jobTemplate.spec.template.spec if resource_no_privilege_escalation.kind == "CronJob"

pod_spec_no_privilege_escalation := resource_no_privilege_escalation.spec.template.spec if not resource_no_privilege_escalation.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_privilege_escalation contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_privilege_escalation[field]
	not is_exempt_no_privilege_escalation(container)
}

container_name_no_privilege_escalation(container) := object.get(container, "name", "(without a name)")

is_exempt_no_privilege_escalation(container) if {
	some pattern in parameters_no_privilege_escalation.exemptImages
	image_matches_no_privilege_escalation(container.image, pattern)
}

image_matches_no_privilege_escalation(image, pattern) if image == pattern

image_matches_no_privilege_escalation(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
