import { type Complaint, defineFixer, type FixContext } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal, inOrderOf } from '../shared/attempt.ts'
import { unreachable } from '../shared/target.ts'
import { assessComplaint } from './assess.ts'
import { encrypt } from './encryption.ts'
import { logAccess } from './logging.ts'
import { confineToAccount, makePrivate } from './public-access.ts'
import type { Remedy } from './session.ts'
import {
  addLifecycle,
  addPublicAccessBlock,
  enableVersioning,
  enforceOwnership,
  keepObjects,
  switchOn,
} from './settings.ts'
import { stepsFor } from './steps.ts'
import { targetOf } from './target.ts'
import { denyPlainHttp } from './tls-policy.ts'

/** In the order in which their resources stand below a bucket. */
const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['s3-no-force-destroy', keepObjects],
  ['s3-ownership-controls', enforceOwnership],
  ['s3-no-public-acl', makePrivate],
  ['s3-no-public-write-acl', makePrivate],
  ['s3-no-authenticated-users-acl', makePrivate],
  ['s3-no-public-acl-view', makePrivate],
  ['s3-public-access-block', addPublicAccessBlock],
  ['s3-block-public-acls', switchOn],
  ['s3-block-public-policy', switchOn],
  ['s3-ignore-public-acls', switchOn],
  ['s3-restrict-public-buckets', switchOn],
  ['s3-bucket-kms-encryption', encrypt],
  ['s3-bucket-versioning', enableVersioning],
  ['s3-access-logging', logAccess],
  ['s3-lifecycle-configuration', addLifecycle],
  ['s3-no-public-policy', confineToAccount],
  ['s3-tls-only-policy', denyPlainHttp],
])

export default defineFixer({
  name: 's3-encryption',
  title: 'S3 buckets: encryption, public access, versioning, logging, lifecycle, ownership, TLS',
  covers: [...REMEDIES.keys()],

  assess(complaint, context) {
    const target = targetOf(context.estate, complaint.at.resource)
    if (target === undefined) return unreachable(complaint.at.resource)
    const assessment = assessComplaint(target, complaint, context)
    if ('refused' in assessment || (assessment.needs ?? []).length > 0) return assessment
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return firstRefusal(attempt([complaint], context)) ?? assessment
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(inOrderOf(REMEDIES.keys(), complaints), context, (session, complaint) => {
    const { resource } = complaint.at
    const target = targetOf(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    return REMEDIES.get(complaint.ruleId)?.({ ...session, target }, complaint)
  })
}
