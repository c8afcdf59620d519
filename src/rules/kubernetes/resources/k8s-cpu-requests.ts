import { resourceRule } from '../../shared/kubernetes-resources.ts'

export default resourceRule({
  id: 'k8s-cpu-requests',
  title: 'Containers reserve CPU time',
  severity: 'low',
  severityReason:
    'Without a reservation a busy neighbour starves the container; that costs availability and tells an attacker nothing.',
  controls: ['SC-5', 'SC-6'],
  sameAs: ['checkov:CKV_K8S_10', 'trivy:KSV-0015'],
  list: 'requests',
  resource: 'cpu',
  remediation:
    'Set `resources.requests.cpu` to what the container uses in an ordinary hour (250m is a start), and measure.',
})
