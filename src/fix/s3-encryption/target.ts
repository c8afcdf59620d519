import { bucketOf } from '../../resources/aws/s3-bucket.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import { type TerraformTarget, terraformTarget } from '../shared/target.ts'

/** The bucket that a finding is about, in the file that declares it. */
export interface Target extends TerraformTarget {
  readonly bucket: TerraformResource
}

/** The bucket itself, or the one that a companion names; undefined if that is not in the project's own files. */
export function targetOf(estate: Estate, resource: Resource): Target | undefined {
  if (resource.kind !== 'terraform') return undefined
  const bucket = resource.type === 'aws_s3_bucket' ? resource : bucketOf(estate, resource)
  const target = bucket === undefined ? undefined : terraformTarget(estate, bucket)
  return target === undefined ? undefined : { ...target, bucket: target.resource }
}

/** The bucket's name if the code says it. */
export function nameOf(bucket: TerraformResource): string | undefined {
  const name = Place.of(bucket).get('bucket').string()
  return name.kind === 'known' ? name.value : undefined
}

/** What it is called in messages and runbooks, safe in Markdown's code spans: its name, or where to look for it. */
export function shownName(bucket: TerraformResource): string {
  return (nameOf(bucket) ?? `<name of ${bucket.address}>`).replaceAll(/[`\s]/g, ' ')
}
