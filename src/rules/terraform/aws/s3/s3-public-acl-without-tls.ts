import { readAcl } from '../../../../resources/aws/s3-acl.ts'
import {
  bucketOf,
  bucketPolicies,
  PUBLIC_ACCESS_BLOCK,
  quietly,
  settingsOf,
  WEBSITE,
} from '../../../../resources/aws/s3-bucket.ts'
import { deniesPlainHttp } from '../../../../resources/aws/s3-policy.ts'
import { Place } from '../../../../resources/place.ts'
import { readPolicy } from '../../../../resources/terraform/policy.ts'
import { defineRule, type NotApplicable, notApplicable, type Outcome, pass, undecided } from '../../../rule.ts'

type Bucket = NonNullable<ReturnType<typeof bucketOf>>
type Estate = Parameters<typeof bucketOf>[0]

export default defineRule({
  id: 's3-public-acl-without-tls',
  title: 'Buckets that a public ACL opens refuse requests without TLS',
  severity: 'medium',
  severityReason:
    'What anybody downloads over plain HTTP can be read and replaced on the way, a script for one; the attacker must sit on ' +
    'the path, and AWS tools use TLS by themselves.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_379'],
  kind: 'terraform',
  resources: ['aws_s3_bucket_acl'],
  messages: { plainHttp: 'ACL {acl} opens this bucket to everybody, and no policy denies plain HTTP.' },
  remediation: 'Make the ACL private; if it has to stay, deny `s3:*` to everyone when `aws:SecureTransport` is false.',
  *check(acl, { estate }) {
    const { grants, unknown } = readAcl(acl)
    const grant = grants.find(({ to }) => to === 'everybody')
    if (grant === undefined) {
      const [open] = unknown
      if (open !== undefined) yield undecided(open, open.unknown?.reason ?? 'who is granted what is not fully known')
      else yield pass('the ACL opens the bucket to nobody')
      return
    }
    const bucket = acl.resource.kind === 'terraform' ? bucketOf(estate, acl.resource) : undefined
    if (bucket === undefined) return yield undecided(acl.get('bucket'), 'which bucket this is for is not known')
    const exempt = exemption(bucket, estate)
    if (exempt !== undefined) return yield exempt
    yield policyVerdict(bucket, estate) ?? { at: grant.at, message: 'plainHttp', data: { acl: grant.acl } }
  },
})

function exemption(bucket: Bucket, estate: Estate): NotApplicable | undefined {
  const find = quietly(estate, bucket)
  const place = Place.of(bucket)
  if (settingsOf(place, WEBSITE, find).certain.length > 0) {
    return notApplicable('it is a website, and the website endpoint of S3 speaks plain HTTP only')
  }
  const isOn = (block: Place, flag: string): boolean => {
    const value = block.get(flag).bool()
    return value.kind === 'known' && value.value
  }
  const blocked = settingsOf(place, PUBLIC_ACCESS_BLOCK, find).certain.some(
    (block) => isOn(block, 'ignore_public_acls') || isOn(block, 'block_public_acls'),
  )
  return blocked ? notApplicable('a public access block keeps the ACL from opening the bucket') : undefined
}

/** Undefined if no policy denies plain HTTP. */
function policyVerdict(bucket: Bucket, estate: Estate): Outcome<'plainHttp'> | undefined {
  const { certain, possible } = bucketPolicies(Place.of(bucket), quietly(estate, bucket))
  for (const policy of certain) {
    const reading = readPolicy(policy)
    if (reading.kind === 'unknown') return undecided(policy, reading.reason)
    if (reading.kind === 'absent') continue
    const verdicts = reading.statements.map(deniesPlainHttp)
    if (verdicts.includes('yes')) return pass('its policy denies plain HTTP')
    if (verdicts.includes('unknown') || !reading.complete) return undecided(policy, 'its policy is not fully known')
  }
  const [open] = certain.length > 0 ? [] : possible
  return open === undefined ? undefined : undecided(open, 'whether this policy is its own is not known')
}
