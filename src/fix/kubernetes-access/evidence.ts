import type { YamlMapping } from '../../edit/yaml/data.ts'
import { containers, podTemplate, WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import { namespaceOf } from '../../resources/kubernetes/namespaces.ts'
import { type Estate, oncePerEstate } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'

/** A workload with the labels of its pods. */
export interface Pods {
  readonly workload: KubernetesResource
  readonly namespace: string
  /** False if nothing names the namespace: whoever applies the manifest may choose another than `default`. */
  readonly isPlaced: boolean
  readonly metadata: Place
  readonly labels: Readonly<Record<string, string>>
  /** Texts in which the names of other services stand: variables, arguments, and the ConfigMaps that it takes. */
  readonly texts: readonly string[]
}

/** Every workload's pods. */
export const allPods = oncePerEstate((estate): readonly Pods[] =>
  WORKLOAD_KINDS.flatMap((kind) => [...estate.kubernetes(kind)]).flatMap((workload) => {
    const template = podTemplate(Place.of(workload))
    const namespace = deployedNamespace(workload, estate)
    if (template === undefined || namespace === undefined) return []
    return [
      {
        workload,
        namespace,
        isPlaced: namespaceOf(Place.of(workload), estate).kind === 'known',
        metadata: template.metadata,
        labels: labelsAt(template.metadata.get('labels')),
        texts: textsOf(template.spec, namespace, estate),
      },
    ]
  }),
)

function labelsAt(place: Place): Readonly<Record<string, string>> {
  const entries = place.keys().flatMap((key): [string, string][] => {
    const { value } = place.get(key)
    const text = value === undefined ? undefined : asString(value)
    return text === undefined ? [] : [[key, text]]
  })
  return Object.fromEntries(entries)
}

function textsOf(spec: Place, namespace: string, estate: Estate): readonly string[] {
  const texts: string[] = []
  const maps = new Set<string>()
  for (const { place } of containers(spec)) {
    for (const list of [place.get('command'), place.get('args')])
      for (const { value } of list.items()) texts.push(value === undefined ? '' : (asString(value) ?? ''))
    for (const item of place.get('env').items()) {
      const { value } = item.get('value')
      if (value !== undefined) texts.push(asString(value) ?? '')
      maps.add(textAt(item.get('valueFrom', 'configMapKeyRef', 'name')) ?? '')
    }
    for (const source of place.get('envFrom').items()) maps.add(textAt(source.get('configMapRef', 'name')) ?? '')
  }
  for (const volume of spec.get('volumes').items()) maps.add(textAt(volume.get('configMap', 'name')) ?? '')
  for (const map of estate.kubernetes('ConfigMap')) {
    if (maps.has(map.name) && deployedNamespace(map, estate) === namespace)
      collect(map.value.entries.get('data'), texts)
  }
  return texts
}

function collect(value: Value | undefined, texts: string[]): void {
  if (value?.kind === 'map') for (const entry of value.entries.values()) collect(entry, texts)
  const text = value === undefined ? undefined : asString(value)
  if (text !== undefined) texts.push(text)
}

/** A Service with whom the project shows to use it. */
export interface ServiceUse {
  readonly service: KubernetesResource
  readonly namespace: string
  readonly selector: Readonly<Record<string, string>>
  readonly targets: readonly Pods[]
  /** Ports of the pods, as numbers or names. */
  readonly ports: readonly YamlMapping[]
  readonly sources: readonly Pods[]
  /** `everyone`: from outside of the cluster; `cluster`: from a controller in some namespace. */
  readonly open: 'everyone' | 'cluster' | undefined
}

/** Every Service that selects pods. */
export const serviceUses = oncePerEstate((estate) => readUses(estate, allPods(estate)))

function readUses(estate: Estate, pods: readonly Pods[]): readonly ServiceUse[] {
  return estate.kubernetes('Service').flatMap((service) => {
    const place = Place.of(service)
    const namespace = deployedNamespace(service, estate)
    const selector = labelsAt(place.get('spec', 'selector'))
    if (namespace === undefined || Object.keys(selector).length === 0) return []
    const targets = pods.filter((one) => one.namespace === namespace && carries(one.labels, selector))
    if (targets.length === 0) return []
    const sources = pods.filter((one) => !targets.includes(one) && mentions(one, service.name, namespace))
    return [
      {
        service,
        namespace,
        selector,
        targets,
        ports: portsOf(place),
        sources,
        open: openness(service, namespace, estate),
      },
    ]
  })
}

function carries(labels: Readonly<Record<string, string>>, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}

/** True if a text names the Service as a host: alone, in a URL, with a port, or with its namespace. */
function mentions({ texts, namespace }: Pods, service: string, of: string): boolean {
  const name = escape(service)
  const qualified = new RegExp(String.raw`(?<![\w.-])${name}\.${escape(of)}(?:\.svc(?:\.[\w.-]+)?)?(?![\w-])`)
  const bare = new RegExp(String.raw`^${name}$|(?:\/\/|@)${name}(?=[:/?]|$)|(?<![\w./-])${name}:\d`, 'm')
  const assigned = new RegExp(
    String.raw`(?:host|url|addr|server|endpoint)[\w.]*["']?\s*[=:]\s*["']?${name}(?![\w.-])`,
    'i',
  )
  return texts.some(
    (text) => qualified.test(text) || (namespace === of && (bare.test(text.trim()) || assigned.test(text))),
  )
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function portsOf(service: Place): readonly YamlMapping[] {
  return service
    .get('spec', 'ports')
    .items()
    .flatMap((port) => {
      const target = port.get('targetPort').absent ? port.get('port').value : port.get('targetPort').value
      const protocol = textAt(port.get('protocol'))
      const number = target?.kind === 'number' ? target.value : target?.kind === 'string' ? target.value : undefined
      if (number === undefined) return []
      return [{ ...(protocol !== undefined && protocol !== 'TCP' && { protocol }), port: number }]
    })
}

/** Ingress controllers that run as pods of the cluster; others send from outside of it. */
const IN_CLUSTER = /nginx|traefik|haproxy|kong|contour|istio|envoy/i

function openness(service: KubernetesResource, namespace: string, estate: Estate): ServiceUse['open'] {
  const type = textAt(Place.of(service).get('spec', 'type'))
  if (type === 'LoadBalancer' || type === 'NodePort') return 'everyone'
  if (isCalledByApiServer(service, namespace, estate)) return 'everyone'
  const routes = [...estate.kubernetes('Ingress'), ...estate.kubernetes('HTTPRoute')].filter(
    (route) => deployedNamespace(route, estate) === namespace && namesService(route.value, service.name),
  )
  if (routes.length === 0) return undefined
  const inside = routes.every((route) => {
    const place = Place.of(route)
    const annotation = place.get('metadata', 'annotations', 'kubernetes.io/ingress.class')
    return IN_CLUSTER.test(textAt(place.get('spec', 'ingressClassName')) ?? textAt(annotation) ?? '')
  })
  return inside ? 'cluster' : 'everyone'
}

/** The API server is no pod that a policy could name. */
function isCalledByApiServer(service: KubernetesResource, namespace: string, estate: Estate): boolean {
  const configurations = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'].flatMap(
    (kind) => [...estate.kubernetes(kind)],
  )
  return configurations.some(({ value }) => hasReference(value, service.name, namespace))
}

function hasReference(value: Value, name: string, namespace: string): boolean {
  if (value.kind === 'list') return value.items.some((item) => hasReference(item, name, namespace))
  if (value.kind !== 'map') return false
  const [own, of] = [value.entries.get('name'), value.entries.get('namespace')]
  if (own?.kind === 'string' && own.value === name && of?.kind === 'string' && of.value === namespace) return true
  return [...value.entries.values()].some((entry) => hasReference(entry, name, namespace))
}

/** True if a mapping below names the Service as a backend. */
function namesService(value: Value, name: string): boolean {
  if (value.kind === 'list') return value.items.some((item) => namesService(item, name))
  if (value.kind !== 'map') return false
  const [service, legacy] = [value.entries.get('service'), value.entries.get('serviceName')]
  const own = service?.kind === 'map' ? service.entries.get('name') : legacy
  if (own?.kind === 'string' && own.value === name) return true
  const references = value.entries.get('backendRefs')
  if (references?.kind === 'list') {
    const isNamed = references.items.some((item) => {
      const one = item.kind === 'map' ? item.entries.get('name') : undefined
      return one?.kind === 'string' && one.value === name
    })
    if (isNamed) return true
  }
  return [...value.entries.values()].some((entry) => namesService(entry, name))
}
