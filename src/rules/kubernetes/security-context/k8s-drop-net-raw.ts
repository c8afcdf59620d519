import { pass, undecided } from '../../rule.ts'
import { capabilityList } from '../../shared/kubernetes-capabilities.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

const CHECKOV = 'checkov:CKV_K8S_28'

export default containerRule({
  id: 'k8s-drop-net-raw',
  title: 'Containers cannot forge packets (NET_RAW)',
  severity: 'medium',
  severityReason:
    'Whoever has broken into the container can answer ARP and DNS requests in the place of its neighbours on the node and ' +
    'read or change their traffic. It takes that break-in first, so it is not high.',
  controls: ['AC-6', 'CM-7', 'SC-7'],
  sameAs: [CHECKOV, 'trivy:KSV-0119'],
  version: '2',
  linuxOnly: true,
  messages: {
    kept: 'Container {container} keeps NET_RAW: what it drops does not include it.',
    missing: 'Container {container} keeps NET_RAW, which container runtimes grant by default.',
    added: 'Container {container} adds {capability}, and so has NET_RAW.',
  },
  remediation: 'Set `capabilities.drop: [ALL]`, or at least `[NET_RAW]`. `ping` works without it on current kernels.',
  *checkContainer(container) {
    const data = containerData(container)
    const added = capabilityList(container, 'add')
    const dropped = capabilityList(container, 'drop')
    const drops = (wanted: string): boolean => dropped.capabilities.some(({ name }) => name === wanted)
    if (drops('NET_RAW')) return yield pass('NET_RAW is dropped, whatever else the lists hold')
    // What is added comes after ALL was dropped.
    const back = added.capabilities.find(({ name }) => name === 'ALL' || name === 'NET_RAW')
    if (back !== undefined) {
      return yield { at: back.at, message: 'added', data: { ...data, capability: back.name }, key: 'added' }
    }
    if (added.unknown !== undefined) yield undecided(added.unknown)
    else if (drops('ALL')) yield pass('ALL is dropped, whatever else the list holds')
    else if (dropped.unknown !== undefined) yield undecided(dropped.unknown)
    else {
      const message = dropped.capabilities.length > 0 ? 'kept' : 'missing'
      // Trivy looks at what is added only.
      yield { at: dropped.at, message, data, key: 'drop', sameAs: [CHECKOV] }
    }
  },
})
