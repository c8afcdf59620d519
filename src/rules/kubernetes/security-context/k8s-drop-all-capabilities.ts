import { pass, undecided } from '../../rule.ts'
import { capabilityList } from '../../shared/kubernetes-capabilities.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-drop-all-capabilities',
  title: 'Containers drop all Linux capabilities',
  severity: 'medium',
  severityReason:
    'The default set lets a container forge packets on the pod network (NET_RAW) and, as root, change the owner of ' +
    'files and open any of them. Useful to an attacker who is already inside, harmless before.',
  controls: ['AC-6', 'CM-7'],
  sameAs: ['checkov:CKV_K8S_37', 'trivy:KSV-0003'],
  version: '2',
  linuxOnly: true,
  messages: {
    kept: 'Container {container} drops some capabilities but not all of them.',
    missing: "Container {container} keeps the runtime's default capabilities, NET_RAW among them.",
  },
  remediation: 'Set `capabilities.drop: [ALL]` and add back only what the program is shown to need.',
  *checkContainer(container) {
    const { at, capabilities, unknown } = capabilityList(container, 'drop')
    if (capabilities.some(({ name }) => name === 'ALL')) {
      if (unknown !== undefined) yield pass('ALL is dropped, whatever else the list holds')
    } else if (unknown !== undefined) yield undecided(unknown)
    else
      yield { at, message: capabilities.length > 0 ? 'kept' : 'missing', data: containerData(container), key: 'drop' }
  },
})
