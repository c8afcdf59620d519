import type { Place } from '../../resources/place.ts'
import { type Outcome, type Problem, undecided } from '../rule.ts'

/** Where a resource's setting is written, and where it may be. */
export interface Settings {
  readonly certain: readonly Place[]
  /** Companions that may belong to another resource or may not exist. */
  readonly possible: readonly Place[]
}

/**
 * Judges each place of a setting; if there is none, says so, unless one that cannot be told apart may be it.
 * @param judge what is wrong with one setting
 * @param missing the problem if there is no setting at all; nothing if its absence is right
 */
export function* requireSetting<M extends string>(
  settings: Settings,
  judge: (setting: Place) => Iterable<Outcome<M>>,
  missing?: Problem<M>,
): Iterable<Outcome<M>> {
  for (const setting of settings.certain) yield* judge(setting)
  if (settings.certain.length > 0) return
  const [possible] = settings.possible
  if (possible !== undefined) yield undecided(possible, possibleReason(possible))
  else if (missing !== undefined) yield missing
}

function possibleReason(place: Place): string {
  const { unknown, resource, certain } = place
  if (unknown !== undefined) return unknown.reason
  if (!certain) return `${place.pathText} of ${resource.address} may not be there`
  return `whether ${resource.address} belongs to it is not known`
}

/** The outcomes, or one other in their place if any of them is a problem or undecided. */
export function* unlessExempt<M extends string>(
  outcomes: Iterable<Outcome<M>>,
  exemption: () => Outcome<M> | undefined,
): Iterable<Outcome<M>> {
  const all = [...outcomes]
  const failing = all.some(({ outcome }) => outcome === undefined || outcome === 'problem' || outcome === 'undecided')
  const exempt = failing ? exemption() : undefined
  if (exempt === undefined) yield* all
  else yield exempt
}
