import { HclEdits, type HclValue, setPlace } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import type { LocalFix, Outcome } from '../rule.ts'

/** Sets one attribute, where its value is written. */
export interface SetFix extends Omit<LocalFix, 'edits'> {
  readonly value: HclValue
}

/** The fix, or the edit builder's refusal in place of its edits. */
export function setFix(estate: Estate, at: Place, { value, ...fix }: SetFix): LocalFix {
  const edits = new HclEdits()
  const refusal = setPlace(edits, estate, at, value)
  return { ...fix, edits: refusal ?? edits.finish() }
}

/** The outcomes, each problem among them with a fix. */
export function* withFix<M extends string>(outcomes: Iterable<Outcome<M>>, fix: () => LocalFix): Iterable<Outcome<M>> {
  for (const outcome of outcomes) {
    yield outcome.outcome === undefined || outcome.outcome === 'problem' ? { ...outcome, fix: fix() } : outcome
  }
}
