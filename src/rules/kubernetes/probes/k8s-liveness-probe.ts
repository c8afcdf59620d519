import { probeRule } from '../../shared/kubernetes-probes.ts'

export default probeRule({
  id: 'k8s-liveness-probe',
  title: 'Long-running containers have a liveness probe',
  severity: 'low',
  severityReason:
    'A container that hangs stays that way until somebody notices: an outage, and no gain for an attacker.',
  controls: ['CP-10', 'SC-5'],
  sameAs: ['checkov:CKV_K8S_8'],
  probe: 'livenessProbe',
  remediation:
    'Add a `livenessProbe` on an endpoint that answers as long as the process works. It must not depend on a database: ' +
    'restarting would not bring that back.',
})
