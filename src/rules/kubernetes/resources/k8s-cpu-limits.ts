import { resourceRule } from '../../shared/kubernetes-resources.ts'

export default resourceRule({
  id: 'k8s-cpu-limits',
  title: 'Containers cannot take all CPU time of a node',
  severity: 'low',
  severityReason:
    'A runaway or hijacked container (a coin miner, say) slows its neighbours down; their own reservations still hold.',
  controls: ['SC-5', 'SC-6'],
  sameAs: ['checkov:CKV_K8S_11', 'trivy:KSV-0011'],
  list: 'limits',
  resource: 'cpu',
  remediation:
    'Set `resources.limits.cpu` to the most that the container may take, or give the namespace a LimitRange.',
})
