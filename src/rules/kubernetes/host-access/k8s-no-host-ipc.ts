import { hostNamespaceRule } from '../../shared/kubernetes-flags.ts'

export default hostNamespaceRule({
  id: 'k8s-no-host-ipc',
  title: "Pods do not share the node's inter-process memory",
  severity: 'medium',
  severityReason:
    "Shared memory of the node's own programs can be read and changed, which matters where such programs use it " +
    '(databases, GPU services); few nodes run any.',
  controls: ['AC-6', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_18', 'trivy:KSV-0008'],
  linuxOnly: true,
  setting: 'hostIPC',
  messages: { shared: "hostIPC lets this pod read and change its node's shared memory and message queues." },
  remediation: 'Remove `hostIPC` (the default is false); containers of one pod share memory without it.',
})
