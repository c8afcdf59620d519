import { type Companions, type Estate, refersTo } from '../estate.ts'
import { asString, Place } from '../place.ts'
import type { TerraformResource } from '../resource.ts'
import { readPolicy } from '../terraform/policy.ts'

/** One concern of a bucket: since provider version 4 a resource of its own, before that a block of the bucket. */
export interface BucketConcern {
  readonly type: string
  readonly inline: string | undefined
}

export const ENCRYPTION: BucketConcern = {
  type: 'aws_s3_bucket_server_side_encryption_configuration',
  inline: 'server_side_encryption_configuration',
}
export const VERSIONING: BucketConcern = { type: 'aws_s3_bucket_versioning', inline: 'versioning' }
export const LOGGING: BucketConcern = { type: 'aws_s3_bucket_logging', inline: 'logging' }
export const LIFECYCLE: BucketConcern = { type: 'aws_s3_bucket_lifecycle_configuration', inline: 'lifecycle_rule' }
export const OWNERSHIP: BucketConcern = { type: 'aws_s3_bucket_ownership_controls', inline: undefined }
export const PUBLIC_ACCESS_BLOCK: BucketConcern = { type: 'aws_s3_bucket_public_access_block', inline: undefined }
export const ACL: BucketConcern = { type: 'aws_s3_bucket_acl', inline: 'acl' }
export const POLICY: BucketConcern = { type: 'aws_s3_bucket_policy', inline: 'policy' }
export const WEBSITE: BucketConcern = { type: 'aws_s3_bucket_website_configuration', inline: 'website' }

/** Where a bucket's setting is written: separate resources, blocks or attributes in the bucket. */
export interface BucketSettings {
  readonly certain: readonly Place[]
  /** Those that may be the bucket's, or may not exist. */
  readonly possible: readonly Place[]
}

/** The bucket that a resource of its own (an ACL, a policy) is for: by reference or by a known equal name. */
export function bucketOf(estate: Estate, companion: TerraformResource): TerraformResource | undefined {
  const value = companion.value.entries.get('bucket')
  const buckets = estate.terraform('aws_s3_bucket', companion.root)
  for (const reference of value?.refs ?? []) {
    const found = buckets.find((bucket) => refersTo(reference, bucket))
    if (found !== undefined) return found
  }
  const name = value === undefined ? undefined : asString(value)
  if (name === undefined) return undefined
  return buckets.find((bucket) => {
    const own = Place.of(bucket).get('bucket')
    const known = own.string()
    return own.value?.kind === 'string' && known.kind === 'known' && known.value === name
  })
}

/** The companions of a bucket, as `RuleContext.companions` gives them. */
export type FindCompanions = (type: string, via: string, names?: readonly string[]) => Companions

/** Finds companions without telling anybody of the unknowns that are met. */
export function quietly(estate: Estate, bucket: TerraformResource): FindCompanions {
  return (type, via, names) => estate.companions(bucket, type, via, names)
}

export function settingsOf(bucket: Place, concern: BucketConcern, find: FindCompanions): BucketSettings {
  const certain: Place[] = []
  const possible: Place[] = []
  if (concern.inline !== undefined) {
    const inline = bucket.get(concern.inline)
    const { unknown } = inline
    // A policy that is known but for a reference in it is there.
    if (unknown !== undefined)
      (unknown.notNull === true || unknown.encodes !== undefined ? certain : possible).push(inline)
    else if (inline.value?.kind === 'list')
      for (const item of inline.items()) (item.certain ? certain : possible).push(item)
    else if (!inline.absent) certain.push(inline)
  }
  const companions = find(concern.type, 'bucket')
  for (const place of companions.certain) (existsWith(bucket, place) ? certain : possible).push(place)
  possible.push(...companions.possible)
  return { certain, possible }
}

/**
 * True unless the companion stands behind a `count` or `for_each` that is not known while the bucket does not stand
 * behind the same one: then it may be missing.
 */
