import {
  attribute,
  attributeOf,
  block,
  type EditRefusal,
  type HclValue,
  raw,
  setOwnAttribute,
  template,
} from '../../edit/hcl/index.ts'
import { deliveredLogs, LOGGING } from '../../resources/aws/s3-bucket.ts'
import { oncePerEstateAnd } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Complaint } from '../fixer.ts'
import { callerFolder, callOf, passArgument, variableName } from '../shared/callers.ts'
import { addCompanion, addInline } from './companions.ts'
import { hasOldProvider } from '../shared/provider-version.ts'
import { oncePerBlock, type Session } from './session.ts'
import { providerOf, referenceTo, rootAttribute } from '../shared/target.ts'
import { nameOf, type Target } from './target.ts'

/** Sends the bucket's access logs to the log bucket. */
export function logAccess(session: Session, { at, key }: Complaint): EditRefusal | undefined {
  const { target } = session
  const bucket = logBucketFor(session, target.bucket.modulePath)
  if (bucket === undefined) return { refused: 'no bucket for access logs is known' }
  if (key === 'noTarget') return setOwnAttribute(session.edits, target.estate, at, bucket)
  const passed = passLogBucket(session)
  if (passed !== 'no') return passed === 'done' ? undefined : passed
  return oncePerBlock(session, 'logging', () => {
    const items = [attribute('target_bucket', bucket), attribute('target_prefix', template(prefix(target)))]
    if (hasOldProvider(target.estate, target.dir)) addInline(session, block('logging', items))
    else addCompanion(session, LOGGING.type, items)
    return undefined
  })
}

/** A module that has the logging already, switched off for want of a bucket, gets the bucket from its caller. */
function passLogBucket(session: Session): 'no' | 'done' | EditRefusal {
  const { estate, bucket, dir } = session.target
  const call = callOf(session, bucket)
  const dormant = estate
    .terraform(LOGGING.type, bucket.root)
    .find(
      (logging) =>
        logging.dormant && logging.modulePath === bucket.modulePath && logging.value.entries.has('target_bucket'),
    )
  if (call === undefined || dormant === undefined) return 'no'
  const variable = variableName(attributeOf(Place.of(dormant).get('target_bucket'))?.expression)
  const value = callerFolder(call) === dir ? undefined : logBucketFor(session, call.modulePath)
  if (variable === undefined || value === undefined) return 'no'
  return passArgument(session, call, variable, value) ?? 'done'
}

/** An expression for the log bucket that holds in a module: a reference where it is declared there, else its name. */
export function logBucketFor(
  { target, values }: Pick<Session, 'target' | 'values'>,
  modulePath: string,
): HclValue | undefined {
  const { logBucket } = values
  if (logBucket !== undefined && /^(?:aws_s3_bucket|module|local|var|data)\.[\w.[\]"-]+$/.test(logBucket)) {
    return modulePath === '' ? raw(logBucket) : undefined
  }
  const declared = declaredLogBucket(target, logBucket)
  if (declared !== undefined && declared.modulePath === modulePath) return raw(`aws_s3_bucket.${declared.name}.id`)
  if (logBucket !== undefined) return logBucket
  return declared === undefined ? undefined : nameOf(declared)
}

/** A bucket of this root module that is kept for logs, in the region of the one that is to be logged. */
export function declaredLogBucket(target: Target, name: string | undefined): TerraformResource | undefined {
  const provider = providerOf(target)
  return target.estate.terraform('aws_s3_bucket', target.bucket.root).find((bucket) => {
    if (
      bucket.dormant ||
      bucket.source === undefined ||
      bucket.address.endsWith(']') ||
      bucket.address === target.bucket.address
    )
      return false
    const { document, block: there } = bucket.source
    if (rootAttribute({ block: there }, 'count') ?? rootAttribute({ block: there }, 'for_each')) return false
    if (providerOf({ document, block: there }) !== provider) return false
    return name === undefined ? logBuckets(target.estate, bucket.root).has(bucket) : nameOf(bucket) === name
  })
}

/** The buckets of a root module that receive logs already. */
const logBuckets = oncePerEstateAnd(
  (estate, root: string): ReadonlySet<TerraformResource> =>
    new Set(estate.terraform('aws_s3_bucket', root).filter((bucket) => deliveredLogs(estate, bucket) !== undefined)),
)

/** Where the log bucket keeps this bucket's logs apart. */
function prefix(target: Target): string {
  if (target.bucket.modulePath !== '') return `s3/\${${referenceTo(target)}.id}/`
  const base = `s3/${target.bucket.name.replaceAll('_', '-')}/`
  if (rootAttribute(target, 'for_each') !== undefined) return `${base}\${each.key}/`
  return rootAttribute(target, 'count') === undefined ? base : `${base}\${count.index}/`
}
