import { undecided } from '../../rule.ts'
import { containerData, containerRule, effectiveSetting, settingKey } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-seccomp-profile',
  title: 'Containers run under a seccomp profile',
  severity: 'low',
  severityReason:
    'Without a profile all of the kernel is within reach of an attacker who already runs code in the container; the ' +
    'profile only shrinks that surface.',
  controls: ['CM-7', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_31', 'trivy:KSV-0030'],
  linuxOnly: true,
  messages: {
    unconfined: 'Container {container} runs with seccomp profile {profile}: no system call is filtered.',
    missing: 'Container {container} names no seccomp profile, so most clusters filter none of its system calls.',
  },
  remediation: 'Set `seccompProfile: {type: RuntimeDefault}` in the securityContext of the pod.',
  *checkContainer(container, pod) {
    const profileAt = effectiveSetting(container, pod, 'seccompProfile')
    const at = profileAt.get('type')
    const type = at.string()
    const data = containerData(container)
    if (type.kind === 'unknown') yield undecided(at)
    else if (type.kind === 'absent') {
      yield { at: profileAt, message: 'missing', data, key: settingKey('missing', profileAt, container) }
    } else if (type.value !== 'RuntimeDefault' && type.value !== 'Localhost') {
      const key = settingKey('unconfined', at, container)
      yield { at, message: 'unconfined', data: { ...data, profile: type.value }, key, severity: 'medium' }
    }
  },
})
