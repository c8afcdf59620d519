import { type BucketConcern, deliveredLogs, settingsOf } from '../../resources/aws/s3-bucket.ts'
import type { Place } from '../../resources/place.ts'
import { notApplicable, type NotApplicable, type RuleContext } from '../rule.ts'
import type { Settings } from './terraform-companions.ts'
import { hiddenCompanion } from './terraform-hidden-modules.ts'

/** Many a module gets a bucket to use it; one that is about buckets may set it up. */
const BUCKET_MODULE = /s3|bucket/i
const BUCKET = /^(?:s3_)?bucket(?:_(?:id|name|arn))?$/

/** Where a bucket's setting is; it may also be in a module that is not on disk and that is given the bucket. */
export function bucketSettings(bucket: Place, concern: BucketConcern, context: RuleContext): Settings {
  const settings = settingsOf(bucket, concern, context.companions)
  const hidden =
    settings.certain.length > 0 ? [] : hiddenCompanion(bucket.resource, context.estate, BUCKET_MODULE, BUCKET).likely
  return hidden.length === 0 ? settings : { ...settings, possible: [...settings.possible, ...hidden] }
}

/** Log destinations are exempt from what would stop the delivery or log the logging. */
export function logDestination(bucket: Place, { estate }: RuleContext, because: string): NotApplicable | undefined {
  const { resource } = bucket
  const logs = resource.kind === 'terraform' ? deliveredLogs(estate, resource) : undefined
  return logs === undefined ? undefined : notApplicable(`it receives ${logs}: ${because}`)
}
