import type { Complaint, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { nameOf, type Plan } from './concern.ts'
import { TAG } from './principals.ts'

interface Settled {
  readonly complaint: Complaint
  readonly plan: Plan
}

/** What is left to do: read the plan, keep a way in, look for calls that are denied now. */
export function stepsFor(settled: readonly Settled[]): readonly NextStep[] {
  const roots = settled.map(({ complaint }) => complaint.at.resource.root)
  const steps: NextStep[] = [...planSteps(roots, 'policies and trusts change in place, no role or user is replaced')]
  if (settled.some(({ plan }) => plan.rank === 'B')) {
    steps.push({
      kind: 'rollout',
      text: 'Before applying, open a session of an administrator that none of these changes touches, and keep it until they are proven',
    })
  }
  for (const { complaint, plan } of settled) {
    const { resource } = complaint.at
    if (resource.kind !== 'terraform') continue
    if (plan.tag !== undefined) {
      steps.push({
        kind: 'rollout',
        text: `Before applying, tag the identities of the own account that take ${resource.address}`,
        command: `aws iam tag-role --role-name "$ROLE" --tags Key=${TAG},Value=${shellWord(plan.tag)}`,
      })
    }
    if (plan.runbook === 'trust') {
      steps.push({
        kind: 'prove',
        text: `${resource.address}: shows nobody but those who are meant`,
        command: `aws iam get-role --role-name ${named(nameOf(resource))} --query Role.AssumeRolePolicyDocument`,
      })
    }
    if (plan.runbook === 'narrow') {
      steps.push({
        kind: 'prove',
        text: `${resource.address}: what is needed is still allowed, and nothing else`,
        command:
          'aws iam simulate-principal-policy --policy-source-arn "$ROLE_ARN" --action-names "$ACTION" --resource-arns "$ARN"',
      })
    }
    if (plan.runbook === 'attachment') {
      steps.push({
        kind: 'prove',
        text: `${resource.address}: lists neither AdministratorAccess nor IAMFullAccess`,
        command: 'aws iam list-attached-role-policies --role-name "$ROLE"',
      })
    }
  }
  if (settled.length > 0) {
    steps.push({
      kind: 'prove',
      text: 'Look for calls that are denied now, for two weeks: policies that are too narrow show up here',
      command:
        'aws cloudtrail lookup-events --start-time "$(date -d yesterday +%F)" --query "Events[?contains(CloudTrailEvent, \'AccessDenied\')].[EventTime,EventName,Username]"',
    })
  }
  return uniqueSteps(steps)
}

function named(name: string): string {
  return name.startsWith('<') ? '"$ROLE"' : shellWord(name)
}
