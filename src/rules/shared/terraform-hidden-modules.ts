import type { Estate } from '../../resources/estate.ts'
import { refersTo } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { Resource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'

/** True if any part of a value refers to a resource. */
export function mentions(value: Value, resource: Resource): boolean {
  if (resource.kind !== 'terraform') return false
  if (value.refs?.some((reference) => refersTo(reference, resource)) === true) return true
  if (value.kind === 'list') return value.items.some((item) => mentions(item, resource))
  return value.kind === 'map' && [...value.entries.values()].some((item) => mentions(item, resource))
}

/**
 * The call of a module that could not be read and that is given this resource: a companion that is looked for may be
 * inside it.
 */
export function hiddenModuleWith(resource: Resource, estate: Estate): Place | undefined {
  for (const { address, root } of estate.unavailableModules) {
    if (root !== resource.root) continue
    const calls = estate
      .terraform('module', root)
      .filter((call) => call.address === address || call.baseAddress === address)
    const given = calls.find((call) => mentions(call.value, resource))
    if (given !== undefined) return Place.of(given)
  }
  return undefined
}
