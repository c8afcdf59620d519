# No passwords, tokens or keys in ConfigMaps and variables (k8s-no-plaintext-credentials).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_plaintext_credentials := ["/ConfigMap","/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_no_plaintext_credentials := input if sprintf("%v/%v", [api_group_no_plaintext_credentials, input.kind]) in kinds_no_plaintext_credentials

api_group_no_plaintext_credentials := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_plaintext_credentials := "" if not contains(input.apiVersion, "/")

parameters_no_plaintext_credentials := object.union({}, {
	"exemptImages": [],
	"words": [
		"password",
		"passwd",
		"secret",
		"token",
		"apikey",
		"privatekey",
		"accesskey",
		"credentials"
	],
	"allowedKeys": []
})

# Names only: a value that should not be there is not repeated in a message.
deny_no_plaintext_credentials contains {"msg": msg, "details": {"key": key}} if {
	resource_no_plaintext_credentials.kind == "ConfigMap"
	some field in {"data", "binaryData"}
	some key, _ in resource_no_plaintext_credentials[field]
	names_forbidden_no_plaintext_credentials(key)
	msg := sprintf("ConfigMap %v holds a credential under the key %v.", [object.get(resource_no_plaintext_credentials.metadata, "name", ""), key])
}

deny_no_plaintext_credentials contains {"msg": msg, "details": {"container": container_name_no_plaintext_credentials(container), "key": variable.name}} if {
	resource_no_plaintext_credentials.kind != "ConfigMap"
	some container in pod_containers_no_plaintext_credentials
	some variable in container.env
	object.get(variable, "value", "") != ""
	names_forbidden_no_plaintext_credentials(variable.name)
	msg := sprintf("Container %v takes a credential from the variable %v.", [container_name_no_plaintext_credentials(container), variable.name])
}

names_forbidden_no_plaintext_credentials(name) if {
	not name in object.get(parameters_no_plaintext_credentials, "allowedKeys", [])
	spaced := regex.replace(name, "([a-z0-9])([A-Z])", "${1}_${2}")
	parts := regex.split("[^a-z0-9]+", lower(spaced))
	some start, part in parts
	some word in {part, concat("", array.slice(parts, start, start + 2))}
	word in parameters_no_plaintext_credentials.words
}

pod_spec_no_plaintext_credentials := resource_no_plaintext_credentials.spec if resource_no_plaintext_credentials.kind == "Pod"

pod_spec_no_plaintext_credentials := resource_no_plaintext_credentials.template.spec if resource_no_plaintext_credentials.kind == "PodTemplate"

pod_spec_no_plaintext_credentials := resource_no_plaintext_credentials.spec.jobTemplate.spec.template.spec if resource_no_plaintext_credentials.kind == "CronJob"

pod_spec_no_plaintext_credentials := resource_no_plaintext_credentials.spec.template.spec if not resource_no_plaintext_credentials.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_no_plaintext_credentials contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_no_plaintext_credentials[field]
	not is_exempt_no_plaintext_credentials(container)
}

container_name_no_plaintext_credentials(container) := object.get(container, "name", "(without a name)")

is_exempt_no_plaintext_credentials(container) if {
	some pattern in parameters_no_plaintext_credentials.exemptImages
	image_matches_no_plaintext_credentials(container.image, pattern)
}

image_matches_no_plaintext_credentials(image, pattern) if image == pattern

image_matches_no_plaintext_credentials(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
