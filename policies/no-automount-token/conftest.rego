# Pods get no API token that they did not ask for (k8s-service-account-token, k8s-default-service-account-token).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_automount_token := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_automount_token := input if sprintf("%v/%v", [api_group_no_automount_token, input.kind]) in kinds_no_automount_token

api_group_no_automount_token := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_automount_token := "" if not contains(input.apiVersion, "/")

parameters_no_automount_token := object.union({}, {
	"exemptImages": [],
	"allowedServiceAccounts": []
})

deny_no_automount_token contains {"msg": msg} if {
	not pod_spec_no_automount_token.automountServiceAccountToken == false
	not is_allowed_account_no_automount_token
	count(pod_containers_no_automount_token) > 0
	msg := "The pod mounts a token of the API: set automountServiceAccountToken to false."
}

is_allowed_account_no_automount_token if pod_spec_no_automount_token.serviceAccountName in parameters_no_automount_token.allowedServiceAccounts

pod_spec_no_automount_token := resource_no_automount_token.spec if resource_no_automount_token.kind == "Pod"

pod_spec_no_automount_token := resource_no_automount_token.template.spec if resource_no_automount_token.kind == "PodTemplate"

pod_spec_no_automount_token := resource_no_automount_token.spec.jobTemplate.spec.template.spec if resource_no_automount_token.kind == "CronJob"

pod_spec_no_automount_token := resource_no_automount_token.spec.template.spec if not resource_no_automount_token.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_automount_token contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_automount_token[field]
	not is_exempt_no_automount_token(container)
}

container_name_no_automount_token(container) := object.get(container, "name", "(without a name)")

is_exempt_no_automount_token(container) if {
	some pattern in parameters_no_automount_token.exemptImages
	image_matches_no_automount_token(container.image, pattern)
}

image_matches_no_automount_token(image, pattern) if image == pattern

image_matches_no_automount_token(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
