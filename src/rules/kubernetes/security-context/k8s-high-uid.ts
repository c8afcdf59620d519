import { knownImage, serviceUser } from '../../../resources/images/index.ts'
import { pass, undecided } from '../../rule.ts'
import { containerData, containerRule, effectiveSetting, settingKey } from '../../shared/kubernetes-pods.ts'

/** Accounts of the node's own services and people lie below. */
const LOWEST = 10_000

export default containerRule({
  id: 'k8s-high-uid',
  title: "Containers run with a user ID that is no account's on the node",
  severity: 'low',
  severityReason:
    'The number matters only after an escape or on a shared host path: a process with UID 1000 then owns what the ' +
    "node's first login account owns.",
  controls: ['AC-6', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_40', 'trivy:KSV-0020'],
  version: '2',
  linuxOnly: true,
  messages: {
    low: 'Container {container} runs with user ID {uid}, which may be an account of the node.',
    missing: 'Container {container} leaves its user ID to the image, where it is usually low.',
  },
  remediation:
    'Set `runAsUser` to a number of 10000 or above, or `hostUsers: false`, which gives the pod user IDs of its own. The ' +
    'service account that an official image brings (999 of Postgres, say) is accepted, because the files of that image ' +
    'belong to it.',
  *checkContainer(container, pod, { estate }) {
    const nodeUsers = pod.spec.get('hostUsers').bool()
    if (nodeUsers.kind === 'known' && !nodeUsers.value) return yield pass('its user IDs are others on the node')
    const at = effectiveSetting(container, pod, 'runAsUser')
    const user = at.number()
    const data = containerData(container)
    // One key for both messages: pinning a low ID is still the same shortcoming.
    const key = settingKey('low-uid', at, container)
    if (user.kind === 'unknown') yield undecided(at)
    else if (user.kind === 'absent') yield { at, message: 'missing', data, key }
    else if (user.value < LOWEST) {
      const image = container.place.get('image').string()
      const own = image.kind === 'known' ? serviceUser(knownImage(estate, image.value)) : undefined
      if (user.value > 0 && own?.uid === user.value) return
      yield { at, message: 'low', data: { ...data, uid: user.value }, key }
    }
  },
})
