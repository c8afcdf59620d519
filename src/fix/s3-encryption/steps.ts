import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { readers } from './readers.ts'
import { nameOf, targetOf, type Target } from './target.ts'

interface Proof {
  readonly text: string
  readonly subcommand: string
}

const PROOFS: ReadonlyMap<string, Proof> = new Map([
  ['s3-bucket-kms-encryption', { text: 'shows aws:kms and the key', subcommand: 'get-bucket-encryption' }],
  ['s3-public-access-block', { text: 'shows four times true', subcommand: 'get-public-access-block' }],
  ['s3-block-public-acls', { text: 'shows four times true', subcommand: 'get-public-access-block' }],
  ['s3-block-public-policy', { text: 'shows four times true', subcommand: 'get-public-access-block' }],
  ['s3-ignore-public-acls', { text: 'shows four times true', subcommand: 'get-public-access-block' }],
  ['s3-restrict-public-buckets', { text: 'shows four times true', subcommand: 'get-public-access-block' }],
  ['s3-bucket-versioning', { text: 'shows Enabled', subcommand: 'get-bucket-versioning' }],
  ['s3-access-logging', { text: 'shows the log bucket', subcommand: 'get-bucket-logging' }],
  ['s3-lifecycle-configuration', { text: 'shows the rule tidy', subcommand: 'get-bucket-lifecycle-configuration' }],
  ['s3-ownership-controls', { text: 'shows BucketOwnerEnforced', subcommand: 'get-bucket-ownership-controls' }],
  ['s3-tls-only-policy', { text: 'shows the statement DenyPlainHttp', subcommand: 'get-bucket-policy' }],
  ['s3-no-public-policy', { text: 'shows IsPublic false', subcommand: 'get-bucket-policy-status' }],
  ['s3-no-public-acl', { text: 'names no group AllUsers or AuthenticatedUsers', subcommand: 'get-bucket-acl' }],
  ['s3-no-public-write-acl', { text: 'names no group AllUsers or AuthenticatedUsers', subcommand: 'get-bucket-acl' }],
  [
    's3-no-authenticated-users-acl',
    { text: 'names no group AllUsers or AuthenticatedUsers', subcommand: 'get-bucket-acl' },
  ],
  ['s3-no-public-acl-view', { text: 'names no group AllUsers or AuthenticatedUsers', subcommand: 'get-bucket-acl' }],
])

/** What is left to do for the complaints that were settled: read the plan, tell readers, prove each setting. */
export function stepsFor(complaints: readonly Complaint[], { estate }: FixContext): readonly NextStep[] {
  const settled = complaints.flatMap((complaint) => {
    const target = targetOf(estate, complaint.at.resource)
    return target === undefined ? [] : [{ complaint, target }]
  })
  const roots = settled.map(({ target }) => target.bucket.root)
  const steps = [...planSteps(roots, 'buckets change in place, none may be replaced')]
  const encrypted = settled.filter(({ complaint }) => complaint.ruleId === 's3-bucket-kms-encryption')
  for (const { target } of encrypted) steps.push(...readerStep(target))
  if (encrypted.length > 0) {
    steps.push({
      kind: 'read',
      text: 'A customer-managed KMS key costs about 1 US dollar a month and region, and its first two yearly rotations 1 more each (AWS price list, 2026); bucket keys keep requests few.',
    })
  }
  if (settled.some(({ complaint }) => complaint.ruleId === 's3-access-logging')) {
    steps.push({
      kind: 'rollout',
      text: "Before the plan is applied, let logging.s3.amazonaws.com write by the log bucket's policy",
    })
  }
  return uniqueSteps([...steps, ...settled.flatMap(({ complaint, target }) => proofStep(target, complaint.ruleId))])
}

function readerStep({ estate, bucket }: Target): readonly NextStep[] {
  const who = readers(estate, bucket)
  if (who.length === 0) return []
  return [
    {
      kind: 'rollout',
      text: `Give ${who.join(', ')} kms:Decrypt and kms:GenerateDataKey on the key of ${bucket.address} first`,
    },
  ]
}

function proofStep({ bucket }: Target, ruleId: string): readonly NextStep[] {
  const proof = PROOFS.get(ruleId)
  const name = nameOf(bucket)
  if (proof === undefined) return []
  const command = `aws s3api ${proof.subcommand} --bucket ${name === undefined ? '"$BUCKET"' : shellWord(name)}`
  return [{ kind: 'prove', text: `${bucket.address}: ${proof.text}`, command }]
}
