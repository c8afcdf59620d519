import { undecided } from '../../rule.ts'
import { capabilityList } from '../../shared/kubernetes-capabilities.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

/** Each of these alone is a known way to the node or to other pods' traffic. */
const NEARLY_ROOT: ReadonlySet<string> = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'NET_ADMIN',
  'PERFMON',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
])

export default containerRule({
  id: 'k8s-no-added-capabilities',
  title: 'Containers add no Linux capabilities',
  severity: 'medium',
  severityReason:
    'An added capability hands one piece of root to whoever breaks into the container; for those that amount to root ' +
    'on the node (SYS_PTRACE, SYS_MODULE, NET_ADMIN and a few more) the finding is high.',
  controls: ['AC-6', 'CM-7'],
  sameAs: ['checkov:CKV_K8S_25', 'trivy:KSV-0022'],
  linuxOnly: true,
  messages: { added: 'Container {container} adds the capability {capability}.' },
  remediation:
    'Remove it from `capabilities.add`. Only NET_BIND_SERVICE is accepted, as in the restricted Pod Security Standard.',
  *checkContainer(container) {
    const { capabilities, unknown } = capabilityList(container, 'add')
    if (unknown !== undefined) yield undecided(unknown)
    for (const { name, at } of capabilities) {
      if (name === 'NET_BIND_SERVICE') continue
      const data = { ...containerData(container), capability: name }
      const severity = NEARLY_ROOT.has(name) ? 'high' : 'medium'
      yield { at, message: 'added', data, key: `added:${name}`, severity }
    }
  },
})
