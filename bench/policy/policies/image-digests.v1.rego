package images

import rego.v1

containers contains {"name": c.name, "image": c.image, "list": list} if {
	some list in ["containers", "initContainers", "ephemeralContainers"]
	some c in input.spec.template.spec[list]
}

deny contains msg if {
	some c in containers
	not regex.match(`@sha256:[0-9a-f]{64}$`, c.image)
	msg := sprintf("%s %q: image %q has no digest", [c.list, c.name, c.image])
}

deny contains msg if {
	some c in containers
	parts := split(split(c.image, "@")[0], ":")
	tag := parts[count(parts) - 1]
	tag in data.blockedTags
	msg := sprintf("%s %q: tag %q is blocked", [c.list, c.name, tag])
}

deny contains msg if {
	some c in containers
	every registry in data.allowedRegistries { not startswith(c.image, registry) }
	msg := sprintf("%s %q: %q comes from no allowed registry", [c.list, c.name, c.image])
}
