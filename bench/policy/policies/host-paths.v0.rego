package k8s.hostpaths

violation[{"msg": msg, "details": {}}] {
	volume := input.review.object.spec.volumes[_]
	has_field(volume, "hostPath")
	bad(volume)
	msg := sprintf("HostPath volume %v is not allowed, pod: %v. Allowed path: %v", [volume, input.review.object.metadata.name, input.parameters.allowedHostPaths])
}

has_field(object, field) {
	object[field]
}

bad(volume) {
	not allowed(volume)
}

allowed(volume) {
	path := input.parameters.allowedHostPaths[_]
	path_matches(path.pathPrefix, volume.hostPath.path)
	path.readOnly
	not writeable_mount(volume.name)
}

allowed(volume) {
	path := input.parameters.allowedHostPaths[_]
	not path.readOnly
	path_matches(path.pathPrefix, volume.hostPath.path)
}

path_matches(prefix, path) {
	a := split(trim(prefix, "/"), "/")
	b := split(trim(path, "/"), "/")
	prefix_matches(a, b)
}

prefix_matches(a, b) {
	count(a) <= count(b)
	not any_not_equal_upto(a, b, count(a))
}

any_not_equal_upto(a, b, n) {
	a[i] != b[i]
	i < n
}

writeable_mount(name) {
	c := input.review.object.spec.containers[_]
	m := c.volumeMounts[_]
	m.name == name
	not m.readOnly
}
