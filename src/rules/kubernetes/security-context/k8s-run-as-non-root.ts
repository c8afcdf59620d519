import { pass, undecided } from '../../rule.ts'
import { containerData, containerRule, effectiveSetting, settingKey } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-run-as-non-root',
  title: 'Containers do not run as root',
  severity: 'medium',
  severityReason:
    'Root inside a container is root for the kernel too: a flaw in the kernel or the runtime, or a careless mount, then ' +
    'gives the node away. It needs that second flaw.',
  controls: ['AC-6', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_23', 'trivy:KSV-0012'],
  linuxOnly: true,
  messages: {
    root: 'Container {container} runs as root (runAsUser: 0).',
    allowed: 'Container {container} may run as root: runAsNonRoot is false.',
    missing: 'Nothing stops container {container} from running as root: neither runAsNonRoot nor runAsUser is set.',
  },
  remediation:
    'Set `runAsNonRoot: true` and a numeric `runAsUser` above 0 in the securityContext of the pod or the container, and ' +
    'make sure that user can read what the image holds.',
  *checkContainer(container, pod) {
    const userAt = effectiveSetting(container, pod, 'runAsUser')
    const user = userAt.number()
    const data = containerData(container)
    if (user.kind === 'known') {
      if (user.value === 0) yield { at: userAt, message: 'root', data, key: settingKey('root', userAt, container) }
      return
    }
    const flagAt = effectiveSetting(container, pod, 'runAsNonRoot')
    const flag = flagAt.bool()
    if (flag.kind === 'known' && flag.value) {
      if (user.kind === 'unknown') yield pass('runAsNonRoot keeps root out, whatever runAsUser turns out to be')
      return
    }
    if (user.kind === 'unknown') yield undecided(userAt)
    else if (flag.kind === 'unknown') yield undecided(flagAt)
    else if (flag.kind === 'known') {
      yield { at: flagAt, message: 'allowed', data, key: settingKey('allowed', flagAt, container) }
    } else yield { at: flagAt, message: 'missing', data }
  },
})
