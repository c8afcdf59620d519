# Roles name what they allow (k8s-rbac-wildcards).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_rbac_wildcards := ["rbac.authorization.k8s.io/Role","rbac.authorization.k8s.io/ClusterRole"]

resource_no_rbac_wildcards := input if sprintf("%v/%v", [api_group_no_rbac_wildcards, input.kind]) in kinds_no_rbac_wildcards

api_group_no_rbac_wildcards := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_rbac_wildcards := "" if not contains(input.apiVersion, "/")

parameters_no_rbac_wildcards := object.union({}, {
	"allowedRoles": [
		"cluster-admin"
	]
})

deny_no_rbac_wildcards contains {"msg": msg, "details": {"field": field}} if {
	not object.get(resource_no_rbac_wildcards.metadata, "name", "") in object.get(parameters_no_rbac_wildcards, "allowedRoles", [])
	some rule in resource_no_rbac_wildcards.rules
	some field in {"resources", "verbs", "apiGroups"}
	"*" in rule[field]
	msg := sprintf("%v %v allows * in %v.", [resource_no_rbac_wildcards.kind, object.get(resource_no_rbac_wildcards.metadata, "name", ""), field])
}
