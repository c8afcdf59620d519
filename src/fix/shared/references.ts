import { type Estate, refersTo, withoutIndex } from '../../resources/estate.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { Reference, Value } from '../../resources/value.ts'

interface Mention {
  readonly by: Resource
  readonly reference: Reference
}

const known = new WeakMap<Estate, ReadonlyMap<string, readonly Mention[]>>()

/** Every mention of a resource in another, by root and address without index; collected once for each reading. */
function mentions(estate: Estate): ReadonlyMap<string, readonly Mention[]> {
  const there = known.get(estate)
  if (there !== undefined) return there
  const found = new Map<string, Mention[]>()
  for (const resource of estate.resources) {
    if (resource.kind !== 'terraform' || resource.dormant || resource.type === 'module') continue
    for (const mention of mentionsIn(resource)) {
      const key = keyOf(mention.reference.root, mention.reference.address)
      const list = found.get(key)
      if (list) list.push(mention)
      else found.set(key, [mention])
    }
  }
  known.set(estate, found)
  return found
}

function keyOf(root: string, address: string): string {
  return `${root}\u0000${withoutIndex(address)}`
}

function mentionsIn(resource: Resource): readonly Mention[] {
  const references = new Map<string, Reference>()
  const waiting: Value[] = [resource.value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reference of next.refs ?? []) references.set(reference.address, reference)
    if (next.kind === 'list') waiting.push(...next.items)
    if (next.kind === 'map') waiting.push(...next.entries.values())
    if ((next.kind === 'string' || next.kind === 'unknown') && next.encodes !== undefined) waiting.push(next.encodes)
  }
  return [...references.values()].map((reference) => ({ by: resource, reference }))
}

/** What refers to the resource, each once, in order of the addresses; calls that only pass it on are left out. */
export function dependents(estate: Estate, resource: TerraformResource): readonly Resource[] {
  const users = (mentions(estate).get(keyOf(resource.root, resource.baseAddress)) ?? [])
    .filter(({ reference }) => refersTo(reference, resource))
    .map(({ by }) => by)
  return [...new Set(users)].toSorted((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
}