function existsWith(bucket: Place, companion: Place): boolean {
  const own = openExpansion(bucket)
  const other = openExpansion(companion)
  return (
    other === undefined ||
    other === own ||
    (own !== undefined && other.includes(`aws_s3_bucket.${bucket.resource.name}`))
  )
}

/** The expression of an expansion that is not known, without white space. */
function openExpansion({ resource }: Place): string | undefined {
  if (resource.kind !== 'terraform' || resource.source === undefined) return undefined
  const { block, document } = resource.source
  const isOpen = (name: string) =>
    resource.address === resource.baseAddress || resource.value.entries.get(name)?.kind === 'unknown'
  for (const item of block.body.items) {
    if (item.kind === 'attribute' && (item.name === 'count' || item.name === 'for_each') && isOpen(item.name)) {
      return document.text.slice(item.value.span.start, item.value.span.end).replaceAll(/\s/g, '')
    }
  }
  return undefined
}

const LOG_WRITERS: readonly (readonly [type: string, via: string, what: string])[] = [
  ['aws_s3_bucket_logging', 'target_bucket', 'S3 access logs'],
  ['aws_s3_bucket', 'logging.target_bucket', 'S3 access logs'],
  ['aws_lb', 'access_logs.bucket', 'load balancer logs'],
  ['aws_lb', 'connection_logs.bucket', 'load balancer logs'],
  ['aws_alb', 'access_logs.bucket', 'load balancer logs'],
  ['aws_elb', 'access_logs.bucket', 'load balancer logs'],
  ['aws_cloudfront_distribution', 'logging_config.bucket', 'CloudFront logs'],
]
const LOG_SERVICES: ReadonlySet<string> = new Set([
  'logging.s3.amazonaws.com',
  'logdelivery.elasticloadbalancing.amazonaws.com',
])

/**
 * What logs are delivered to a bucket by services that can only write with SSE-S3; undefined if none is known to be. Such
 * a bucket does not log its own accesses either: every log written would make another.
 */
export function deliveredLogs(estate: Estate, bucket: TerraformResource): string | undefined {
  const find = quietly(estate, bucket)
  for (const [type, via, what] of LOG_WRITERS) {
    if (find(type, via, ['bucket']).certain.length > 0) return what
  }
  const place = Place.of(bucket)
  for (const acl of settingsOf(place, ACL, find).certain) {
    const canned = acl.path.length > 0 ? acl : acl.get('acl')
    const value = canned.string()
    if (value.kind === 'known' && value.value === 'log-delivery-write') return 'S3 access logs'
  }
  const services = serviceUsers(estate, bucket).filter((service) => LOG_SERVICES.has(service))
  return services.length > 0 ? `logs from ${services.join(' and ')}` : undefined
}

/** AWS services that the bucket's policy lets in, as far as it is known. */
export function serviceUsers(estate: Estate, bucket: TerraformResource): readonly string[] {
  const services = new Set<string>()
  for (const policy of bucketPolicies(Place.of(bucket), quietly(estate, bucket)).certain) {
    const reading = readPolicy(policy)
    if (reading.kind !== 'known') continue
    for (const statement of reading.statements) {
      const effect = statement.effect
      if (effect.kind !== 'known' || effect.value !== 'Allow') continue
      for (const { type, ids } of statement.principals.entries) {
        if (type === 'Service' && ids.kind === 'known') for (const id of ids.value) services.add(id)
      }
    }
  }
  return [...services].toSorted()
}

/** The places of a bucket's policy texts. */
export function bucketPolicies(bucket: Place, find: FindCompanions): BucketSettings {
  const { certain, possible } = settingsOf(bucket, POLICY, find)
  return { certain: certain.map(policyText), possible: possible.map(policyText) }
}

/** The policy of a separate resource, or the attribute inside the bucket itself. */
export function policyText(setting: Place): Place {
  return setting.path.length > 0 ? setting : setting.get('policy')
}
