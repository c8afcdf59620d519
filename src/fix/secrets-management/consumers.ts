import { type Container, containers, podTemplate, WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { FixRefusal } from '../fixer.ts'
import { whyForeign } from '../shared/manifests.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'
import { type Assignment } from './bundle.ts'
import { type Leak } from './leaks.ts'
import { containerOf, type Use } from './uses.ts'

/** The containers that take a leaked value, which are to take it from the Secret. */
export function usesFor({ leak, bundle, key }: Assignment, estate: Estate): readonly Use[] | FixRefusal {
  const secret = { secret: bundle.secretName, key }
  if (leak.kind === 'configuration') {
    const uses = usesOf(leak, estate)
    return 'refused' in uses ? uses : uses.map((use) => ({ ...use, ...secret }))
  }
  const container = containerOf(leak.place)
  if (container === undefined) return { code: 'undecidable', refused: 'the container cannot be told' }
  return [{ resource: leak.resource, container, name: leak.name, item: leak.place, ...secret }]
}

/** The workloads that take an entry of a ConfigMap. */
export function consumersOf(leak: Leak, estate: Estate): readonly KubernetesResource[] {
  if (leak.kind === 'environment') return [leak.resource]
  const uses = usesOf(leak, estate)
  return 'refused' in uses ? [] : [...new Set(uses.map(({ resource }) => resource))]
}

type ConfigMapUse = Omit<Use, 'secret' | 'key'>

function usesOf(leak: Leak, estate: Estate): readonly ConfigMapUse[] | FixRefusal {
  const uses: ConfigMapUse[] = []
  const map = leak.resource
  const namespace = deployedNamespace(map, estate)
  for (const resource of WORKLOAD_KINDS.flatMap((kind) => [...estate.kubernetes(kind)])) {
    const template = podTemplate(Place.of(resource))
    if (template === undefined || deployedNamespace(resource, estate) !== namespace) continue
    const mount = mountOf(template.spec, map.name, leak.name)
    if (mount) {
      const refused =
        `${resource.address} mounts the ConfigMap as files and would miss ${leak.name}: mount the Secret beside it, with a ` +
        '`projected` volume'
      return { code: 'no-fix', refused }
    }
    const own = containers(template.spec).flatMap((container) => usesIn(container, resource, map, leak.name))
    const foreign = own.length > 0 ? whyForeign(resource, estate) : undefined
    if (foreign !== undefined) return foreign
    uses.push(...own)
  }
  return uses
}

function usesIn(
  container: Container,
  resource: KubernetesResource,
  map: KubernetesResource,
  entry: string,
): readonly ConfigMapUse[] {
  const env = container.place.get('env')
  const uses: ConfigMapUse[] = []
  const from = { map, entry }
  for (const item of env.items()) {
    const source = item.get('valueFrom', 'configMapKeyRef')
    if (textAt(source.get('name')) !== map.name || textAt(source.get('key')) !== entry) continue
    const name = textAt(item.get('name'))
    if (name !== undefined) uses.push({ resource, container, name, item, from })
  }
  for (const source of container.place.get('envFrom').items()) {
    if (textAt(source.get('configMapRef', 'name')) !== map.name) continue
    const name = `${textAt(source.get('prefix')) ?? ''}${entry}`
    // A variable of its own wins over `envFrom`.
    if (env.items().some((item) => textAt(item.get('name')) === name)) continue
    uses.push({ resource, container, name, item: undefined, from })
  }
  return uses
}

/** True if a volume shows the entry as a file. */
function mountOf(spec: Place, map: string, entry: string): boolean {
  return spec
    .get('volumes')
    .items()
    .flatMap((volume) => [
      volume.get('configMap'),
      ...volume
        .get('projected', 'sources')
        .items()
        .map((source) => source.get('configMap')),
    ])
    .filter((source) => textAt(source.get('name')) === map)
    .some((source) => {
      const items = source.get('items').items()
      return items.length === 0 || items.some((item) => textAt(item.get('key')) === entry)
    })
}
