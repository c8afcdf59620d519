import { type Complaint, defineFixer } from '../fixer.ts'
import { ACCOUNT_RULE, assessAccount, buildAccount } from './accounts.ts'
import { advise, ADVICE_RULES } from './advice.ts'
import { assessNetwork, buildNetwork, NETWORK_RULE } from './network.ts'
import { assessRole, buildRole, ROLE_RULES } from './roles.ts'
import { nextSteps } from './steps.ts'

export default defineFixer({
  name: 'kubernetes-access',
  title: 'Kubernetes: who reaches which pods, and who may do what in the API',
  covers: [NETWORK_RULE, ACCOUNT_RULE, ...ROLE_RULES, ...ADVICE_RULES],

  assess(complaint, context) {
    const { ruleId } = complaint
    if (ADVICE_RULES.includes(ruleId)) return advise(complaint)
    if (ruleId === NETWORK_RULE) return assessNetwork(complaint, context)
    return ruleId === ACCOUNT_RULE ? assessAccount(complaint, context) : assessRole(complaint, context)
  },

  // One group is of one kind only.
  build(complaints, context) {
    if (complaints.some(is(NETWORK_RULE))) return buildNetwork(complaints, context)
    return complaints.some(is(ACCOUNT_RULE)) ? buildAccount(complaints, context) : buildRole(complaints, context)
  },

  nextSteps,
})

function is(rule: string): (complaint: Complaint) => boolean {
  return ({ ruleId }) => ruleId === rule
}
