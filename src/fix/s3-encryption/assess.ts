import { attributeOf, isWrittenLiteral } from '../../edit/hcl/index.ts'
import { exposureOf } from '../../resources/aws/s3-exposure.ts'
import { ACL, deliveredLogs, serviceUsers, WEBSITE } from '../../resources/aws/s3-bucket.ts'
import { Place } from '../../resources/place.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { existing } from './companions.ts'
import { declaredLogBucket, logBucketFor } from './logging.ts'
import { readers, usersOf } from './readers.ts'
import { runbookFor } from './runbook.ts'
import { isPrivate, keepsVersions } from './settings.ts'
import { providerOf } from '../shared/target.ts'
import { nameOf, shownName, type Target } from './target.ts'

type Judgement = Pick<Assessment, 'rank' | 'title' | 'minutes'> & Partial<Pick<Assessment, 'reason' | 'needs'>>

/** What one fix would be; the rank depends on who may be relying on the bucket as it is. */
export function assessComplaint(target: Target, complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const judged = judge(target, complaint, context)
  if ('refused' in judged) return judged
  const held = judged.rank === 'C' || judged.rank === 'B' || judged.needs !== undefined
  const users = judged.rank === 'E' ? [] : usersOf(context.estate, target.bucket)
  return {
    ...judged,
    group: groupOf(target),
    ...(users.length > 0 && { blastRadius: users }),
    ...(held && { runbook: runbookFor(target, complaint, judged.reason ?? '') }),
  }
}

/** One bucket; in JSON syntax all of a file, as their companions stand in the same objects. */
function groupOf({ document, bucket }: Target): string {
  return document.syntax === 'json' ? document.path : `${document.path}#${bucket.type}.${bucket.name}`
}

function judge(target: Target, complaint: Complaint, { estate, values }: FixContext): Judgement | FixRefusal {
  const { bucket } = target
  switch (complaint.ruleId) {
    case 's3-public-access-block': {
      const exposure = exposureOf(estate, bucket)
      const title = 'Add a public access block to the bucket'
      if (exposure === undefined) return { rank: 'E', title, minutes: 0 }
      return { rank: 'C', title, minutes: 15, reason: `Readers outside the account lose access: ${exposure}.` }
    }
    case 's3-block-public-acls':
    case 's3-block-public-policy':
    case 's3-ignore-public-acls':
    case 's3-restrict-public-buckets':
      return judgeFlag(target, complaint)
    case 's3-bucket-versioning':
      return { rank: 'E', title: 'Enable versioning', minutes: 0 }
    case 's3-bucket-kms-encryption':
      return judgeEncryption(target)
    case 's3-access-logging':
      return judgeLogging(target, { estate, values })
    case 's3-lifecycle-configuration':
      return {
        rank: 'D',
        title: keepsVersions(target)
          ? 'Clear away incomplete uploads; objects and their versions stay'
          : 'Expire incomplete uploads and the versions that are to come, never current objects',
        minutes: 5,
      }
    case 's3-ownership-controls':
      return judgeOwnership(target)
    case 's3-tls-only-policy':
      if (existing(target, WEBSITE).length > 0) {
        const reason =
          "S3's website endpoint speaks plain HTTP only, so the site goes down; put CloudFront in front first."
        return { rank: 'C', title: 'Deny plain HTTP in the bucket policy', minutes: 60, reason }
      }
      if (complaint.key === 'noPolicy') return { rank: 'D', title: 'Add a policy that denies plain HTTP', minutes: 5 }
      return {
        rank: 'C',
        title: 'Deny plain HTTP in the bucket policy',
        minutes: 10,
        reason: 'Others use the bucket by this policy, and the code does not show whether all of them speak TLS.',
      }
    case 's3-no-public-policy':
      return {
        rank: 'C',
        title: "Confine the policy statement to the bucket's own account",
        minutes: 30,
        reason: 'Everybody may use the bucket today, and the code cannot show who does.',
      }
    case 's3-no-public-acl':
    case 's3-no-public-write-acl':
    case 's3-no-authenticated-users-acl':
    case 's3-no-public-acl-view':
      return {
        rank: 'C',
        title: 'Make the ACL private',
        minutes: 30,
        reason: 'Everybody may use the bucket today, and the code cannot show who does.',
      }
    case 's3-no-force-destroy':
      return {
        rank: 'C',
        title: 'Keep objects when the bucket is destroyed',
        minutes: 5,
        reason: 'Pipelines that tear environments down rely on the bucket emptying itself.',
      }
    default:
      return { code: 'no-fix', refused: `the fixer has no plan for ${complaint.ruleId}` }
  }
}

