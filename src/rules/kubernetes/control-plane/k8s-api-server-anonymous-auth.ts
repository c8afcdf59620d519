import { undecided } from '../../rule.ts'
import { apiServerRule } from './api-server.ts'

export default apiServerRule({
  id: 'k8s-api-server-anonymous-auth',
  title: 'The API server refuses requests without identity',
  severity: 'medium',
  severityReason:
    'Anyone who reaches the port may ask as `system:anonymous`: by default only for the version and health, but one careless ' +
    'binding away from everything, and it is the first that an unknown flaw needs.',
  controls: ['AC-3', 'IA-2', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_68', 'trivy:KCV-0001'],
  messages: {
    on: 'The API server answers requests without identity (--anonymous-auth is not false).',
    unset: 'The API server sets no --anonymous-auth, so it answers requests without identity.',
  },
  remediation:
    'Set `--anonymous-auth=false`, or allow health checks alone with `anonymous.conditions` in an AuthenticationConfiguration. ' +
    'Load balancers and probes that ask `/livez` without credentials need the latter.',
  *checkServer(server) {
    const flag = server.flag('anonymous-auth')
    if (flag?.value?.toLowerCase() === 'false') return
    const file = server.flag('authentication-config')
    if (flag !== undefined) yield { at: flag.at, message: 'on', key: 'anonymous-auth' }
    else if (server.unknown !== undefined) yield undecided(server.unknown)
    else if (file !== undefined) yield undecided(file.at, 'the file that it names decides about anonymous requests')
    else yield { at: server.at, message: 'unset', key: 'anonymous-auth' }
  },
})
