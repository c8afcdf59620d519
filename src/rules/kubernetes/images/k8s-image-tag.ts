import { isFilledIn, parseImage } from '../../../resources/images/reference.ts'
import { undecided } from '../../rule.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'
import { FILLED_IN, NO_IMAGE } from './open-images.ts'

export default containerRule({
  id: 'k8s-image-tag',
  title: 'Container images name a version',
  severity: 'medium',
  severityReason:
    'With `latest` nobody can say what runs or go back to it, and whoever can push to the repository changes production ' +
    'at the next restart. Pushing needs a credential first.',
  controls: ['CM-2', 'SI-7'],
  sameAs: ['checkov:CKV_K8S_14', 'trivy:KSV-0013'],
  version: '2',
  messages: {
    latest: 'Container {container} runs {image}: whatever that tag points at when the pod starts.',
    untagged: 'Container {container} runs {image} without a tag, which means latest.',
  },
  remediation: 'Name the version that is meant to run, best with its digest: `image: registry/name:1.4.2@sha256:...`.',
  *checkContainer(container) {
    const at = container.place.get('image')
    const image = at.string()
    if (image.kind === 'unknown') return yield undecided(at)
    if (image.kind === 'absent') return yield undecided(at, NO_IMAGE)
    const reference = parseImage(image.value)
    if (reference === undefined) return yield undecided(at, `${at.pathText} is no image reference`)
    if (reference.digest !== undefined) return
    if (isFilledIn(reference)) return yield undecided(at, FILLED_IN)
    const data = { ...containerData(container), image: image.value }
    if (reference.tag === undefined) yield { at, message: 'untagged', data }
    else if (reference.tag === 'latest') yield { at, message: 'latest', data }
  },
})
