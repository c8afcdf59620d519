import { Place } from '../../resources/place.ts'
import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { terraformTarget } from '../shared/target.ts'

interface Proof {
  readonly text: string
  readonly command: (name: string) => string
}

const GROUP = (name: string): string =>
  `aws logs describe-log-groups --log-group-name-prefix ${name} --query "logGroups[].[logGroupName,retentionInDays,kmsKeyId]"`
const TRAIL = (name: string): string => `aws cloudtrail get-trail --name ${name}`

const PROOFS: ReadonlyMap<string, Proof> = new Map([
  ['cloudwatch-log-encryption', { text: 'shows the key', command: GROUP }],
  ['cloudwatch-log-retention', { text: 'shows the period', command: GROUP }],
  ['cloudwatch-log-retention-set', { text: 'shows the period', command: GROUP }],
  ['cloudtrail-kms-encryption', { text: 'shows KmsKeyId', command: TRAIL }],
  [
    'cloudtrail-cloudwatch-logs',
    {
      text: 'shows a LatestCloudWatchLogsDeliveryTime and no error',
      command: (name) => `aws cloudtrail get-trail-status --name ${name}`,
    },
  ],
  [
    'kinesis-stream-encrypted',
    {
      text: 'shows EncryptionType KMS',
      command: (name) => `aws kinesis describe-stream-summary --stream-name ${name}`,
    },
  ],
  [
    'dynamodb-customer-managed-key',
    {
      text: 'shows SSEType KMS and the key',
      command: (name) => `aws dynamodb describe-table --table-name ${name} --query Table.SSEDescription`,
    },
  ],
  [
    'secretsmanager-customer-managed-key',
    {
      text: 'shows the key; versions from before keep the old one until the secret is rotated',
      command: (name) => `aws secretsmanager describe-secret --secret-id ${name} --query KmsKeyId`,
    },
  ],
  [
    'ssm-parameter-customer-managed-key',
    {
      text: 'shows the key',
      command: (name) =>
        `aws ssm describe-parameters --parameter-filters Key=Name,Values=${name} --query "Parameters[].KeyId"`,
    },
  ],
])

/** What is left to do for the complaints that were settled: read the plan, tell users of the key, prove each setting. */
export function stepsFor(complaints: readonly Complaint[], { estate }: FixContext): readonly NextStep[] {
  const settled = complaints.flatMap((complaint) => {
    const target = terraformTarget(estate, complaint.at.resource)
    return target === undefined ? [] : [{ complaint, resource: target.resource }]
  })
  const steps: NextStep[] = [
    ...planSteps(
      settled.map(({ resource }) => resource.root),
      'what is encrypted changes in place, nothing may be replaced',
    ),
  ]
  const keyed = settled.filter(({ complaint }) => !complaint.ruleId.startsWith('cloudwatch-log-retention'))
  if (keyed.length > 0) {
    steps.push({
      kind: 'read',
      text: 'A customer-managed KMS key costs about 1 US dollar a month and region, and its first two yearly rotations 1 more each (AWS price list, 2026).',
    })
  }
  for (const { complaint, resource } of keyed) {
    if (!NEEDS_RIGHT.has(complaint.ruleId)) continue
    steps.push({
      kind: 'rollout',
      text: `Give whoever uses ${resource.address} kms:Decrypt on its key first, and kms:GenerateDataKey whoever writes to it`,
    })
  }
  for (const { complaint, resource } of settled) {
    const proof = PROOFS.get(complaint.ruleId)
    if (proof === undefined) continue
    const name = Place.of(resource).get('name').string()
    const word = name.kind === 'known' ? shellWord(name.value) : '"$NAME"'
    steps.push({ kind: 'prove', text: `${resource.address}: ${proof.text}`, command: proof.command(word) })
  }
  return uniqueSteps(steps)
}

const NEEDS_RIGHT = new Set([
  'cloudtrail-kms-encryption',
  'dynamodb-customer-managed-key',
  'kinesis-stream-encrypted',
  'lambda-environment-key',
  'secretsmanager-customer-managed-key',
  'sns-topic-encrypted',
  'ssm-parameter-customer-managed-key',
])
