/** What both engines have in common. */
import type { Value } from '../rego/index.ts'
import type { Fields } from './json.ts'
import type { Inventory } from './inventory.ts'
import type { Review } from './review.ts'

export type EngineName = 'rego' | 'cel'

/** A part of the review: keys from it on, and those that were asked for below and are not there. */
export interface Part {
  readonly path: readonly (string | number)[]
  readonly missing: readonly (string | number)[]
}

export interface EngineViolation {
  readonly message: string
  readonly details: Value
  /** The policy could not be evaluated; the message says why. */
  readonly failed: boolean
  /** Where it came from, the nearest first. Only if somebody asked. */
  readonly parts: readonly Part[]
}

export interface EvaluateContext {
  readonly inventory: Inventory
  /** Nanoseconds since 1970: the one clock of all policies. */
  readonly now: bigint
  /** Say where violations came from; slower. */
  readonly traced: boolean
}

export type Evaluate = (review: Review, context: EvaluateContext) => readonly EngineViolation[]

/** A compiled template; `bind` is cheap and is called for each constraint. */
export interface Engine {
  readonly name: EngineName
  /** @param constraint the whole object, defaults filled in */
  bind(constraint: Fields): Evaluate
}
