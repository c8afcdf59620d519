import { bindingFor, serviceAccount, serviceAccountName } from '../../resources/kubernetes/bindings.ts'
import { podTemplate } from '../../resources/kubernetes/workloads.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import { whyForeign } from '../shared/manifests.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'
import { type Leak, urlPassword } from './leaks.ts'

export const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn'

/** The credentials of one workload or ConfigMap: one secret in the store, one Secret in the cluster. */
export interface Bundle {
  readonly owner: KubernetesResource
  /** The namespace that it is deployed to, which its manifest need not name. */
  readonly namespace: string
  /** DNS label; the workload's name. */
  readonly name: string
  /** Name of the Kubernetes Secret and of its ExternalSecret. */
  readonly secretName: string
  /** Name in the store: `shop/backend`. */
  readonly remoteName: string
  readonly account: Account
  /** Keys of the secret in the store, in order. */
  readonly properties: string[]
  /** Keys of the Kubernetes Secret that are made of properties: the key and its template. */
  readonly templates: Map<string, string>
  /** The ExternalSecret that an earlier run made. */
  readonly existing: KubernetesResource | undefined
}

/** The ServiceAccount that may read the secret. */
interface Account {
  readonly name: string
  /** The one that is there and gets the role. */
  readonly existing: KubernetesResource | undefined
  /** True if the pods run as it from now on. */
  readonly forPods: boolean
}

/** Where a leaked value is found from now on. */
export interface Assignment {
  readonly leak: Leak
  readonly bundle: Bundle
  /** Of the Kubernetes Secret. */
  readonly key: string
}

/**
 * A place for every leaked value of one namespace: the same value is kept once, with the first workload that has it, so that
 * it is rotated in one place.
 */
export function assign(leaks: readonly Leak[], namespace: string, estate: Estate): readonly Assignment[] {
  const bundles = new Map<KubernetesResource, Bundle>()
  const known = new Map<string, { readonly bundle: Bundle; readonly key: string }>()
  const ordered = leaks.toSorted((a, b) => compare(a.resource.address, b.resource.address))
  return ordered.map((leak) => {
    const there = known.get(leak.value)
    if (there !== undefined) return { leak, ...there }
    const bundle = bundles.get(leak.resource) ?? newBundle(leak.resource, namespace, estate, [...bundles.values()])
    bundles.set(leak.resource, bundle)
    const key = addKey(bundle, leak, known)
    known.set(leak.value, { bundle, key })
    return { leak, bundle, key }
  })
}

function addKey(
  bundle: Bundle,
  leak: Leak,
  known: Map<string, { readonly bundle: Bundle; readonly key: string }>,
): string {
  const url = urlPassword(leak.value)
  const key = freeKey(bundle, leak.name)
  if (url === undefined) {
    bundle.properties.push(key)
    return key
  }
  // Only the password is secret: the rest of the URL stays readable, and the password is kept once.
  const same = known.get(url.password)
  let property = same?.bundle === bundle ? same.key : undefined
  if (property === undefined) {
    property = freeKey(bundle, `${leak.name.replace(/_?(?:URL|URI|DSN)$/i, '')}_PASSWORD`.replace(/^_/, ''))
    bundle.properties.push(property)
    known.set(url.password, { bundle, key: property })
  }
  bundle.templates.set(key, `${url.before}${templateOf(property)}${url.after}`)
  return key
}

/** How a template of External Secrets names a property. */
export function templateOf(property: string): string {
  return /^[A-Za-z_]\w*$/.test(property) ? `{{ .${property} }}` : `{{ index . "${property}" }}`
}

/** Another value of the same name, in another container, gets a number. */
function freeKey(bundle: Bundle, wanted: string): string {
  const clean = wanted.replace(/[^\w.-]/g, '_')
  const taken = new Set([...bundle.properties, ...bundle.templates.keys(), ...keysThere(bundle.existing)])
  for (let n = 1; ; n++) {
    const key = n === 1 ? clean : `${clean}_${n}`
    if (!taken.has(key)) return key
  }
}

