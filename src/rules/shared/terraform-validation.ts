import type { Place } from '../../resources/place.ts'
import type { Value } from '../../resources/value.ts'
import { type Outcome, pass } from '../rule.ts'
import { requireAttribute } from './terraform-attributes.ts'

/** True if what is here is a variable whose own validation refuses each of these values; null is refused too if it cannot be. */
export function refuses(at: Place, ...bad: readonly (string | number | boolean | null)[]): boolean {
  const { unknown } = at
  if (unknown?.rejects === undefined) return false
  const { notNull, rejects } = unknown
  return bad.every((value) => (value === null && notNull === true) || rejects(valueOf(value)))
}

function valueOf(value: string | number | boolean | null): Value {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'string') return { kind: 'string', value }
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'bool', value }
}

export interface FlagRequirement<M extends string> {
  readonly at: Place
  readonly wanted: boolean
  /** The provider's default. */
  readonly fallback: boolean
  readonly message: M
}

/** A switch must be in one position, for every value that it can have. */
export function* requireFlag<M extends string>({
  at,
  wanted,
  fallback,
  message,
}: FlagRequirement<M>): Iterable<Outcome<M>> {
  const bad = fallback === wanted ? [!wanted] : [!wanted, null]
  if (refuses(at, ...bad)) yield pass("the variable's validation refuses what would be wrong")
  else yield* requireAttribute({ at, reading: at.bool(), holds: (value) => (value ?? fallback) === wanted, message })
}
