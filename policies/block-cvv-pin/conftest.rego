# No card verification values, PINs or track data in ConfigMaps and variables.
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_block_cvv_pin := ["/ConfigMap","/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_block_cvv_pin := input if sprintf("%v/%v", [api_group_block_cvv_pin, input.kind]) in kinds_block_cvv_pin

api_group_block_cvv_pin := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_block_cvv_pin := "" if not contains(input.apiVersion, "/")

parameters_block_cvv_pin := object.union({}, {
	"exemptImages": [],
	"words": [
		"cvv",
		"cvv2",
		"cvc",
		"cvc2",
		"cid",
		"cav2",
		"pin",
		"pinblock",
		"track1",
		"track2",
		"trackdata",
		"magstripe"
	],
	"allowedKeys": []
})

# Names only: a value that should not be there is not repeated in a message.
deny_block_cvv_pin contains {"msg": msg, "details": {"key": key}} if {
	resource_block_cvv_pin.kind == "ConfigMap"
	some field in {"data", "binaryData"}
	some key, _ in resource_block_cvv_pin[field]
	names_forbidden_block_cvv_pin(key)
	msg := sprintf("ConfigMap %v holds card data under the key %v.", [object.get(resource_block_cvv_pin.metadata, "name", ""), key])
}

deny_block_cvv_pin contains {"msg": msg, "details": {"container": container_name_block_cvv_pin(container), "key": variable.name}} if {
	resource_block_cvv_pin.kind != "ConfigMap"
	some container in pod_containers_block_cvv_pin
	some variable in container.env
	names_forbidden_block_cvv_pin(variable.name)
	msg := sprintf("Container %v takes card data from the variable %v.", [container_name_block_cvv_pin(container), variable.name])
}

names_forbidden_block_cvv_pin(name) if {
	not name in object.get(parameters_block_cvv_pin, "allowedKeys", [])
	spaced := regex.replace(name, "([a-z0-9])([A-Z])", "${1}_${2}")
	parts := regex.split("[^a-z0-9]+", lower(spaced))
	some start, part in parts
	some word in {part, concat("", array.slice(parts, start, start + 2))}
	word in parameters_block_cvv_pin.words
}

pod_spec_block_cvv_pin := resource_block_cvv_pin.spec if resource_block_cvv_pin.kind == "Pod"

pod_spec_block_cvv_pin := resource_block_cvv_pin.template.spec if resource_block_cvv_pin.kind == "PodTemplate"

pod_spec_block_cvv_pin := resource_block_cvv_pin.spec.jobTemplate.spec.template.spec if resource_block_cvv_pin.kind == "CronJob"

pod_spec_block_cvv_pin := resource_block_cvv_pin.spec.template.spec if not resource_block_cvv_pin.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_block_cvv_pin contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_block_cvv_pin[field]
	not is_exempt_block_cvv_pin(container)
}

container_name_block_cvv_pin(container) := object.get(container, "name", "(without a name)")

is_exempt_block_cvv_pin(container) if {
	some pattern in parameters_block_cvv_pin.exemptImages
	image_matches_block_cvv_pin(container.image, pattern)
}

image_matches_block_cvv_pin(image, pattern) if image == pattern

image_matches_block_cvv_pin(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
