import { containers, podTemplate } from '../../resources/kubernetes/workloads.ts'
import type { Estate } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'
import type { Complaint, FixRefusal } from '../fixer.ts'
import { whyForeign } from '../shared/manifests.ts'

export const PLAINTEXT = 'k8s-no-plaintext-credentials'

/** A credential in a manifest: an environment variable of a container, or an entry of a ConfigMap. */
export interface Leak {
  readonly complaint: Complaint
  readonly resource: KubernetesResource
  /** The variable's or entry's name. */
  readonly name: string
  /** Never to be printed. */
  readonly value: string
  readonly kind: 'environment' | 'configuration'
  /** The item of `env`, or the entry of `data`. */
  readonly place: Place
}

export function leakOf(complaint: Complaint, estate: Estate): Leak | FixRefusal {
  const { at, key } = complaint
  const { resource } = at
  if (resource.kind !== 'kubernetes') return { code: 'no-fix', refused: `${resource.address} is no Kubernetes object` }
  const foreign = whyForeign(resource, estate)
  if (foreign !== undefined) return foreign
  const value = at.value === undefined ? undefined : asString(at.value)
  if (value === undefined) return { code: 'undecidable', refused: 'the value is not known' }
  if (resource.type === 'ConfigMap') return configurationLeak(complaint, resource, value)
  const item = at.parent
  if (item === undefined || at.path.at(-1) !== 'value')
    return { code: 'undecidable', refused: 'the variable cannot be told' }
  return { complaint, resource, name: key, value, kind: 'environment', place: item }
}

function configurationLeak(complaint: Complaint, resource: KubernetesResource, value: string): Leak | FixRefusal {
  const { at } = complaint
  const name = String(at.path.at(-1))
  if (complaint.key !== name) {
    const refused =
      `the credential is one line of the file ${name}: move the file into a Secret as a whole, made by an ExternalSecret whose ` +
      '`target.template` holds its other lines, and mount that in its place'
    return { code: 'no-fix', refused }
  }
  if (Place.of(resource).get('immutable').value?.kind === 'bool')
    return { code: 'no-fix', refused: 'the ConfigMap is immutable: make a new one without the entry' }
  return { complaint, resource, name, value, kind: 'configuration', place: at }
}

const AWS_KEY = /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/

/**
 * The leaks together with what moves along: the other half of an AWS key in the same container, and variables that share
 * the value by a YAML anchor.
 */
export function withPairs(leaks: readonly Leak[]): readonly Leak[] {
  const all = [...leaks]
  for (const leak of leaks) {
    const template = leak.kind === 'environment' ? podTemplate(Place.of(leak.resource)) : undefined
    if (template === undefined) continue
    for (const container of containers(template.spec)) {
      for (const place of container.place.get('env').items()) {
        const [name, value] = [place.get('name').value, place.get('value').value]
        if (name?.kind !== 'string' || value?.kind !== 'string' || value.value === '') continue
        const isThere = all.some((other) => other.resource === leak.resource && other.place.pathText === place.pathText)
        if (!isThere && (isOtherHalf(leak, place, name.value) || isShared(leak, value)))
          all.push({ ...leak, name: name.value, value: value.value, place })
      }
    }
  }
  return all
}

function isOtherHalf(leak: Leak, place: Place, name: string): boolean {
  return AWS_KEY.test(leak.name) && AWS_KEY.test(name) && leak.place.parent?.pathText === place.parent?.pathText
}

function isShared(leak: Leak, value: Value): boolean {
  const [own, other] = [leak.complaint.at.value?.origin, value.origin]
  return own?.language === 'yaml' && other?.language === 'yaml' && own.node === other.node
}

/** A URL with a password in it, taken apart around the password. */
export function urlPassword(
  value: string,
): { readonly before: string; readonly password: string; readonly after: string } | undefined {
  const groups = /^(?<before>[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)(?<password>[^\s/@]+)(?<after>@[^\s@]+)$/i.exec(
    value.trim(),
  )?.groups
  const { before, password, after } = groups ?? {}
  return before === undefined || password === undefined || after === undefined ? undefined : { before, password, after }
}
