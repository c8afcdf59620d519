import { asString, decide, type Place, type Tri } from '../../resources/place.ts'
import { type PolicyCondition, type PolicyStatement, readPolicy } from '../../resources/terraform/policy.ts'
import { type Outcome, pass, undecided } from '../rule.ts'
import { matchesPattern } from '../../resources/aws/iam-actions.ts'
import { anyOf, hasNames } from './terraform-iam-conditions.ts'
import { textOf } from '../../resources/aws/iam-resources.ts'

const POSITIVE = /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like))(?:IfExists)?$/i

/** Judges the Allow statements of a role's trust, or of another policy with principals, one by one. */
export function* judgeStatements<M extends string>(
  at: Place,
  judge: (statement: PolicyStatement, all: readonly PolicyStatement[]) => Iterable<Outcome<M>>,
): Iterable<Outcome<M>> {
  const policy = readPolicy(at)
  if (policy.kind === 'absent') return
  if (policy.kind === 'unknown') return yield undecided(at, policy.reason)
  const outcomes = policy.statements.flatMap((statement) => [
    ...judgeAllow(statement, () => judge(statement, policy.statements)),
  ])
  yield* outcomes
  if (outcomes.length > 0) return
  if (!policy.complete) yield undecided(at, 'the policy may have more statements')
  else yield pass('what is not known in it changes nothing')
}

function* judgeAllow<M extends string>(
  statement: PolicyStatement,
  judge: () => Iterable<Outcome<M>>,
): Iterable<Outcome<M>> {
  const allows = decide(statement.effect, (effect) => effect === 'Allow')
  if (allows === 'no') return
  const outcomes = [...judge()]
  const isSure = allows === 'yes' && statement.place.certain
  if (isSure || outcomes.length === 0) yield* outcomes
  else yield undecided(statement.place, 'whether the policy allows this is not known')
}

/** Whether a statement is about one of these actions. */
export function concerns({ actions }: PolicyStatement, ...names: readonly string[]): Tri {
  const { values } = actions
  const named = actions.known.some((pattern) => names.some((name) => matchesPattern(pattern, name)))
  if (actions.not) return values.kind === 'known' ? (named ? 'no' : 'yes') : 'unknown'
  if (named) return 'yes'
  return values.kind === 'unknown' ? 'unknown' : 'no'
}

/** Whether a condition of these keys says who, with texts that are not just wildcards. */
export function isNamedBy({ conditions }: PolicyStatement, keys: RegExp): Tri {
  if (conditions === 'unknown') return 'unknown'
  const naming = conditions.filter(({ key, operator }) => keys.test(key) && POSITIVE.test(operator))
  return anyOf(
    naming.map(({ operator, place }) => {
      const named = hasNames(place)
      // Compared letter by letter, a text that is not known here is still the name of one.
      return named === 'unknown' && /^(?:ForAnyValue:)?StringEquals/i.test(operator) ? 'yes' : named
    }),
  )
}

/** Conditions of one key that must hold for the request to match. */
export function positiveConditions(
  { conditions }: PolicyStatement,
  key: RegExp,
): readonly PolicyCondition[] | 'unknown' {
  if (conditions === 'unknown') return 'unknown'
  return conditions.filter((condition) => key.test(condition.key) && POSITIVE.test(condition.operator))
}

/** The places of the single principals of one type. */
export function principalItems({ principals }: PolicyStatement, type: string): readonly Place[] {
  return principals.entries
    .filter((entry) => entry.type === type)
    .flatMap(({ place }) => (place.value?.kind === 'list' ? place.items() : [place]))
}

/** The id of a whole account, or its root: both mean everybody in it who is given the right to. */
export function isWholeAccount({ value }: Place): Tri {
  if (value?.kind === 'unknown' && value.parts === undefined) {
    const reference = value.refs?.[0]
    if (value.refs?.length === 1 && /(?:^|_)arn$/.test(reference?.attribute ?? '')) return 'no'
    return value.refs?.length === 1 && reference?.attribute === 'account_id' ? 'yes' : 'unknown'
  }
  const text = textOf(value) ?? (value === undefined ? '' : (asString(value) ?? ''))
  return /^(?:\d{12}|arn:[^:]+:iam::[^:]+:root)$/.test(text) ? 'yes' : 'no'
}
