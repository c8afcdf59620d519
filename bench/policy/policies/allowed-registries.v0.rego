package k8s.registries

violation[{"msg": msg}] {
	container := input_containers[_]
	not any_prefix(container.image)
	msg := sprintf("container <%v> uses image <%v>, which is from none of %v", [container.name, container.image, input.parameters.registries])
}

any_prefix(image) {
	startswith(image, input.parameters.registries[_])
}

input_containers[c] {
	c := input.review.object.spec.containers[_]
}

input_containers[c] {
	c := input.review.object.spec.initContainers[_]
}
