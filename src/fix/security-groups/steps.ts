import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, uniqueSteps } from '../shared/steps.ts'
import { planRule } from './plan.ts'
import { viewOf } from './view.ts'

/** What remains for people once the rules are written. */
export function stepsFor(complaints: readonly Complaint[], { estate, values }: FixContext): readonly NextStep[] {
  const steps: NextStep[] = [
    ...planSteps(
      complaints.map(({ at }) => at.resource.root),
      'rules change in place or are made anew; a group that is replaced is one whose description was approved',
    ),
  ]
  for (const { at, ruleId } of complaints) {
    if (ruleId === 'vpc-default-security-group') {
      const text = `${at.resource.address}: nothing has the default group any more`
      const command = 'aws ec2 describe-network-interfaces --filters Name=group-name,Values=default'
      steps.push({ kind: 'prove', text, command })
      continue
    }
    const view = viewOf(estate, at)
    if (view === undefined || ruleId.endsWith('description')) continue
    const plan = planRule(view, values)
    if ('refused' in plan) continue
    if (plan.kind === 'admins') {
      const text = `${view.resource.address}: connect from a network of values.adminCidrs before you close the session that you have`
      steps.push({ kind: 'rollout', text })
    }
    if (plan.kind === 'application' || plan.kind === 'tier') {
      const text = `${view.resource.address}: let each client connect once, and look for REJECT in the flow logs of the VPC`
      steps.push({ kind: 'rollout', text })
    }
    steps.push(view.direction === 'egress' ? LEFT_OUT : LEFT_OPEN)
  }
  return uniqueSteps(steps)
}

const LEFT_OPEN: NextStep = {
  kind: 'prove',
  text: 'No group but those of load balancers lets everybody in',
  command:
    "aws ec2 describe-security-group-rules --query \"SecurityGroupRules[?!IsEgress && (CidrIpv4=='0.0.0.0/0' || CidrIpv6=='::/0')].[GroupId,FromPort,ToPort]\" --output table",
}

const LEFT_OUT: NextStep = {
  kind: 'prove',
  text: 'No group lets every port out to the internet',
  command:
    "aws ec2 describe-security-group-rules --query \"SecurityGroupRules[?IsEgress && IpProtocol=='-1' && (CidrIpv4=='0.0.0.0/0' || CidrIpv6=='::/0')].GroupId\" --output text",
}
