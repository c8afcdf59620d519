import type { YamlChange, YamlData } from '../../edit/yaml/index.ts'
import { containers, podTemplate, WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { FixRefusal } from '../fixer.ts'
import { whyForeign } from '../shared/manifests.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'
import { type Assignment } from './bundle.ts'
import { type Leak } from './leaks.ts'

/** Changes by the object that they are made to. */
export type Changes = Map<KubernetesResource, YamlChange[]>

/** Lets everything that takes the value take it from the Secret, and removes it where it is written. */
export function takeFromSecret(assignment: Assignment, estate: Estate, changes: Changes): FixRefusal | undefined {
  const { leak, bundle, key } = assignment
  const reference = { secretKeyRef: { name: bundle.secretName, key } }
  if (leak.kind === 'environment') {
    add(changes, leak.resource, replaceValue(leak.place, 'value', reference))
    return undefined
  }
  const uses = usesOf(leak, estate)
  if ('refused' in uses) return uses
  for (const { resource, change } of uses.map((use) => ({ resource: use.resource, change: use.change(reference) })))
    add(changes, resource, change)
  add(changes, leak.resource, [{ op: 'delete', path: leak.place.path }])
  return undefined
}

/** The workloads that take an entry of a ConfigMap. */
export function consumersOf(leak: Leak, estate: Estate): readonly KubernetesResource[] {
  if (leak.kind === 'environment') return [leak.resource]
  const uses = usesOf(leak, estate)
  return 'refused' in uses ? [] : [...new Set(uses.map(({ resource }) => resource))]
}

interface Use {
  readonly resource: KubernetesResource
  readonly change: (reference: YamlData) => readonly YamlChange[]
}

function usesOf(leak: Leak, estate: Estate): readonly Use[] | FixRefusal {
  const uses: Use[] = []
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
    const own = containers(template.spec).flatMap(({ place }) => usesIn(place, resource, map.name, leak.name))
    const foreign = own.length > 0 ? whyForeign(resource, estate) : undefined
    if (foreign !== undefined) return foreign
    uses.push(...own)
  }
  return uses
}

function usesIn(container: Place, resource: KubernetesResource, map: string, entry: string): readonly Use[] {
  const env = container.get('env')
  const uses: Use[] = []
  for (const item of env.items()) {
    const from = item.get('valueFrom', 'configMapKeyRef')
    if (textAt(from.get('name')) !== map || textAt(from.get('key')) !== entry) continue
    uses.push({ resource, change: (reference) => replaceValue(item, 'valueFrom', reference) })
  }
  for (const source of container.get('envFrom').items()) {
    if (textAt(source.get('configMapRef', 'name')) !== map) continue
    const name = `${textAt(source.get('prefix')) ?? ''}${entry}`
    // A variable of its own wins over `envFrom`.
    if (env.items().some((item) => textAt(item.get('name')) === name)) continue
    uses.push({
      resource,
      change: (reference) => [{ op: 'append', path: env.path, value: { name, valueFrom: reference } }],
    })
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

/** `value` or an older `valueFrom` gives way to a reference. */
function replaceValue(item: Place, old: 'value' | 'valueFrom', reference: YamlData): readonly YamlChange[] {
  const set: YamlChange = { op: 'set', path: item.get('valueFrom').path, value: reference }
  return old === 'value' ? [{ op: 'delete', path: item.get('value').path }, set] : [set]
}

function add(changes: Changes, resource: KubernetesResource, more: readonly YamlChange[]): void {
  changes.set(resource, [...(changes.get(resource) ?? []), ...more])
}
