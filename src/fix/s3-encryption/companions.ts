import { attribute, type BlockSpec, type ItemSpec, raw, resource } from '../../edit/hcl/index.ts'
import type { Block } from '../../parse/hcl/ast.ts'
import { type BucketConcern, settingsOf, quietly } from '../../resources/aws/s3-bucket.ts'
import { Place } from '../../resources/place.ts'
import type { Session } from './session.ts'
import { freeName, metaArguments, referenceTo } from '../shared/target.ts'
import type { Target } from './target.ts'

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
    attribute('bucket', raw(`${referenceTo(target)}.id`)),
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

/** The name of the bucket's other companions, or its own, if it is free. */
function companionName(target: Target, type: string): string {
  const names = new Set(companionBlocks(target).map((there) => there.labels[1]?.value ?? ''))
  const [only] = names
  const wanted = names.size === 1 && only !== undefined && only !== '' ? only : target.bucket.name
  return freeName(target, type, wanted, 'bucket')
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
    estate.isOwn(document.path)
      ? [companion.source.block]
      : [],
  )
}
