import { undecided } from '../../rule.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

export default podRule({
  id: 'k8s-pod-security-context',
  title: 'Pods have a security context, of their own or in every container',
  severity: 'low',
  severityReason:
    'An absent security context gives an attacker nothing by itself; it shows that nobody decided which user and which ' +
    'system calls the pod gets, and the rules about each setting say what that leaves open.',
  controls: ['AC-6', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_29', 'trivy:KSV-0118'],
  messages: {
    missing: 'Neither this pod nor all of its containers have a securityContext.',
  },
  remediation:
    'Set `securityContext` in the pod, with `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`: it holds for ' +
    'every container that does not say otherwise.',
  *checkPod(pod) {
    const at = pod.spec.get('securityContext')
    if (at.keys().length > 0) return
    if (at.mayHaveMore()) return yield undecided(at)
    const own = pod.containers.map((container) => container.place.get('securityContext'))
    const unknown = own.find((context) => context.mayHaveMore())
    if (own.some((context) => context.unknown === undefined && context.keys().length === 0) || own.length === 0) {
      yield { at, message: 'missing' }
    } else if (unknown !== undefined) yield undecided(unknown)
  },
})
