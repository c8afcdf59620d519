# Nothing is bound to cluster-admin (k8s-cluster-admin-binding).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_cluster_admin_binding := ["rbac.authorization.k8s.io/ClusterRoleBinding","rbac.authorization.k8s.io/RoleBinding"]

resource_no_cluster_admin_binding := input if sprintf("%v/%v", [api_group_no_cluster_admin_binding, input.kind]) in kinds_no_cluster_admin_binding

api_group_no_cluster_admin_binding := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_cluster_admin_binding := "" if not contains(input.apiVersion, "/")

parameters_no_cluster_admin_binding := object.union({}, {
	"allowedBindings": [
		"cluster-admin"
	]
})

deny_no_cluster_admin_binding contains {"msg": msg} if {
	resource_no_cluster_admin_binding.roleRef.kind == "ClusterRole"
	resource_no_cluster_admin_binding.roleRef.name == "cluster-admin"
	not object.get(resource_no_cluster_admin_binding.metadata, "name", "") in object.get(parameters_no_cluster_admin_binding, "allowedBindings", [])
	some subject in resource_no_cluster_admin_binding.subjects
	not subject.name == "system:masters"
	msg := sprintf("%v %v gives cluster-admin to %v.", [resource_no_cluster_admin_binding.kind, object.get(resource_no_cluster_admin_binding.metadata, "name", ""), object.get(subject, "name", "")])
}
