import type { Estate } from '../resources/estate.ts'
import { Place } from '../resources/place.ts'
import type { Resource } from '../resources/resource.ts'
import type { NotApplicable, Outcome, Pass, Problem, Rule, RuleContext, Undecided } from '../rules/rule.ts'

/** More outcomes than this from one rule on one resource is a rule gone wrong, not a finding. */
const MAX_OUTCOMES = 10_000

/** What one rule says of one resource. */
export type Judgement =
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly undecided: readonly Undecided[] }
  | { readonly kind: 'passed' }
  | { readonly kind: 'undecided'; readonly undecided: readonly Undecided[]; readonly silent: boolean }
  | { readonly kind: 'not-applicable'; readonly reason: string }
  | { readonly kind: 'error'; readonly message: string }

/**
 * Runs one rule on one resource. A rule that met an unknown and said nothing has not decided: it is undecided here
 * (`silent`), and the tester fails it. A rule that throws is an error, never a pass.
 */
export function checkResource(
  rule: Rule,
  resource: Resource,
  estate: Estate,
  params: Readonly<Record<string, unknown>> = {},
): Judgement {
  const met: Place[] = []
  const observer = (place: Place): void => {
    met.push(place)
  }
  const context: RuleContext = {
    estate,
    params,
    companions: (type, via, names) =>
      resource.kind === 'terraform'
        ? estate.companions(resource, type, via, names, observer)
        : { certain: [], possible: [] },
  }
  const outcomes: Outcome[] = []
  try {
    for (const outcome of rule.check(Place.of(resource, observer), context)) {
      outcomes.push(outcome)
      if (outcomes.length > MAX_OUTCOMES) throw new RangeError(`more than ${MAX_OUTCOMES} outcomes`)
    }
  } catch (error) {
    return { kind: 'error', message: error instanceof Error ? error.message : String(error) }
  }
  const problems = outcomes.filter(isProblem)
  const undecided = outcomes.filter(isUndecided)
  if (problems.length > 0) return { kind: 'problems', problems, undecided }
  if (undecided.length > 0) return { kind: 'undecided', undecided, silent: false }
  const skipped = outcomes.find(isNotApplicable)
  if (skipped !== undefined) return { kind: 'not-applicable', reason: skipped.reason }
  const unknown = met[0]
  if (unknown !== undefined && !outcomes.some(isPass)) {
    const reason = unknown.unknown?.reason ?? `${unknown.pathText} is not fully known`
    return { kind: 'undecided', undecided: [{ outcome: 'undecided', at: unknown, reason }], silent: true }
  }
  return { kind: 'passed' }
}

function isProblem(outcome: Outcome): outcome is Problem {
  return outcome.outcome === undefined || outcome.outcome === 'problem'
}

function isUndecided(outcome: Outcome): outcome is Undecided {
  return outcome.outcome === 'undecided'
}

function isNotApplicable(outcome: Outcome): outcome is NotApplicable {
  return outcome.outcome === 'not-applicable'
}

function isPass(outcome: Outcome): outcome is Pass {
  return outcome.outcome === 'pass'
}
