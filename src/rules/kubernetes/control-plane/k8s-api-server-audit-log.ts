import { pass, undecided } from '../../rule.ts'
import { apiServerRule } from './api-server.ts'

export default apiServerRule({
  id: 'k8s-api-server-audit-log',
  title: 'The API server writes an audit log',
  severity: 'medium',
  severityReason:
    'Without it nobody can say who read which Secret or changed which workload, during an attack or after. It lets nobody in.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_K8S_91', 'trivy:KCV-0019'],
  messages: {
    missing: 'The API server keeps no audit log (--audit-log-path is not set).',
    noPolicy: 'The API server records no events in its audit log: --audit-policy-file is not set.',
  },
  remediation:
    'Set `--audit-policy-file` and `--audit-log-path`, mount both into the static pod, and set `--audit-log-maxage` to how ' +
    'long events must be kept. `--audit-webhook-config-file` sends them elsewhere instead.',
  *checkServer(server) {
    const path = server.flag('audit-log-path')
    const sink = path?.value === undefined || path.value === '' ? server.flag('audit-webhook-config-file') : path
    if (sink?.value !== undefined && sink.value !== '') {
      if (server.flag('audit-policy-file') !== undefined) yield pass('events go to a log by a policy')
      else if (server.unknown !== undefined) yield undecided(server.unknown)
      else yield { at: sink.at, message: 'noPolicy', key: 'audit-log' }
    } else if (server.unknown !== undefined) yield undecided(server.unknown)
    else yield { at: path?.at ?? server.at, message: 'missing', key: 'audit-log' }
  },
})
