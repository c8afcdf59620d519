import { imageBaseName, isFilledIn, parseImage } from '../../../resources/images/reference.ts'
import { undecided } from '../../rule.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'
import { FILLED_IN, NO_IMAGE } from './open-images.ts'

export default containerRule({
  id: 'k8s-image-digest',
  title: 'Container images are pinned by digest',
  severity: 'low',
  severityReason:
    'Who can push to the repository can move the tag, and the next pod that starts runs something else. That takes a ' +
    'credential of the registry, and most registries can forbid moving tags.',
  controls: ['CM-2', 'SI-7'],
  sameAs: ['checkov:CKV_K8S_43'],
  version: '2',
  messages: {
    unpinned: 'Container {container} runs {image}, whose tag can be moved to other content.',
  },
  remediation:
    'Add the digest to the tag, `registry/name:1.4.2@sha256:...`: the tag says the version to people, the digest decides. ' +
    'Let a bot such as Renovate move both.',
  *checkContainer(container) {
    const at = container.place.get('image')
    const image = at.string()
    if (image.kind === 'unknown') return yield undecided(at)
    if (image.kind === 'absent') return yield undecided(at, NO_IMAGE)
    const reference = parseImage(image.value)
    if (reference === undefined) return yield undecided(at, `${at.pathText} is no image reference`)
    // In `app:$TAG` it is the tag that is filled in, and no digest.
    if (isFilledIn(reference) && !/^[\w.-]+:/.test(imageBaseName(reference))) return yield undecided(at, FILLED_IN)
    if (reference.digest === undefined) {
      yield { at, message: 'unpinned', data: { ...containerData(container), image: image.value } }
    }
  },
})
