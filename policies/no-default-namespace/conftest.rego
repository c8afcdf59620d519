# Nothing of ours lives in the namespace default (k8s-default-namespace).
# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES
package main

import rego.v1

kinds_no_default_namespace := ["/Pod","/ReplicationController","/ConfigMap","/Secret","/Service","/ServiceAccount","apps/Deployment","apps/StatefulSet","apps/DaemonSet","apps/ReplicaSet","batch/Job","batch/CronJob","networking.k8s.io/Ingress"]

resource_no_default_namespace := input if sprintf("%v/%v", [api_group_no_default_namespace, input.kind]) in kinds_no_default_namespace

api_group_no_default_namespace := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")

api_group_no_default_namespace := "" if not contains(input.apiVersion, "/")

parameters_no_default_namespace := object.union({}, {})

deny_no_default_namespace contains {"msg": msg} if {
	object.get(resource_no_default_namespace.metadata, "namespace", "default") in {"default", ""}
	not is_own_no_default_namespace
	msg := sprintf("%v %v is in the namespace default.", [resource_no_default_namespace.kind, object.get(resource_no_default_namespace.metadata, "name", "")])
}

is_own_no_default_namespace if {
	sprintf("%v/%v", [resource_no_default_namespace.kind, resource_no_default_namespace.metadata.name]) in {
		"Service/kubernetes",
		"ServiceAccount/default",
		"ConfigMap/kube-root-ca.crt",
	}
}
