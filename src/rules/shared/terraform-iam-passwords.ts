import type { HclValue } from '../../edit/hcl/index.ts'
import type { Place } from '../../resources/place.ts'
import { type Outcome, pass, type RuleDefinition } from '../rule.ts'
import { requireAttribute } from './terraform-attributes.ts'
import { setFix, withFix } from './terraform-fixes.ts'
import { refuses, requireFlag } from './terraform-validation.ts'

const POLICY = 'aws_iam_account_password_policy'

interface PasswordRule extends Pick<
  RuleDefinition,
  'id' | 'title' | 'severity' | 'severityReason' | 'sameAs' | 'remediation'
> {
  readonly attribute: string
  readonly problem: string
}

/** A switch of the account's password policy; all of them are off unless set. */
export function passwordFlagRule(rule: PasswordRule): RuleDefinition<'weak'> {
  const { attribute } = rule
  return passwordRule(rule, `Set ${attribute}`, true, (at) =>
    requireFlag({ at, wanted: true, fallback: false, message: 'weak' }),
  )
}

/** A number of the password policy. */
interface NumberRule extends PasswordRule {
  readonly wanted: number
  /** Gets undefined where it is not set. */
  readonly holds: (value: number | undefined) => boolean
  /** Values just out of bounds: a variable whose validation refuses them, and null, is right whatever it is given. */
  readonly bad: readonly number[]
}

export function passwordNumberRule({ holds, wanted, bad, ...rule }: NumberRule): RuleDefinition<'weak'> {
  return passwordRule(rule, `Set ${rule.attribute} to ${wanted}`, wanted, function* (at) {
    if (refuses(at, ...bad, null)) yield pass("the variable's validation refuses what would be wrong")
    else yield* requireAttribute({ at, reading: at.number(), holds, message: 'weak', data: { value: shown(at) } })
  })
}

function passwordRule(
  { attribute, problem, ...rule }: PasswordRule,
  title: string,
  value: HclValue,
  check: (at: Place) => Iterable<Outcome<'weak'>>,
): RuleDefinition<'weak'> {
  return {
    ...rule,
    controls: ['IA-5'],
    kind: 'terraform',
    resources: [POLICY],
    messages: { weak: problem },
    *check(policy, { estate }) {
      const at = policy.get(attribute)
      yield* withFix(check(at), () => setFix(estate, at, { fixer: 'iam', rank: 'D', title, minutes: 1, value }))
    },
  }
}

function shown(at: Place): string | number {
  const reading = at.number()
  return reading.kind === 'known' ? reading.value : 'not set'
}
