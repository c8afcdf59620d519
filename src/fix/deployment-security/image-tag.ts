import { parseImage } from '../../resources/images/index.ts'
import type { FixValues } from '../fixer.ts'
import { containerConcern, refuse } from './concern.ts'
import type { WorkloadContainer } from './view.ts'

/** Which version runs is in the registry and the cluster, not in the repository: `values.images` supplies it. */
export const imageTag = containerConcern({
  rules: ['k8s-image-tag'],
  assess(container, { values }) {
    const repository = parseImage(container.image)?.repository
    if (repository === undefined) return refuse(`${container.image} is no image reference`)
    const version = versionFor(container, values)
    const title = `Pin the image of container ${container.name}${version === undefined ? '' : ` to ${version}`}`
    const ask = '`kubectl get pods -o jsonpath="{..imageID}"` says which digest runs now.'
    return {
      rank: 'C',
      title,
      reason: 'another version than the one that runs now would be a deployment',
      steps: [ask],
      ...(version === undefined && {
        needs: [
          { key: `values.images.${repository}`, question: `Which tag or digest of ${repository} is meant to run?` },
        ],
      }),
    }
  },
  change(container, { values }, draft) {
    const version = versionFor(container, values)
    if (version === undefined) return
    draft.set(container.place.get('image'), pinned(container.image, version))
    const policy = container.place.get('imagePullPolicy')
    // Always is the default of `latest` only: with another tag, nodes would no longer ask the registry.
    if (policy.absent && isFloating(container.image) && !isDigest(version)) draft.set(policy, 'Always')
  },
})

function pinned(image: string, version: string): string {
  const reference = parseImage(image)
  const name = reference?.tag === undefined ? image : image.slice(0, -(reference.tag.length + 1))
  return isDigest(version) ? `${name}@${version}` : `${name}:${version}`
}

function isFloating(image: string): boolean {
  const reference = parseImage(image)
  return reference?.digest === undefined && (reference?.tag === undefined || reference.tag === 'latest')
}

function isDigest(version: string): boolean {
  return version.startsWith('sha256:')
}

function versionFor(container: WorkloadContainer, values: FixValues): string | undefined {
  const repository = parseImage(container.image)?.repository
  const { images } = values
  if (repository === undefined || typeof images !== 'object' || images === null) return undefined
  const version: unknown = Reflect.get(images, repository)
  const isVersion = typeof version === 'string' && /^(?:sha256:[0-9a-f]{64}|\w[\w.-]{0,127})$/.test(version)
  return isVersion && version !== 'latest' ? version : undefined
}
