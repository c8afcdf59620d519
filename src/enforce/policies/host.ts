import { containerPolicy, container, specPolicy } from './pod-policy.ts'
import type { Policy } from './policy.ts'

/** What pods take from their node. */
export const HOST: readonly Policy[] = [
  specPolicy({
    name: 'no-host-namespaces',
    kind: 'K8sNoHostNamespaces',
    title: 'Pods stay out of the namespaces of their node',
    description: 'hostNetwork, hostPID and hostIPC are left out or false.',
    rules: ['k8s-no-host-pid', 'k8s-no-host-ipc', 'k8s-no-host-network'],
    action: 'deny',
    keep: { pod: ['hostNetwork', 'hostPID', 'hostIPC'] },
    rego: `
violation contains {"msg": msg, "details": {"field": field}} if {
	some field in {"hostNetwork", "hostPID", "hostIPC"}
	pod_spec[field] == true
	msg := sprintf("The pod shares a namespace of its node: remove %v.", [field])
}`.trim(),
    cel: {
      variables: [],
      validations: ['hostNetwork', 'hostPID', 'hostIPC'].map((field) => ({
        expression: `!has(variables.podSpec.${field}) || variables.podSpec.${field} == false`,
        messageExpression: `"The pod shares a namespace of its node: remove ${field}."`,
      })),
    },
    failing: [{ hostPID: true }, { hostNetwork: true }],
    passing: [{ hostNetwork: false }],
  }),
  specPolicy({
    name: 'no-host-paths',
    kind: 'K8sNoHostPaths',
    title: 'Pods mount no path of their node',
    description: 'A hostPath volume reads the files of the node, and its container runtime through the socket.',
    rules: ['k8s-no-host-path', 'k8s-no-container-socket'],
    action: 'deny',
    keep: { pod: ['volumes'] },
    properties: {
      allowedPaths: {
        type: 'array',
        description: 'Folders of the node that may be mounted, with what is below them.',
        items: { type: 'string' },
      },
    },
    parameters: { allowedPaths: [] },
    rego: `
violation contains {"msg": msg, "details": {"volume": volume.name}} if {
	some volume in pod_spec.volumes
	volume.hostPath
	not is_allowed_path(object.get(volume.hostPath, "path", ""))
	msg := sprintf("Volume %v mounts a path of the node.", [volume.name])
}

is_allowed_path(path) if {
	not contains(path, "..")
	some folder in parameters.allowedPaths
	startswith(sprintf("%v/", [trim_suffix(path, "/")]), sprintf("%v/", [trim_suffix(folder, "/")]))
}`.trim(),
    cel: {
      variables: [
        {
          name: 'allowedPaths',
          expression:
            'dyn(variables.params) != null && has(variables.params.allowedPaths) ? variables.params.allowedPaths : []',
        },
        {
          name: 'bad',
          expression:
            '(has(variables.podSpec.volumes) ? variables.podSpec.volumes : []).filter(v, has(v.hostPath) && ' +
            '!variables.allowedPaths.exists(p, !v.hostPath.path.contains("..") && (v.hostPath.path == p || ' +
            'v.hostPath.path.startsWith(p.endsWith("/") ? p : p + "/"))))',
        },
      ],
      validations: [
        {
          expression: 'size(variables.bad) == 0',
          messageExpression: '"Volume " + variables.bad.map(v, v.name).join(", ") + " mounts a path of the node."',
        },
      ],
    },
    differs: ['one message names all volumes at fault; the Rego twins give one per volume'],
    failing: [{ volumes: [{ name: 'socket', hostPath: { path: '/var/run/docker.sock' } }] }],
    passing: [{ volumes: [{ name: 'tmp', emptyDir: {} }] }],
  }),
  containerPolicy({
    name: 'no-host-ports',
    kind: 'K8sNoHostPorts',
    title: 'Containers listen on no port of their node',
    description: 'A hostPort goes around Services and network policies.',
    rules: ['k8s-no-host-port'],
    action: 'deny',
    keep: { container: ['ports'] },
    message: 'listens on a port of its node: remove hostPort.',
    bad: `
is_bad(container) if {
	some port in container.ports
	port.hostPort > 0
}`,
    celBad: 'has(c.ports) && c.ports.exists(p, has(p.hostPort) && p.hostPort > 0)',
    failing: { ports: [{ containerPort: 8080, hostPort: 8080 }] },
    passing: { ports: [{ containerPort: 8080 }] },
  }),
  specPolicy({
    name: 'no-automount-token',
    kind: 'K8sNoAutomountToken',
    title: 'Pods get no API token that they did not ask for',
    description:
      'automountServiceAccountToken is false; the few pods that call the API are in an excluded namespace or exempt.',
    rules: ['k8s-service-account-token', 'k8s-default-service-account-token'],
    action: 'warn',
    actionReason: 'A program that calls the API of Kubernetes stops working.',
    keep: { pod: ['automountServiceAccountToken', 'serviceAccountName'] },
    properties: {
      allowedServiceAccounts: {
        type: 'array',
        description: 'Service accounts, by name, whose pods call the API.',
        items: { type: 'string' },
      },
    },
    parameters: { allowedServiceAccounts: [] },
    rego: `
violation contains {"msg": msg} if {
	not pod_spec.automountServiceAccountToken == false
	not is_allowed_account
	count(pod_containers) > 0
	msg := "The pod mounts a token of the API: set automountServiceAccountToken to false."
}

is_allowed_account if pod_spec.serviceAccountName in parameters.allowedServiceAccounts`.trim(),
    cel: {
      variables: [
        {
          name: 'allowedServiceAccounts',
          expression:
            'dyn(variables.params) != null && has(variables.params.allowedServiceAccounts) ? variables.params.allowedServiceAccounts : []',
        },
      ],
      validations: [
        {
          expression:
            '(has(variables.podSpec.automountServiceAccountToken) && variables.podSpec.automountServiceAccountToken == false) || ' +
            'size(variables.containers) == 0 || ' +
            '(has(variables.podSpec.serviceAccountName) && variables.podSpec.serviceAccountName in variables.allowedServiceAccounts)',
          messageExpression: '"The pod mounts a token of the API: set automountServiceAccountToken to false."',
        },
      ],
    },
    differs: ['a ServiceAccount that switches the token off for its pods is not seen, here as in the twins'],
    failing: [{}, { automountServiceAccountToken: true }],
    passing: [{ automountServiceAccountToken: false, containers: [container('web', {})] }],
  }),
]
