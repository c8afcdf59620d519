import { undecided } from '../../rule.ts'
import { capabilityList } from '../../shared/kubernetes-capabilities.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-no-sys-admin',
  title: 'Containers do not have CAP_SYS_ADMIN',
  severity: 'high',
  severityReason:
    'SYS_ADMIN mounts file systems and enters namespaces; published exploits turn it into root on the node in a few ' +
    'commands, so it counts as much as a privileged container.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_39', 'trivy:KSV-0005'],
  linuxOnly: true,
  messages: { added: 'Container {container} adds {capability}, which is close to being root on the node.' },
  remediation:
    'Remove SYS_ADMIN (or ALL) from `capabilities.add`; ask what single operation was meant and give only that.',
  *checkContainer(container) {
    const { capabilities, unknown } = capabilityList(container, 'add')
    if (unknown !== undefined) yield undecided(unknown)
    for (const { name, at } of capabilities) {
      if (name !== 'SYS_ADMIN' && name !== 'ALL') continue
      yield { at, message: 'added', data: { ...containerData(container), capability: name }, key: `added:${name}` }
    }
  },
})
