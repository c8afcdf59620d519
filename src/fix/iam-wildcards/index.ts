import type { EditRefusal } from '../../edit/hcl/index.ts'
import { type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal } from '../shared/attempt.ts'
import { dependents } from '../shared/references.ts'
import { terraformTarget, unreachable } from '../shared/target.ts'
import { replaceAttached } from './attachments.ts'
import type { Plan, Subject } from './concern.ts'
import { confine, confinePermission, nameAssumer } from './principals.ts'
import { runbookFor } from './runbook.ts'
import { listQueueActions, narrowPolicy, narrowStatement } from './statements.ts'
import { stepsFor } from './steps.ts'

type Remedy = (subject: Subject) => Plan | EditRefusal

const CONCERNS = [
  'credentials-exposure',
  'data-exfiltration',
  'permissions-management',
  'unconstrained-write',
  'wildcard-actions',
  'wildcard-resources',
]

const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['iam-no-admin-policy', narrowStatement],
  ['iam-document-no-admin', narrowStatement],
  ['iam-no-full-iam-access', narrowStatement],
  ...CONCERNS.flatMap((concern): [string, Remedy][] => [
    [`iam-no-${concern}`, narrowStatement],
    [`iam-document-no-${concern}`, narrowStatement],
  ]),
  ['iam-no-privilege-escalation', narrowPolicy],
  ['iam-document-no-privilege-escalation', narrowPolicy],
  ['sqs-no-wildcard-actions', listQueueActions],
  ['iam-role-no-public-trust', confine],
  ['iam-document-no-public-principal', confine],
  ['sqs-no-public-policy', confine],
  ['sns-no-public-policy', confine],
  ['kms-no-public-policy', confine],
  ['ecr-no-public-policy', confine],
  ['iam-role-no-account-trust', nameAssumer],
  ['lambda-no-public-permission', confinePermission],
  ['iam-no-administrator-access', replaceAttached],
  ['iam-no-iam-full-access', replaceAttached],
  [
    'iam-no-user-policies',
    () => ({
      refused:
        'a user keeps the right until it is in a group that has it: that takes a resource of another type at another address, ' +
        'and a plan in two steps',
    }),
  ],
  ['iam-no-users', () => ({ refused: 'who signs in, and how, is a decision of people: move them to roles first' })],
  [
    'iam-no-root-access-key',
    () => ({
      refused: 'find out who uses the key, then delete it: taking the resource away here hides it from this audit',
    }),
  ],
])

export default defineFixer({
  name: 'iam-wildcards',
  title: 'IAM: wildcards in actions, resources and principals, trust, administrator policies',
  covers: [...REMEDIES.keys()],

  assess(complaint, context) {
    const plan = planOf(complaint, context)
    if ('code' in plan) return plan
    const { rank, title, minutes, reason, needs, group } = plan
    if (needs.length === 0) {
      // Tried alone, so that what cannot be edited is said now and with its own reason.
      const refusal = firstRefusal(attempt([complaint], context))
      if (refusal !== undefined) return refusal
    }
    const { resource } = complaint.at
    const users =
      resource.kind === 'terraform' ? dependents(context.estate, resource).map(({ address }) => address) : []
    return {
      rank,
      title,
      minutes,
      group,
      ...(reason !== undefined && { reason }),
      ...(users.length > 0 && { blastRadius: users }),
      ...((rank !== 'D' || needs.length > 0) && { runbook: runbookFor(plan, complaint) }),
      ...(needs.length > 0 && { needs }),
    }
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps(complaints, context) {
    return stepsFor(
      complaints.flatMap((complaint) => {
        const plan = planOf(complaint, context)
        return 'code' in plan ? [] : [{ complaint, plan }]
      }),
    )
  },
})

function planOf(complaint: Complaint, context: FixContext): Plan | FixRefusal {
  const target = terraformTarget(context.estate, complaint.at.resource)
  if (target === undefined) return unreachable(complaint.at.resource)
  const plan = REMEDIES.get(complaint.ruleId)?.({ complaint, context, target })
  if (plan === undefined) return { code: 'no-fix', refused: `the fixer has no plan for ${complaint.ruleId}` }
  return 'refused' in plan ? { code: 'no-fix', refused: plan.refused } : plan
}

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(complaints, context, (session, complaint) => {
    const plan = planOf(complaint, context)
    return 'code' in plan ? plan : plan.apply(session)
  })
}
