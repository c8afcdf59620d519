import type { Complaint } from '../fixer.ts'
import { nameOf, type Plan } from './concern.ts'

/** What a person finds out before a fix that is held, and does after it. */
export function runbookFor({ runbook, reason = '', rank }: Plan, { at: { resource } }: Complaint): string {
  if (resource.kind !== 'terraform') return ''
  const { address } = resource
  const steps: readonly string[] = {
    narrow: [
      `Find out which identities have \`${address}\`: its attachments in the code, and \`aws iam list-entities-for-policy --policy-arn ARN\`.`,
      'List the services that they used: `aws iam generate-service-last-accessed-details --arn ROLE_ARN --granularity ACTION_LEVEL`, then `aws iam get-service-last-accessed-details --job-id ID`.',
      'Let Access Analyzer draft the policy from 90 days of CloudTrail: `aws accessanalyzer start-policy-generation --policy-generation-details principalArn=ROLE_ARN --cloud-trail-details file://trail.json`, then `get-generated-policy`.',
      `Write what is needed in \`secops.yaml\` under \`values.iam\` (\`target: ${address}\`, \`actions\`, \`resources\`) and run the fix again; read the diff.`,
      ...(rank === 'B'
        ? ['Keep another way in: a session of an administrator that this change does not touch, until it is proven.']
        : []),
      'Apply in a test environment, run what the identity runs, and look for `AccessDenied` in CloudTrail for two weeks. To go back, revert and apply.',
    ],
    trust: [
      `Find out who takes the role: \`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole\`, and look for \`${nameOf(resource)}\`.`,
      'Look for strangers among them: an account that nobody knows is an incident, not an exception.',
      `Name them in \`secops.yaml\` under \`values.iam\` (\`target: ${address}\`, \`principals\`), or tag those of the own account before applying: \`aws iam tag-role --role-name ROLE --tags Key=may-assume,Value=${resource.name}\`.`,
      'Approve, apply, and take the role once as each of them: `aws sts assume-role`.',
      'To go back, revert and apply with an identity that does not need this role.',
    ],
    'resource-policy': [
      `Find out who uses it: CloudTrail data events of the last weeks for \`${address}\`, and the resources of the project that send to it.`,
      'Let AWS services and other accounts in by statements of their own, with `aws:SourceArn`, before this one is confined.',
      'Approve, apply, and try each sender and reader once. To go back, revert and apply.',
    ],
    attachment: [
      'List what was really used: `aws iam generate-service-last-accessed-details --arn ROLE_ARN --granularity ACTION_LEVEL`; Access Analyzer drafts a policy from CloudTrail (`aws accessanalyzer start-policy-generation`).',
      `Write in \`secops.yaml\` under \`values.iam\`: \`target: ${address}\` with \`actions\` and \`resources\`, or with the \`policyArn\` of a policy that fits.`,
      'Keep another administrator, with a second factor, before this one loses its rights.',
      'Approve and apply; the attachment is made anew, so that for a moment there is none. Look for `AccessDenied` in CloudTrail.',
    ],
    permission: [
      `Read who may call it: \`aws lambda get-policy --function-name ${nameOf(resource, 'function_name')}\`.`,
      'Give callers from other accounts a permission of their own, with their account or `source_arn`.',
      'Approve and apply; the permission is replaced, which takes a moment.',
    ],
  }[runbook]
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}
