import { findAttribute } from '../../edit/hcl/index.ts'
import { type Estate, oncePerEstateAnd, refersTo, withoutIndex } from '../../resources/estate.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { Reference, Value } from '../../resources/value.ts'

interface Mention {
  readonly by: Resource
  readonly reference: Reference
}

/** Every mention of a resource of a root module in another, by address without index. */
const mentions = oncePerEstateAnd((estate, root: string): ReadonlyMap<string, readonly Mention[]> => {
  const found = new Map<string, Mention[]>()
  for (const resource of estate.inRoot(root)) {
    if (resource.dormant || resource.type === 'module') continue
    for (const mention of mentionsIn(resource)) {
      const key = withoutIndex(mention.reference.address)
      const list = found.get(key)
      if (list) list.push(mention)
      else found.set(key, [mention])
    }
  }
  return found
})

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
  const users = (mentions(estate, resource.root).get(withoutIndex(resource.baseAddress)) ?? [])
    .filter(({ reference }) => refersTo(reference, resource))
    .map(({ by }) => by)
  return [...new Set(users)].toSorted((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0))
}

/** True if a resource needs another one of the same root module first, by a reference or `depends_on`, over any steps. */
export function dependsOn(estate: Estate, resource: TerraformResource, other: TerraformResource): boolean {
  if (resource.root !== other.root) return false
  return everythingBelow(estate, resource).has(other.baseAddress)
}

const everythingBelow = oncePerEstateAnd((estate, resource: TerraformResource): ReadonlySet<string> => {
  const found = new Set([resource.baseAddress])
  const waiting = [resource]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { baseAddress, ...rest } of needs(estate, next)) {
      if (found.has(baseAddress)) continue
      found.add(baseAddress)
      waiting.push({ baseAddress, ...rest })
    }
  }
  return found
})

function needs(estate: Estate, resource: TerraformResource): readonly TerraformResource[] {
  const named = mentionsIn(resource).flatMap(({ reference }) => estate.resolve(reference))
  const { source, modulePath, root } = resource
  const order = source === undefined ? undefined : findAttribute(source.block, 'depends_on')
  if (source === undefined || order === undefined) return named
  const text = source.document.text.slice(order.value.span.start, order.value.span.end)
  const after = [...text.matchAll(/((?:data\.)?[a-z]\w*)\.([\w-]+)/g)].flatMap(([, type = '', name = '']) =>
    estate.terraform(type, root).filter((one) => one.name === name && one.modulePath === modulePath),
  )
  return [...named, ...after]
}
