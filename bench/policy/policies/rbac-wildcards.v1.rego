package rbac.wildcards

deny contains msg if {
	input.kind in {"Role", "ClusterRole"}
	some i, rule in input.rules
	"*" in rule.verbs
	not exempt(input.metadata.name)
	msg := sprintf("%s %s: rule %d allows every verb on %s", [input.kind, input.metadata.name, i, concat(", ", rule.resources)])
}

deny contains msg if {
	some i, rule in input.rules
	"*" in rule.resources
	not exempt(input.metadata.name)
	msg := sprintf("%s %s: rule %d covers every resource", [input.kind, input.metadata.name, i])
}

deny contains msg if {
	some i, rule in input.rules
	"secrets" in rule.resources
	some verb in rule.verbs
	verb in {"get", "list", "watch"}
	not rule.resourceNames
	msg := sprintf("%s %s: rule %d reads all secrets (%s)", [input.kind, input.metadata.name, i, verb])
}

exempt(name) if startswith(name, "system:")
