import { hostNamespaceRule } from '../../shared/kubernetes-flags.ts'

export default hostNamespaceRule({
  id: 'k8s-no-host-network',
  title: "Pods do not use the node's network",
  severity: 'high',
  severityReason:
    "The pod reaches what listens on the node's loopback (kubelet, proxies) and the cloud's metadata service with the " +
    "node's credentials, and no NetworkPolicy applies to it.",
  controls: ['SC-7', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_19', 'trivy:KSV-0009'],
  setting: 'hostNetwork',
  messages: { shared: "hostNetwork puts this pod on its node's own network, outside every NetworkPolicy." },
  remediation:
    'Remove `hostNetwork` and publish the port with a Service; with it goes `dnsPolicy: ClusterFirstWithHostNet`.',
})
