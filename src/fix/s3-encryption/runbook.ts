import type { Complaint } from '../fixer.ts'
import { shownName, type Target } from './target.ts'

/** What a person does before and after a fix that is held. */
export function runbookFor(target: Target, { ruleId }: Complaint, reason: string): string {
  const name = shownName(target.bucket)
  const steps = STEPS.get(ruleId)?.(name) ?? GENERAL(name)
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

type Steps = (bucket: string) => readonly string[]

const WHO_READS = (bucket: string): string =>
  `Find out who uses \`${bucket}\` from outside: CloudTrail data events or access logs of the last weeks, requester \`-\` or another account.`

const CLOSE: Steps = (bucket) => [
  WHO_READS(bucket),
  'Give those who must go on another way: presigned URLs, a role in this account, or CloudFront with origin access control.',
  'Approve, read the `terraform plan`, apply outside of busy hours.',
  'Watch for 403 responses; to go back, revert the commit and apply.',
]

const GENERAL: Steps = () => [
  'Read the `terraform plan`.',
  'Apply it in a test environment first.',
  'To go back, revert the commit and apply.',
]

const STEPS: ReadonlyMap<string, Steps> = new Map<string, Steps>([
  ['s3-public-access-block', CLOSE],
  ['s3-block-public-acls', CLOSE],
  ['s3-block-public-policy', CLOSE],
  ['s3-ignore-public-acls', CLOSE],
  ['s3-restrict-public-buckets', CLOSE],
  ['s3-no-public-acl', CLOSE],
  ['s3-no-public-write-acl', CLOSE],
  ['s3-no-authenticated-users-acl', CLOSE],
  ['s3-no-public-acl-view', CLOSE],
  ['s3-no-public-policy', CLOSE],
  [
    's3-bucket-kms-encryption',
    (bucket) => [
      `List who reads \`${bucket}\`: IAM policies that name it, services that its policy lets in, other accounts.`,
      'Give each of them kms:Decrypt on the key (writers also kms:GenerateDataKey): readers in the account by IAM, services and other accounts by the key policy.',
      'Approve and apply. Only new objects change; old ones keep the key that they have until they are copied onto themselves.',
      'Put and get one object as each of the readers.',
    ],
  ],
  [
    's3-access-logging',
    () => [
      'Choose or create a bucket for logs in the same region and account, and write its name as `values.logBucket` in `secops.yaml`.',
      'Let `logging.s3.amazonaws.com` put objects into it by its bucket policy; it must use SSE-S3, not KMS.',
      'Run the fix again.',
    ],
  ],
  [
    's3-ownership-controls',
    (bucket) => [
      `Read what the ACLs grant: \`aws s3api get-bucket-acl --bucket ${bucket}\`.`,
      'Move every grant that is still needed to the bucket policy, and apply that first.',
      "Approve and apply. Objects that other accounts own become the bucket owner's.",
    ],
  ],
  [
    's3-tls-only-policy',
    (bucket) => [
      `Look for requests to \`${bucket}\` without a TLS version in the access logs (last field but two is \`-\`).`,
      'Move such clients to https:// endpoints.',
      'Approve and apply; plain HTTP then gets 403.',
    ],
  ],
  [
    's3-no-force-destroy',
    (bucket) => [
      `Ask whether a pipeline destroys \`${bucket}\`; such a pipeline empties it with \`aws s3 rm --recursive\` from now on.`,
      'Approve and apply; nothing changes until a destroy.',
    ],
  ],
])
