# Containers that go on running have probes (k8s-liveness-probe, k8s-readiness-probe).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_probes := ["apps/Deployment","apps/StatefulSet","apps/DaemonSet"]

resource_require_probes := input if sprintf("%v/%v", [api_group_require_probes, input.kind]) in kinds_require_probes

api_group_require_probes := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_probes := "" if not contains(input.apiVersion, "/")

parameters_require_probes := object.union({}, {
	"exemptImages": [],
	"probes": [
		"livenessProbe",
		"readinessProbe"
	]
})

deny_require_probes contains {"msg": msg, "details": {"container": container_name_require_probes(container), "missing": probe}} if {
	some container in pod_spec_require_probes.containers
	not is_exempt_require_probes(container)
	some probe in parameters_require_probes.probes
	not container[probe]
	msg := sprintf("Container %v has no %v.", [container_name_require_probes(container), probe])
}

pod_spec_require_probes := resource_require_probes.spec if resource_require_probes.kind == "Pod"

pod_spec_require_probes := resource_require_probes.template.spec if resource_require_probes.kind == "PodTemplate"

pod_spec_require_probes := resource_require_probes.spec.jobTemplate.spec.template.spec if resource_require_probes.kind == "CronJob"

pod_spec_require_probes := resource_require_probes.spec.template.spec if not resource_require_probes.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_require_probes contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_require_probes[field]
	not is_exempt_require_probes(container)
}

container_name_require_probes(container) := object.get(container, "name", "(without a name)")

is_exempt_require_probes(container) if {
	some pattern in parameters_require_probes.exemptImages
	image_matches_require_probes(container.image, pattern)
}

image_matches_require_probes(image, pattern) if image == pattern

image_matches_require_probes(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
