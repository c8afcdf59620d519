import { parseImage } from '../../../resources/images/reference.ts'
import type { RuleDefinition } from '../../rule.ts'
import { type PodRule, podRule } from '../../shared/kubernetes-pods.ts'

export type ProductRule = Omit<PodRule<'image' | 'label'>, 'checkPod' | 'workloads' | 'linuxOnly'> & {
  /** Tells the product's images by repository (`kubernetesui/dashboard`); the tag may matter too. */
  isImage(repository: string, tag: string | undefined): boolean
  /** Sets of labels that the product's own manifests put on its pods; all labels of a set must be there. */
  readonly labels: readonly Readonly<Record<string, string>>[]
}

/** A product that should not run at all, told by its images or by the labels of its manifests. */
export function productRule(rule: ProductRule): RuleDefinition<'image' | 'label'> {
  const { isImage, labels, ...definition } = rule
  return podRule({
    ...definition,
    *checkPod(pod) {
      let found = false
      for (const { place, name } of pod.containers) {
        const at = place.get('image')
        // An image that is not known is some image: nothing points at this product.
        const image = at.value?.kind === 'string' ? at.value.value : ''
        const reference = parseImage(image)
        if (reference === undefined || !isImage(reference.repository.toLowerCase(), reference.tag)) continue
        found = true
        yield { at, message: 'image', data: { container: name, image } }
      }
      const label = found
        ? undefined
        : labels.find((set) => Object.entries(set).every(([key, value]) => textAt(key) === value))
      if (label === undefined) return
      const [key = ''] = Object.keys(label)
      yield { at: pod.metadata.get('labels', key), message: 'label', data: { label: `${key}: ${label[key] ?? ''}` } }

      function textAt(key: string): string | undefined {
        const { value } = pod.metadata.get('labels', key)
        return value?.kind === 'string' ? value.value : undefined
      }
    },
  })
}
