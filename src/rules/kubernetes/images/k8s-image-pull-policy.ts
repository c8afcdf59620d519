import { isFilledIn, parseImage } from '../../../resources/images/reference.ts'
import { type LocalFix, undecided } from '../../rule.ts'
import type { Place } from '../../../resources/place.ts'
import { inOwnFile } from '../../shared/kubernetes-fixes.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'
import { FILLED_IN, NO_IMAGE } from './open-images.ts'
import { alwaysPull } from './pull-policy-edit.ts'

export default containerRule({
  id: 'k8s-image-pull-policy',
  title: 'Nodes ask the registry before they start a container whose image can change',
  severity: 'low',
  severityReason:
    'A pod may run a private image that a node has kept, though its namespace has no credential for it, and a node may run ' +
    'an older image under the same tag. Both need rights in the cluster or a moved tag first.',
  controls: ['AC-3', 'CM-2', 'SI-7'],
  sameAs: ['checkov:CKV_K8S_15'],
  version: '2',
  messages: {
    cached: 'Container {container} runs {image} from the node without asking the registry (imagePullPolicy {policy}).',
    defaulted: 'Container {container} sets no imagePullPolicy, which for {image} means IfNotPresent.',
  },
  remediation:
    'Set `imagePullPolicy: Always`, or name the image by its digest. An image that the node has is not downloaded again: ' +
    'the registry only confirms the right to it and its digest.',
  *checkContainer(container) {
    const imageAt = container.place.get('image')
    // Under a digest a node can have one content only.
    if (imageAt.value?.kind === 'string' && parseImage(imageAt.value.value)?.digest !== undefined) return
    const at = container.place.get('imagePullPolicy')
    const policy = at.string()
    if (policy.kind === 'unknown') return yield undecided(at)
    if (policy.kind === 'known' && policy.value === 'Always') return
    const image = imageAt.string()
    const text = image.kind === 'known' ? image.value : 'its image'
    const data = { ...containerData(container), image: text }
    if (policy.kind === 'known') {
      const fix = always(container.place, container.name, policy.value === 'Never')
      return yield { at, message: 'cached', data: { ...data, policy: policy.value }, key: 'pull', fix }
    }
    if (image.kind === 'unknown') return yield undecided(imageAt, 'the default depends on a tag that is not known')
    if (image.kind === 'absent') return yield undecided(imageAt, NO_IMAGE)
    const reference = parseImage(image.value)
    if (reference === undefined) return yield undecided(imageAt, `${imageAt.pathText} is no image reference`)
    if (isFilledIn(reference)) return yield undecided(imageAt, FILLED_IN)
    // Kubernetes' default is Always for these two.
    if (reference.tag === undefined || reference.tag === 'latest') return
    yield { at, message: 'defaulted', data, key: 'pull', fix: always(container.place, container.name, false) }
  },
})

function always(container: Place, name: string, sideLoaded: boolean): LocalFix {
  const fix = {
    fixer: 'kubernetes-images',
    title: `Let container ${name} always ask the registry`,
    edits: inOwnFile(container, () => alwaysPull(container)),
  }
  if (!sideLoaded) return { ...fix, rank: 'D', minutes: 1 }
  const reason = 'with Never the image may exist on the nodes only, and then the pod no longer starts'
  return { ...fix, rank: 'C', minutes: 5, reason }
}
