import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { folderOf } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { refersTo } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'

/** The bucket that a finding is about, in the file that declares it. */
export interface Target {
  readonly estate: Estate
  readonly bucket: TerraformResource
  readonly document: HclDocument
  readonly block: Block
  /** Folder of the module that declares it. */
  readonly dir: string
}

/** The bucket itself, or the one that a companion names; undefined if that is not in the project's own files. */
export function targetOf(estate: Estate, resource: Resource): Target | undefined {
  if (resource.kind !== 'terraform') return undefined
  const bucket = resource.type === 'aws_s3_bucket' ? resource : bucketOf(estate, resource)
  if (bucket?.source === undefined || !bucket.source.editable) return undefined
  const { document, block } = bucket.source
  return { estate, bucket, document, block, dir: folderOf(document.path) }
}

function bucketOf(estate: Estate, companion: TerraformResource): TerraformResource | undefined {
  const value = companion.value.entries.get('bucket')
  const buckets = estate.terraform('aws_s3_bucket', companion.root)
  for (const reference of value?.refs ?? []) {
    const found = buckets.find((bucket) => refersTo(reference, bucket))
    if (found !== undefined) return found
  }
  const name = value === undefined ? undefined : asString(value)
  if (name === undefined) return undefined
  return buckets.find((bucket) => Place.of(bucket).get('bucket').value?.kind === 'string' && nameOf(bucket) === name)
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

export function rootAttribute({ block }: Pick<Target, 'block'>, name: string): Attribute | undefined {
  for (const item of block.body.items) if (item.kind === 'attribute' && item.name === name) return item
  return undefined
}

/** How expressions in its own module refer to the bucket, such as `aws_s3_bucket.logs[each.key]`. */
export function bucketReference(target: Target): string {
  const base = `aws_s3_bucket.${target.bucket.name}`
  if (rootAttribute(target, 'for_each') !== undefined) return `${base}[each.key]`
  return rootAttribute(target, 'count') === undefined ? base : `${base}[count.index]`
}

/** The text of the `provider` argument: another alias means another region or account. */
export function providerOf(target: Target): string | undefined {
  const attribute = rootAttribute(target, 'provider')
  if (attribute === undefined) return undefined
  const { start, end } = attribute.value.span
  return target.document.text
    .slice(start, end)
    .replaceAll('"', '')
    .replaceAll(/^\$\{|\}$/g, '')
    .trim()
}
