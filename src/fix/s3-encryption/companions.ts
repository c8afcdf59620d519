import {
  attribute,
  type BlockSpec,
  GAP,
  type HclValue,
  isOwnFile,
  type ItemSpec,
  moduleDocuments,
  raw,
  resource,
  template,
} from '../../edit/hcl/index.ts'
import type { Block, Expression } from '../../parse/hcl/ast.ts'
import { type BucketConcern, settingsOf, quietly } from '../../resources/aws/s3-bucket.ts'
import { Place } from '../../resources/place.ts'
import type { Session } from './session.ts'
import { bucketReference, rootAttribute, type Target } from './target.ts'

const TYPES = [
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_acl',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_website_configuration',
  'aws_s3_bucket_cors_configuration',
  'aws_s3_bucket_notification',
]

/** Adds a resource of a concern for the bucket, below the bucket's last companion in the bucket's own file. */
export function addCompanion(session: Session, type: string, items: readonly ItemSpec[]): void {
  const { target } = session
  const spec = resource(type, companionName(target, type), [
    ...metaArguments(target),
    attribute('bucket', raw(`${bucketReference(target)}.id`)),
    ...items,
  ])
  addBelow(session, spec)
}

/** Adds a block below the bucket's last companion. */
export function addBelow({ target, edits }: Session, spec: BlockSpec): void {
  edits.addBlockAfter(target.document, lastCompanion(target), spec)
}

/** Adds the block of a concern inside the bucket, where the provider is too old for resources of their own. */
export function addInline(session: Session, spec: BlockSpec): void {
  session.edits.addBlock(session.target.document, session.target.block, spec)
}

/** The settings of a concern, as far as they are certainly the bucket's. */
export function existing(target: Target, concern: BucketConcern): readonly Place[] {
  return settingsOf(Place.of(target.bucket), concern, quietly(target.estate, target.bucket)).certain
}

/** `count`, `for_each` and `provider` as the bucket has them, set apart from what follows. */
export function metaArguments(target: Target): readonly ItemSpec[] {
  const items: ItemSpec[] = []
  for (const name of ['provider', 'count', 'for_each']) {
    const there = rootAttribute(target, name)
    if (there !== undefined) items.push(attribute(name, copied(target, name, there.value)))
  }
  return items.length === 0 ? [] : [...items, GAP]
}

function copied({ document, bucket }: Target, name: string, value: Expression): HclValue {
  const text = document.text.slice(value.span.start, value.span.end)
  if (document.syntax === 'json') {
    const data: unknown = value.kind === 'tuple' || value.kind === 'object' ? undefined : JSON.parse(text)
    if (typeof data === 'number' || typeof data === 'boolean') return data
    if (typeof data === 'string') return template(data)
  } else if (!text.includes('\n')) {
    return raw(text)
  }
  // Instead of a long expression once more: one companion for each bucket.
  return raw(name === 'count' ? `length(aws_s3_bucket.${bucket.name})` : `aws_s3_bucket.${bucket.name}`)
}

/** The name of the bucket's other companions, or its own, if it is free. */
function companionName(target: Target, type: string): string {
  const names = new Set(companionBlocks(target).map((there) => there.labels[1]?.value ?? ''))
  const [only] = names
  const wanted = names.size === 1 && only !== undefined && only !== '' ? only : target.bucket.name
  return freeName(target, type, wanted)
}

/** A name that no resource of this type has in the module. */
export function freeName({ estate, dir }: Pick<Target, 'estate' | 'dir'>, type: string, wanted: string): string {
  const taken = new Set(
    moduleDocuments(estate, dir).flatMap((document) =>
      document.body.items.flatMap((item) =>
        item.kind === 'block' && item.labels[0]?.value === type ? [item.labels[1]?.value ?? ''] : [],
      ),
    ),
  )
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : i === 2 ? `${wanted}_bucket` : `${wanted}_bucket_${i - 1}`
    if (!taken.has(name)) return name
  }
}

function lastCompanion(target: Target): Block {
  const blocks = [target.block, ...companionBlocks(target)]
  return blocks.reduce((last, next) => (next.span.end > last.span.end ? next : last))
}

/** Companions in the bucket's own file. */
function companionBlocks({ estate, bucket, document }: Target): readonly Block[] {
  const find = quietly(estate, bucket)
  return TYPES.flatMap((type) => find(type, 'bucket').certain).flatMap(({ resource: { kind }, resource: companion }) =>
    kind === 'terraform' &&
    companion.kind === 'terraform' &&
    companion.source?.document === document &&
    isOwnFile(estate, document.path)
      ? [companion.source.block]
      : [],
  )
}
