import { probeRule } from '../../shared/kubernetes-probes.ts'

export default probeRule({
  id: 'k8s-readiness-probe',
  title: 'Long-running containers have a readiness probe',
  severity: 'low',
  severityReason:
    'Requests reach a container that cannot answer yet, at every rollout: errors, and no gain for an attacker.',
  controls: ['CP-10', 'SC-5'],
  sameAs: ['checkov:CKV_K8S_9'],
  probe: 'readinessProbe',
  remediation:
    'Add a `readinessProbe` on an endpoint that answers once the container can serve, its database connection included.',
})
