# Images come from known registries, by a tag that means something, or by digest (k8s-image-tag, k8s-image-digest).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_image_policy := ["/Pod","/PodTemplate","/ReplicationController","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob"]

resource_image_policy := input if sprintf("%v/%v", [api_group_image_policy, input.kind]) in kinds_image_policy

api_group_image_policy := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_image_policy := "" if not contains(input.apiVersion, "/")

parameters_image_policy := object.union({}, {
	"exemptImages": [],
	"allowedRegistries": [],
	"blockedTags": [
		"latest"
	],
	"requireDigests": false
})

deny_image_policy contains {"msg": msg, "details": {"container": container_name_image_policy(container)}} if {
	some container in pod_containers_image_policy
	some fault in image_faults_image_policy(object.get(container, "image", ""))
	msg := sprintf("Container %v: image %v %v.", [container_name_image_policy(container), object.get(container, "image", "(none)"), fault])
}

image_faults_image_policy(image) := {fault |
	some fault in {registry_fault_image_policy(image), tag_fault_image_policy(image), digest_fault_image_policy(image)}
	fault != ""
}

default registry_fault_image_policy(_) := ""

registry_fault_image_policy(image) := "is from a registry that is not allowed" if {
	count(object.get(parameters_image_policy, "allowedRegistries", [])) > 0
	not is_from_allowed_registry_image_policy(full_image_image_policy(image))
}

is_from_allowed_registry_image_policy(image) if {
	some registry in parameters_image_policy.allowedRegistries
	startswith(image, sprintf("%v/", [trim_suffix(registry, "/")]))
}

default tag_fault_image_policy(_) := ""

tag_fault_image_policy(image) := sprintf("has the blocked tag %v", [image_tag_image_policy(image)]) if {
	not contains(image, "@")
	image_tag_image_policy(image) in parameters_image_policy.blockedTags
}

default digest_fault_image_policy(_) := ""

digest_fault_image_policy(image) := "has no digest" if {
	parameters_image_policy.requireDigests == true
	not regex.match("@sha256:[0-9a-f]{64}$", image)
}

image_tag_image_policy(image) := split(last_part_image_policy(image), ":")[1]

image_tag_image_policy(image) := "latest" if not contains(last_part_image_policy(image), ":")

last_part_image_policy(image) := part if {
	parts := split(image, "/")
	part := parts[count(parts) - 1]
}

full_image_image_policy(image) := image if has_registry_image_policy(image)

full_image_image_policy(image) := sprintf("docker.io/%v", [image]) if {
	not has_registry_image_policy(image)
	contains(image, "/")
}

full_image_image_policy(image) := sprintf("docker.io/library/%v", [image]) if not contains(image, "/")

has_registry_image_policy(image) if {
	parts := split(image, "/")
	count(parts) > 1
	regex.match("[.:]|^localhost$", parts[0])
}

pod_spec_image_policy := resource_image_policy.spec if resource_image_policy.kind == "Pod"

pod_spec_image_policy := resource_image_policy.template.spec if resource_image_policy.kind == "PodTemplate"

pod_spec_image_policy := resource_image_policy.spec.jobTemplate.spec.template.spec if resource_image_policy.kind == "CronJob"

pod_spec_image_policy := resource_image_policy.spec.template.spec if not resource_image_policy.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers_image_policy contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec_image_policy[field]
	not is_exempt_image_policy(container)
}

container_name_image_policy(container) := object.get(container, "name", "(without a name)")

is_exempt_image_policy(container) if {
	some pattern in parameters_image_policy.exemptImages
	image_matches_image_policy(container.image, pattern)
}

image_matches_image_policy(image, pattern) if image == pattern

image_matches_image_policy(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