function keysThere(external: KubernetesResource | undefined): readonly string[] {
  if (external === undefined) return []
  const spec = Place.of(external).get('spec')
  return [
    ...spec
      .get('data')
      .items()
      .map((item) => textAt(item.get('secretKey')) ?? ''),
    ...spec.get('target', 'template', 'data').keys(),
  ]
}

function newBundle(owner: KubernetesResource, namespace: string, estate: Estate, others: readonly Bundle[]): Bundle {
  const label = dnsLabel(owner.name) || owner.type.toLowerCase()
  const isTaken = others.some(({ name }) => name === label)
  const name = isTaken ? `${label}-${owner.type.toLowerCase()}` : label
  const existing = externalSecrets(estate, namespace).find(({ name: other }) => other === `${name}-credentials`)
  const isOurs = existing !== undefined && remoteKeyOf(existing) === `${namespace}/${name}`
  return {
    owner,
    namespace,
    name,
    secretName: isOurs ? existing.name : freeSecretName(`${name}-credentials`, namespace, estate),
    remoteName: `${namespace}/${name}`,
    account: accountFor(owner, name, namespace, { estate, others }),
    properties: [],
    templates: new Map(),
    existing: isOurs ? existing : undefined,
  }
}

function externalSecrets(estate: Estate, namespace: string): readonly KubernetesResource[] {
  return estate.kubernetes('ExternalSecret').filter((one) => deployedNamespace(one, estate) === namespace)
}

function remoteKeyOf(external: KubernetesResource): string | undefined {
  const [first] = Place.of(external).get('spec', 'data').items()
  return first === undefined ? undefined : textAt(first.get('remoteRef', 'key'))
}

function freeSecretName(wanted: string, namespace: string, estate: Estate): string {
  const taken = new Set(
    ['Secret', 'SealedSecret', 'ExternalSecret']
      .flatMap((kind) => [...estate.kubernetes(kind)])
      .filter((one) => deployedNamespace(one, estate) === namespace)
      .map(({ name }) => name),
  )
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!taken.has(name)) return name
  }
}

function accountFor(
  owner: KubernetesResource,
  name: string,
  namespace: string,
  { estate, others }: { readonly estate: Estate; readonly others: readonly Bundle[] },
): Account {
  const template = podTemplate(Place.of(owner))
  const accounts = estate.kubernetes('ServiceAccount').filter((one) => deployedNamespace(one, estate) === namespace)
  const isFree = (wanted: string): boolean => !accounts.some((account) => account.name === wanted)
  const used = template === undefined ? undefined : serviceAccountName(template.spec)
  if (used === 'default' && isFree(name)) return { name, existing: undefined, forPods: true }
  const own = accounts.find((account) => account.name === used && used !== 'default')
  // An account has one role, which reads one secret.
  const isTaken = others.some(({ account }) => account.existing === own)
  if (own !== undefined && !isTaken && whyForeign(own, estate) === undefined && roleOf(own) === undefined)
    return { name: own.name, existing: own, forPods: false }
  const apart = `${name}-secrets`
  const there = accounts.find((account) => account.name === apart)
  return { name: apart, existing: there, forPods: used === 'default' }
}

function roleOf(account: KubernetesResource): string | undefined {
  return textAt(Place.of(account).get('metadata', 'annotations', ROLE_ANNOTATION))
}

/** The binding that gives the pods rights today, and that they leave behind with the default ServiceAccount. */
export function lostBinding({ account, namespace }: Bundle, estate: Estate): KubernetesResource | undefined {
  if (!account.forPods) return undefined
  return bindingFor(estate, 'default', namespace)
}

/** What the default ServiceAccount brings along besides rights. */
export function defaultAccount({ account, namespace }: Bundle, estate: Estate): KubernetesResource | undefined {
  return account.forPods ? serviceAccount(estate, 'default', namespace) : undefined
}

function dnsLabel(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
