import type { Estate } from '../../resources/estate.ts'
import { mentions } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { Resource } from '../../resources/resource.ts'
import type { Confidence } from '../rule.ts'

/** The calls of modules that could not be read and that are given this resource. */
function hiddenModulesWith(resource: Resource, estate: Estate): readonly Place[] {
  return estate.unavailableIn(resource.root).flatMap(({ address }) =>
    estate
      .terraform('module', resource.root)
      .filter((call) => call.address === address || call.baseAddress === address)
      .filter((call) => mentions(call.value, resource))
      .map((call) => Place.of(call)),
  )
}

/**
 * The call of a module that could not be read and that is given this resource: a companion that is looked for may be
 * inside it.
 */
export function hiddenModuleWith(resource: Resource, estate: Estate): Place | undefined {
  return hiddenModulesWith(resource, estate)[0]
}

/** Where a companion may be out of sight. */
export interface HiddenCompanion {
  /** The module that is likely to hold it: its name or source says so. */
  readonly likely: readonly Place[]
  /** What a problem about its absence carries: any other module that gets the resource leaves a doubt. */
  readonly doubt: { readonly confidence?: Confidence }
}

/**
 * Tells modules that could not be read and that look like the companion from those that merely get the resource, as
 * most modules get the VPC that they build in.
 * @param about what the name or the source of a module says that holds the companion, such as `/flow[-_]?log/i`
 * @param argument what an argument is called by which a resource is handed over to be set up, such as `/^bucket$/`
 */
export function hiddenCompanion(resource: Resource, estate: Estate, about: RegExp, argument?: RegExp): HiddenCompanion {
  const modules = hiddenModulesWith(resource, estate)
  const hands = (call: Resource): boolean =>
    [...call.value.entries].some(([name, value]) => argument?.test(name) === true && mentions(value, resource))
  const likely = modules.filter(
    ({ resource: call }) => about.test(call.name) || about.test(sourceOf(call)) || hands(call),
  )
  return { likely, doubt: modules.length > likely.length ? { confidence: 'medium' } : {} }
}

function sourceOf(call: Resource): string {
  const source = call.value.entries.get('source')
  return source?.kind === 'string' ? source.value : ''
}
