import { resourceRule } from '../../shared/kubernetes-resources.ts'

export default resourceRule({
  id: 'k8s-memory-requests',
  title: 'Containers reserve memory',
  severity: 'low',
  severityReason:
    'Without a reservation the container is among the first to be killed when its node runs short: availability only.',
  controls: ['SC-5', 'SC-6'],
  sameAs: ['checkov:CKV_K8S_12', 'trivy:KSV-0016'],
  list: 'requests',
  resource: 'memory',
  remediation:
    'Set `resources.requests.memory` to what the container uses in an ordinary hour (256Mi is a start), and measure.',
})
