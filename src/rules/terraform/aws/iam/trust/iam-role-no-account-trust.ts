import { defineRule, undecided } from '../../../../rule.ts'
import {
  concerns,
  isNamedBy,
  isWholeAccount,
  judgeStatements,
  principalItems,
} from '../../../../shared/terraform-iam-trust.ts'

/** What says who, or proves that the caller was told to come. */
const NAMING =
  /^(?:aws:(?:PrincipalArn|PrincipalTag\/.+|PrincipalOrgPaths|PrincipalServiceName.*|SourceIdentity|userid|username)|sts:(?:ExternalId|SourceIdentity))$/i

export default defineRule({
  id: 'iam-role-no-account-trust',
  title: 'A role is not open to a whole account',
  severity: 'medium',
  severityReason:
    'Every identity of the account that may assume roles takes this one: who can, is decided there and changes without a ' +
    'trace here. For the own account, whose policies are ours, it is low.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_61'],
  kind: 'terraform',
  resources: ['aws_iam_role'],
  messages: { wholeAccount: 'Everybody in this account who is allowed to assume roles may assume this one.' },
  remediation:
    'Name the roles that assume it, or add a condition: aws:PrincipalArn or a tag for identities of ours, sts:ExternalId for ' +
    'a company that works for us.',
  *check(role) {
    yield* judgeStatements(role.get('assume_role_policy'), function* (statement) {
      const assumes = concerns(statement, 'sts:AssumeRole')
      const named = isNamedBy(statement, NAMING)
      if (assumes === 'no' || named === 'yes') return
      const { place } = statement.principals
      if (place.unknown !== undefined) yield undecided(place)
      for (const item of principalItems(statement, 'AWS')) {
        const whole = isWholeAccount(item)
        if (whole === 'no') continue
        if (whole === 'unknown') {
          item.strings()
          yield undecided(item)
        } else if (named === 'unknown') yield undecided(statement.place.get('Condition'))
        else if (assumes === 'unknown') yield undecided(statement.actions.place)
        else {
          const own = item.value?.refs?.some(({ address }) => address.includes('data.aws_caller_identity.')) === true
          yield { at: item, message: 'wholeAccount', severity: own ? 'low' : 'medium' }
        }
      }
    })
  },
})
