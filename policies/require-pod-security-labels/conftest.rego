# Namespaces enforce a Pod Security Standard (k8s-pod-security-labels).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_require_pod_security_labels := ["/Namespace"]

resource_require_pod_security_labels := input if sprintf("%v/%v", [api_group_require_pod_security_labels, input.kind]) in kinds_require_pod_security_labels

api_group_require_pod_security_labels := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_require_pod_security_labels := "" if not contains(input.apiVersion, "/")

parameters_require_pod_security_labels := object.union({}, {
	"levels": [
		"baseline",
		"restricted"
	]
})

deny_require_pod_security_labels contains {"msg": msg} if {
	labels := object.get(resource_require_pod_security_labels.metadata, "labels", {})
	not object.get(labels, "pod-security.kubernetes.io/enforce", "") in object.get(parameters_require_pod_security_labels, "levels", [])
	not resource_require_pod_security_labels.metadata.name in {"kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"}
	msg := sprintf("Namespace %v does not enforce a Pod Security Standard.", [object.get(resource_require_pod_security_labels.metadata, "name", "")])
}
