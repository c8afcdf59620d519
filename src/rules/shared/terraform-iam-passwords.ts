import type { HclValue } from '../../edit/hcl/index.ts'
import type { Place } from '../../resources/place.ts'
import type { Outcome, RuleDefinition } from '../rule.ts'
import { requireAttribute } from './terraform-attributes.ts'
import { setFix, withFix } from './terraform-fixes.ts'
import { requireFlag } from './terraform-validation.ts'

const POLICY = 'aws_iam_account_password_policy'

type PasswordRule = Pick<RuleDefinition, 'id' | 'title' | 'severity' | 'severityReason' | 'sameAs' | 'remediation'> & {
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

/** A number of the password policy: `holds` gets undefined where it is not set. */
export function passwordNumberRule(
  rule: PasswordRule & { readonly wanted: number; readonly holds: (value: number | undefined) => boolean },
): RuleDefinition<'weak'> {
  const { holds, wanted, ...rest } = rule
  return passwordRule(rest, `Set ${rest.attribute} to ${wanted}`, wanted, (at) =>
    requireAttribute({ at, reading: at.number(), holds, message: 'weak', data: { value: shown(at) } }),
  )
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
