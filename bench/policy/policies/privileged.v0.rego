package k8s.privileged

violation[{"msg": msg, "details": {}}] {
	c := input_containers[_]
	not is_exempt(c)
	c.securityContext.privileged
	msg := sprintf("Privileged container is not allowed: %v, securityContext: %v", [c.name, c.securityContext])
}

input_containers[c] {
	c := input.review.object.spec.containers[_]
}

input_containers[c] {
	c := input.review.object.spec.initContainers[_]
}

is_exempt(container) {
	images := object.get(object.get(input, "parameters", {}), "exemptImages", [])
	prefix := images[_]
	startswith(container.image, prefix)
}
