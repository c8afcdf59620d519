package k8s.limits

missing(obj, field) {
	not obj[field]
}

missing(obj, field) {
	obj[field] == ""
}

canonify_cpu(orig) = new {
	is_number(orig)
	new := orig * 1000
}

canonify_cpu(orig) = new {
	not is_number(orig)
	endswith(orig, "m")
	new := to_number(replace(orig, "m", ""))
}

canonify_cpu(orig) = new {
	not is_number(orig)
	not endswith(orig, "m")
	re_match("^[0-9]+(\\.[0-9]+)?$", orig)
	new := to_number(orig) * 1000
}

mem_multiple("Ki") = 1024000

mem_multiple("Mi") = 1048576000

mem_multiple("Gi") = 1073741824000

mem_multiple("M") = 1000000000

mem_multiple("G") = 1000000000000

mem_multiple("") = 1000

suffix(mem) = s {
	count(mem) > 1
	s := substring(mem, count(mem) - 2, -1)
	mem_multiple(s)
}

suffix(mem) = s {
	s := substring(mem, count(mem) - 1, -1)
	mem_multiple(s)
	not two_letters(mem)
}

two_letters(mem) {
	mem_multiple(substring(mem, count(mem) - 2, -1))
}

canonify_mem(orig) = new {
	s := suffix(orig)
	raw := replace(orig, s, "")
	re_match("^[0-9]+(\\.[0-9]+)?$", raw)
	new := to_number(raw) * mem_multiple(s)
}

violation[{"msg": msg}] {
	container := input.review.object.spec.containers[_]
	missing(container.resources.limits, "cpu")
	msg := sprintf("container <%v> has no cpu limit", [container.name])
}

violation[{"msg": msg}] {
	container := input.review.object.spec.containers[_]
	cpu := canonify_cpu(container.resources.limits.cpu)
	max := canonify_cpu(input.parameters.cpu)
	cpu > max
	msg := sprintf("container <%v> cpu limit <%v> is higher than the maximum allowed of <%v>", [container.name, container.resources.limits.cpu, input.parameters.cpu])
}

violation[{"msg": msg}] {
	container := input.review.object.spec.containers[_]
	mem := canonify_mem(container.resources.limits.memory)
	max := canonify_mem(input.parameters.memory)
	mem > max
	msg := sprintf("container <%v> memory limit <%v> is higher than the maximum allowed of <%v>", [container.name, container.resources.limits.memory, input.parameters.memory])
}
