import { resourceRule } from '../../shared/kubernetes-resources.ts'

export default resourceRule({
  id: 'k8s-memory-limits',
  title: 'Containers cannot take all memory of a node',
  severity: 'medium',
  severityReason:
    'One leak, or one request crafted to allocate, makes the kernel kill other containers of the node: an outage that ' +
    'anyone who reaches the container can cause. CPU shortage only slows, so that is low.',
  controls: ['SC-5', 'SC-6'],
  sameAs: ['checkov:CKV_K8S_13', 'trivy:KSV-0018'],
  list: 'limits',
  resource: 'memory',
  remediation:
    'Set `resources.limits.memory` above the highest use seen (512Mi is a start), or give the namespace a LimitRange.',
})
