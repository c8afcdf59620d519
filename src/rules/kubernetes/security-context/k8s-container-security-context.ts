import { undecided } from '../../rule.ts'
import { containerData, containerRule, isWindows } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-container-security-context',
  title: 'Every container has a security context',
  severity: 'low',
  severityReason:
    'An absent security context gives an attacker nothing by itself; it shows that nobody decided what the container may ' +
    'do, and the rules about each setting say what that leaves open.',
  controls: ['AC-6', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_30', 'trivy:KSV-0118'],
  version: '2',
  messages: {
    missing: 'Container {container} has no securityContext: it runs with whatever the runtime grants.',
    empty: 'The securityContext of container {container} is empty.',
  },
  remediation:
    'Give the container a `securityContext` with `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true` and ' +
    '`capabilities.drop: [ALL]`; the pod-wide one cannot hold these.',
  *checkContainer(container, pod) {
    // All that a container of Windows can be told about itself, its pod can say for it.
    if (isWindows(pod.spec) && pod.spec.get('securityContext', 'windowsOptions').isSet() === 'yes') return
    const at = container.place.get('securityContext')
    if (at.mayHaveMore()) yield undecided(at)
    else if (at.keys().length === 0) {
      yield { at, message: at.absent ? 'missing' : 'empty', data: containerData(container), key: 'securityContext' }
    }
  },
})
