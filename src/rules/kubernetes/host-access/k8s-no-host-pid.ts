import { hostNamespaceRule } from '../../shared/kubernetes-flags.ts'

export default hostNamespaceRule({
  id: 'k8s-no-host-pid',
  title: "Pods do not share the node's process list",
  severity: 'high',
  severityReason:
    'Every process of the node becomes visible, with the environment and open files of those of the same user; as root ' +
    "that is every other pod's secrets.",
  controls: ['AC-6', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_17', 'trivy:KSV-0010'],
  linuxOnly: true,
  setting: 'hostPID',
  messages: { shared: 'hostPID lets this pod see, and signal, every process of its node.' },
  remediation: 'Remove `hostPID` (the default is false). Debugging a node needs it; an application does not.',
})
