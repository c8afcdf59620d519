package network

edges[from] contains to if {
	some rule in input.rules
	from := rule.from
	some to in rule.to
}

reachable := {svc: r |
	some svc in input.services
	r := graph.reachable(edges, {svc})
}

deny contains msg if {
	some svc in input.exposed
	some target in reachable[svc]
	target in input.sensitive
	msg := sprintf("%s reaches %s", [svc, target])
}

deny contains msg if {
	some svc in input.services
	count(object.get(edges, svc, set())) > 5
	msg := sprintf("%s talks to more than five services", [svc])
}