function judgeFlag(target: Target, { at, ruleId }: Complaint): Judgement {
  const title = `Turn on ${ruleId.replace('s3-', '').replaceAll('-', '_')}`
  const exposure = exposureOf(target.estate, target.bucket)
  if (exposure !== undefined)
    return { rank: 'C', title, minutes: 15, reason: `Readers outside the account lose access: ${exposure}.` }
  if (attributeOf(at) === undefined || isWrittenLiteral(target.estate, at)) return { rank: 'E', title, minutes: 0 }
  return {
    rank: 'C',
    title,
    minutes: 10,
    reason: 'Somebody wrote a condition for it, so somebody may rely on it being off.',
  }
}

function judgeEncryption(target: Target): Judgement {
  const title = 'Encrypt new objects with a KMS key'
  const services = serviceUsers(target.estate, target.bucket)
  if (services.length > 0) {
    const reason = `${services.join(', ')} uses the bucket and must be allowed to use the key, or its requests fail.`
    return { rank: 'C', title, minutes: 20, reason }
  }
  const exposure = exposureOf(target.estate, target.bucket)
  if (exposure !== undefined) {
    return { rank: 'C', title, minutes: 20, reason: `Anonymous readers cannot use a KMS key: ${exposure}.` }
  }
  const who = readers(target.estate, target.bucket)
  const reason =
    who.length === 0
      ? 'Whoever reads the objects needs kms:Decrypt on the key; no policy in this project names the bucket.'
      : `Whoever reads the objects needs kms:Decrypt on the key: ${who.join(', ')}.`
  return { rank: 'D', title, minutes: 10, reason }
}

function judgeLogging(target: Target, { values }: Pick<FixContext, 'estate' | 'values'>): Judgement | FixRefusal {
  const title = 'Log accesses to the bucket'
  const isIt = nameOf(target.bucket) !== undefined && nameOf(target.bucket) === values.logBucket
  if (isIt) return { code: 'no-fix', refused: 'it is the log bucket itself, which must not log its own accesses' }
  if (logBucketFor({ target, values }, target.bucket.modulePath) !== undefined) {
    const declared = declaredLogBucket(target, values.logBucket)
    const provider = providerOf(target)
    if (declared === undefined && provider !== undefined) {
      return {
        rank: 'C',
        title,
        minutes: 10,
        reason: `The log bucket must be in the region of ${provider}, which the code does not show.`,
      }
    }
    const reason =
      declared === undefined
        ? 'The log bucket is not in this project: its policy must let logging.s3.amazonaws.com write, in the same region.'
        : `Logs go to ${declared.address}, whose policy must let logging.s3.amazonaws.com write.`
    return { rank: 'D', title, minutes: 5, reason }
  }
  const given = values.logBucket
  return {
    rank: 'C',
    title,
    minutes: 10,
    reason:
      given === undefined
        ? 'Nothing says which bucket keeps the access logs.'
        : `${given} means nothing inside the module: the name of the bucket is needed.`,
    needs: [{ key: 'values.logBucket', question: 'Which bucket, in the region of this one, keeps S3 access logs?' }],
  }
}

function judgeOwnership(target: Target): Judgement | FixRefusal {
  const { estate, bucket } = target
  const title = 'Switch ACLs off'
  const logs = deliveredLogs(estate, bucket)
  if (logs === 'CloudFront logs')
    return { code: 'no-fix', refused: 'CloudFront can deliver its standard logs only while ACLs are on' }
  const separate = existing(target, ACL).find(({ path }) => path.length === 0)
  if (separate !== undefined) {
    const refused = `${separate.resource.address} sets an ACL, which S3 refuses once ACLs are off: remove that resource first`
    return { code: 'no-fix', refused }
  }
  const acl = Place.of(bucket).get('acl').string()
  if (acl.kind === 'known' && acl.value === 'log-delivery-write') {
    const refused =
      'S3 delivers access logs by this ACL: let logging.s3.amazonaws.com write by the bucket policy, and remove the ACL first'
    return { code: 'no-fix', refused }
  }
  if (!isPrivate(Place.of(bucket).get('acl')) || !Place.of(bucket).get('grant').absent) {
    return {
      rank: 'C',
      title,
      minutes: 15,
      reason: `What the ACL of ${shownName(bucket)} grants to others ends; it becomes private first.`,
    }
  }
  if (logs !== undefined && !serviceUsers(estate, bucket).includes('logging.s3.amazonaws.com')) {
    return {
      rank: 'C',
      title,
      minutes: 15,
      reason: `It receives ${logs}, perhaps by a grant that nothing in the code shows.`,
    }
  }
  return { rank: 'D', title, minutes: 5 }
}
