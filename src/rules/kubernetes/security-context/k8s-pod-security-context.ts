import type { Place, Tri } from '../../../resources/place.ts'
import { undecided } from '../../rule.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

/** What a pod decides for all of its containers; the other settings of a container's context exist there only. */
const SHARED_SETTINGS: readonly string[] = [
  'appArmorProfile',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
  'windowsOptions',
]

export default podRule({
  id: 'k8s-pod-security-context',
  title: 'Pods say which user they run as or what confines them, for all containers or in each',
  severity: 'low',
  severityReason:
    'An absent security context gives an attacker nothing by itself; it shows that nobody decided which user and which ' +
    'system calls the pod gets, and the rules about each setting say what that leaves open.',
  controls: ['AC-6', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_29', 'trivy:KSV-0118'],
  version: '2',
  messages: {
    missing:
      'This pod has no securityContext, and not all of its containers say for themselves which user they run as or what ' +
      'confines them.',
  },
  remediation:
    'Set `securityContext` in the pod, with `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`: it holds for ' +
    'every container that does not say otherwise.',
  *checkPod(pod) {
    const at = pod.spec.get('securityContext')
    if (at.keys().length > 0) return
    if (at.mayHaveMore()) return yield undecided(at)
    const own = pod.containers.map((container) => container.place.get('securityContext'))
    const verdicts = own.map(decides)
    const unknown = own[verdicts.indexOf('unknown')]
    if (own.length === 0 || verdicts.includes('no')) yield { at, message: 'missing' }
    else if (unknown !== undefined) yield undecided(unknown)
  },
})

/** Whether a container's own context takes the place of the pod's. */
function decides(context: Place): Tri {
  const set = SHARED_SETTINGS.map((name) => context.get(name).isSet())
  if (set.includes('yes')) return 'yes'
  return context.mayHaveMore() || set.includes('unknown') ? 'unknown' : 'no'
}
