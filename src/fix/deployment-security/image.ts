import { type ImageReference, parseImage } from '../../resources/images/index.ts'
import type { FixValues, Need } from '../fixer.ts'
import { containerConcern, refuse } from './concern.ts'

/** What is meant to run: `1.4.2`, `sha256:...` or `1.4.2@sha256:...`. */
interface Version {
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Which version runs is in the registry and the cluster, not in the repository: `values.images` supplies it. */
export const image = containerConcern({
  rules: ['k8s-image-tag', 'k8s-image-digest'],
  assess(container, { values }, { ruleId }) {
    const reference = parseImage(container.image)
    if (reference === undefined) return refuse(`${container.image} is no image reference`)
    const version = versionFor(reference, values)
    const wantsDigest = ruleId === 'k8s-image-digest'
    const known = version !== undefined && (!wantsDigest || version.digest !== undefined)
    const shown = version?.tag ?? version?.digest?.slice(0, 19)
    const goal = wantsDigest ? ' by digest' : known && shown !== undefined ? ` to ${shown}` : ''
    return {
      rank: 'C',
      title: `Pin the image of container ${container.name}${goal}`,
      reason: 'another version than the one that runs now would be a deployment',
      steps: ['`kubectl get pods -o jsonpath="{..imageID}"` says which digest runs now.'],
      ...(!known && { needs: [needFor(reference, wantsDigest)] }),
    }
  },
  change(container, { values }, draft) {
    const reference = parseImage(container.image)
    const version = reference === undefined ? undefined : versionFor(reference, values)
    if (reference === undefined || version === undefined) return
    draft.set(container.place.get('image'), pinned(container.image, reference, version))
    const policy = container.place.get('imagePullPolicy')
    // Always is the default of `latest` only: with another tag, nodes would no longer ask the registry.
    if (policy.absent && isFloating(reference) && version.digest === undefined) draft.set(policy, 'Always')
  },
})

function needFor({ repository, tag }: ImageReference, wantsDigest: boolean): Need {
  if (!wantsDigest) {
    return { key: `values.images.${repository}`, question: `Which tag or digest of ${repository} is meant to run?` }
  }
  const name = isVersionTag(tag) ? `${repository}:${tag}` : repository
  return { key: `values.images.${name}`, question: `Which digest (sha256:...) of ${name} is meant to run?` }
}

function pinned(text: string, { tag, digest }: ImageReference, version: Version): string {
  const suffix = (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
  const name = suffix === '' ? text : text.slice(0, -suffix.length)
  // A tag that says the version stays for people to read; the digest decides.
  const shown = version.tag ?? (isVersionTag(tag) ? tag : undefined)
  return name + (shown === undefined ? '' : `:${shown}`) + (version.digest === undefined ? '' : `@${version.digest}`)
}

function isFloating({ tag, digest }: ImageReference): boolean {
  return digest === undefined && !isVersionTag(tag)
}

function isVersionTag(tag: string | undefined): tag is string {
  return tag !== undefined && tag !== 'latest'
}

/**
 * What `values.images` says of `repository:tag`; else of the repository, as long as that is no other version than the
 * one that is written: a repository may run in several versions.
 */
function versionFor({ repository, tag }: ImageReference, { images }: FixValues): Version | undefined {
  if (typeof images !== 'object' || images === null) return undefined
  const exact = tag === undefined ? undefined : versionOf(Reflect.get(images, `${repository}:${tag}`))
  if (exact !== undefined) return exact
  const version = versionOf(Reflect.get(images, repository))
  return isVersionTag(tag) && version?.tag !== tag ? undefined : version
}

function versionOf(given: unknown): Version | undefined {
  if (typeof given !== 'string' || given === '') return undefined
  const match = /^(\w[\w.-]{0,127})?(?:(?:^|@)(sha256:[0-9a-f]{64}))?$/.exec(given)
  return match === null || match[1] === 'latest' ? undefined : { tag: match[1], digest: match[2] }
}
