import { Place } from '../../resources/place.ts'
import type { Complaint } from '../fixer.ts'
import type { TerraformTarget } from '../shared/target.ts'

/** What a person does before and after a fix that is held. */
export function runbookFor({ resource }: TerraformTarget, { ruleId }: Complaint, reason: string): string {
  const read = Place.of(resource).get('name').string()
  const name = (read.kind === 'known' ? read.value : `<name of ${resource.address}>`).replaceAll(/[`\s]/g, ' ')
  const steps = STEPS.get(ruleId)?.(name) ?? KEY(name)
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

type Steps = (name: string) => readonly string[]

const KEY: Steps = (name) => [
  `List who uses \`${name}\`: IAM policies that name it, services that act on it, other accounts.`,
  'Give each of them kms:Decrypt on the key (writers also kms:GenerateDataKey): identities of the account by IAM, services and other accounts by the key policy.',
  'Approve and apply. It changes in place; what is there already keeps its encryption until it is written anew.',
  'Read and write once as each of them. To go back, revert and apply; keep the key until nothing needs it.',
]

const RETENTION: Steps = (name) => [
  `Ask whether anybody needs older events of \`${name}\`: \`aws logs describe-log-groups --log-group-name-prefix ${name}\` shows how much there is.`,
  `Export what is to be kept: \`aws logs create-export-task --log-group-name ${name} --from 0 --to TIME --destination BUCKET\`.`,
  'Approve and apply. Older events go within about three days, for good: reverting does not bring them back.',
]

const STEPS: ReadonlyMap<string, Steps> = new Map<string, Steps>([
  ['cloudwatch-log-retention', RETENTION],
  ['cloudwatch-log-retention-set', RETENTION],
  [
    'sns-topic-encrypted',
    (name) => [
      `List who publishes to \`${name}\`: alarms, rules, bucket notifications, and identities with sns:Publish.`,
      'Give identities kms:GenerateDataKey and kms:Decrypt on the key by IAM; services and other accounts by the key policy.',
      'Approve and apply, then publish once by each way: `aws cloudwatch set-alarm-state` for an alarm. A publisher without the right fails without a sound.',
      'To go back, revert and apply; messages on their way are delivered.',
    ],
  ],
])
