import { decide, type Place, type Reading } from '../../resources/place.ts'
import { type Outcome, type Problem, undecided } from '../rule.ts'

/** What an attribute must be. `holds` gets undefined for an absent one, so that it states the provider's default. */
export interface AttributeRequirement<T, M extends string> {
  readonly at: Place
  readonly reading: Reading<T>
  readonly holds: (value: T | undefined) => boolean
  readonly message: M
  readonly data?: Problem<M>['data']
}

/** A problem, an undecided, or nothing: every value that the attribute can have is asked. */
export function* requireAttribute<T, M extends string>(requirement: AttributeRequirement<T, M>): Iterable<Outcome<M>> {
  const { at, reading, holds, message, data } = requirement
  const verdict = decide(reading, holds)
  if (verdict === 'unknown' || (verdict === 'no' && !at.certain)) yield undecided(at, reasonOf(reading))
  else if (verdict === 'no') yield data === undefined ? { at, message } : { at, message, data }
  else yield* settled(reading)
}

/** An unknown that was met and turned out not to matter is said to be one. */
function* settled<T, M extends string>(reading: Reading<T>): Iterable<Outcome<M>> {
  if (reading.kind === 'unknown')
    yield { outcome: 'pass', reason: `every value it can have is right (${reading.reason})` }
}

function reasonOf<T>(reading: Reading<T>): string | undefined {
  return reading.kind === 'unknown' ? reading.reason : undefined
}

export function* requireTrue<M extends string>(at: Place, message: M): Iterable<Outcome<M>> {
  yield* requireAttribute({ at, reading: at.bool(), holds: (value) => value === true, message })
}
