import type { Place } from '../../../resources/place.ts'
import { type RuleDefinition, type Severity, undecided } from '../../rule.ts'
import { type Access, type Grant, grantData, grantKey, grantOf, type RoleRule, roleRule } from './policy-rules.ts'

export type AccessRule = Omit<RoleRule<'granted'>, 'checkRole'> & {
  readonly accesses: readonly Access[]
  /** Whether a problem is shown at the verb or at the resource, whichever makes it one. */
  readonly show: 'verb' | 'resource'
  /** How bad a grant is, if not as the rule says; undefined if it is harmless, say for the names it is limited to. */
  rate?(grant: Grant, role: Place): Severity | undefined
}

/** A right that a role should not give, whoever is bound to it. */
export function accessRule(rule: AccessRule): RuleDefinition<'granted'> {
  const { accesses, show, rate = () => rule.severity, ...definition } = rule
  return roleRule({
    ...definition,
    *checkRole(rules, role) {
      for (const item of rules) {
        const grant = accesses.map((access) => grantOf(item, access)).find((given) => given !== undefined)
        const severity = grant && rate(grant, role)
        if (grant === undefined || severity === undefined) continue
        if (grant.unknown !== undefined) yield undecided(grant.unknown)
        else {
          yield {
            at: show === 'verb' ? grant.verbAt : grant.resourceAt,
            message: 'granted',
            data: grantData(role, grant),
            key: grantKey(grant),
            severity,
          }
        }
      }
    },
  })
}
