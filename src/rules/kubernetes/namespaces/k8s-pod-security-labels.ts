import { defineRule, notApplicable, undecided } from '../../rule.ts'

const SYSTEM: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease'])
const LEVELS: ReadonlySet<string> = new Set(['baseline', 'restricted'])

export default defineRule({
  id: 'k8s-pod-security-labels',
  title: 'Namespaces enforce a Pod Security Standard',
  severity: 'medium',
  severityReason:
    'Without the label anyone who may create a pod in the namespace may create a privileged one, and so own its node. ' +
    'Creating pods is a right that the attacker has to have already.',
  controls: ['AC-6', 'CM-6', 'CM-7'],
  sameAs: [],
  kind: 'kubernetes',
  resources: ['Namespace'],
  messages: {
    notEnforced:
      'Namespace {namespace} enforces no Pod Security Standard: its labels keep no pod out, not even a privileged one.',
    noWarning: 'Namespace {namespace} warns nobody about pods that break the restricted Pod Security Standard.',
  },
  remediation:
    'Label the namespace `pod-security.kubernetes.io/warn: restricted`, bring its workloads in line, then add ' +
    '`pod-security.kubernetes.io/enforce` with `baseline` or `restricted`.',
  *check(namespace) {
    const name = namespace.resource.name
    if (SYSTEM.has(name)) return yield notApplicable('the cluster runs its own privileged pods here')
    const labels = namespace.get('metadata', 'labels')
    const enforceAt = labels.get('pod-security.kubernetes.io/enforce')
    const enforce = enforceAt.string()
    if (enforce.kind === 'unknown') return yield undecided(enforceAt)
    if (enforce.kind === 'known' && LEVELS.has(enforce.value)) return
    yield { at: enforceAt, message: 'notEnforced', data: { namespace: name } }
    const warnAt = labels.get('pod-security.kubernetes.io/warn')
    const warn = warnAt.string()
    if (warn.kind === 'unknown' || (warn.kind === 'known' && LEVELS.has(warn.value))) return
    yield { at: warnAt, message: 'noWarning', data: { namespace: name }, severity: 'low' }
  },
})
