import type { Target } from './target.ts'
import { attribute, block, type BlockSpec, type EditRefusal, findBlocks, GAP, setPlace } from '../../edit/hcl/index.ts'
import { LIFECYCLE, OWNERSHIP, PUBLIC_ACCESS_BLOCK, VERSIONING } from '../../resources/aws/s3-bucket.ts'
import { decide, Place } from '../../resources/place.ts'
import type { Complaint } from '../fixer.ts'
import { setSwitch } from '../shared/callers.ts'
import { addCompanion, addInline, existing } from './companions.ts'
import { hasOldProvider } from '../shared/provider-version.ts'
import { oncePerBlock, type Session } from './session.ts'

const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets']

export function addPublicAccessBlock(session: Session): EditRefusal | undefined {
  return oncePerBlock(session, 'public access block', () => {
    addCompanion(session, PUBLIC_ACCESS_BLOCK.type, [GAP, ...FLAGS.map((flag) => attribute(flag, true))])
    return undefined
  })
}

/** Turns on the switch that a complaint is about. */
export function switchOn(session: Session, { at }: Complaint): EditRefusal | undefined {
  return setSwitch(session, at, true)
}

export function enableVersioning(session: Session, { at, key }: Complaint): EditRefusal | undefined {
  if (key !== 'missing') {
    const wanted = at.path.at(-1) === 'enabled' ? true : 'Enabled'
    return setSwitch(session, at, wanted)
  }
  return oncePerBlock(session, 'versioning', () => {
    const { target } = session
    if (hasOldProvider(target.estate, target.dir)) addInline(session, block('versioning', [attribute('enabled', true)]))
    else addCompanion(session, VERSIONING.type, [block('versioning_configuration', [attribute('status', 'Enabled')])])
    return undefined
  })
}

/**
 * Switches ACLs off. S3 refuses that while the ACL grants anything to others, so an inline ACL becomes private first:
 * Terraform changes the bucket before the resources that refer to it.
 */
export function enforceOwnership(session: Session, { at, key }: Complaint): EditRefusal | undefined {
  const { target, edits } = session
  const acl = Place.of(target.bucket).get('acl')
  if (!isPrivate(acl)) {
    const refused = setPlace(edits, target.estate, acl, 'private', { orReplace: true })
    if (refused !== undefined) return refused
  }
  for (const grant of findBlocks(target.block, 'grant')) edits.delete(target.document, target.block, grant)
  if (key !== 'missing') return setPlace(edits, target.estate, at, 'BucketOwnerEnforced', { orReplace: true })
  return oncePerBlock(session, 'ownership', () => {
    addCompanion(session, OWNERSHIP.type, [block('rule', [attribute('object_ownership', 'BucketOwnerEnforced')])])
    return undefined
  })
}

/** True for an ACL that grants nothing to others: the default, and what S3 allows when ACLs are off. */
export function isPrivate(acl: Place): boolean {
  return (
    decide(
      acl.string(),
      (value) => value === undefined || value === 'private' || value === 'bucket-owner-full-control',
    ) === 'yes'
  )
}

/** Days that earlier versions stay if `values.retentionDays` does not say: as long as backups are kept. */
const NONCURRENT_DAYS = 90
const UPLOAD_DAYS = 7

/** True if the bucket may hold earlier versions today, also where versioning was suspended since. */
export function keepsVersions(target: Target): boolean {
  return existing(target, VERSIONING).length > 0
}

/** Clears away incomplete uploads, and versions that are yet to come; what is current never goes by this. */
export function addLifecycle(session: Session): EditRefusal | undefined {
  return oncePerBlock(session, 'lifecycle', () => {
    const { target, edits, values } = session
    // Earlier versions that are there already would go for good: only a bucket that never kept any gets an expiry.
    const days = keepsVersions(target) ? undefined : (values.retentionDays ?? NONCURRENT_DAYS)
    const [there] = existing(target, LIFECYCLE).filter(({ path }) => path.length === 0)
    if (there !== undefined) {
      const { resource } = there
      if (resource.kind !== 'terraform' || resource.source?.editable !== true)
        return { refused: 'its lifecycle configuration is not editable' }
      if (resource.source.document.syntax === 'json')
        return { refused: 'a rule cannot be added safely to a configuration in JSON syntax' }
      edits.addBlock(resource.source.document, resource.source.block, tidyRule(days))
    } else if (existing(target, LIFECYCLE).length > 0 || hasOldProvider(target.estate, target.dir)) {
      addInline(session, inlineRule(days))
    } else {
      addCompanion(session, LIFECYCLE.type, [tidyRule(days)])
    }
    return undefined
  })
}

function tidyRule(days: number | undefined): BlockSpec {
  return block('rule', [
    attribute('id', 'tidy'),
    attribute('status', 'Enabled'),
    block('filter', []),
    ...(days === undefined ? [] : [block('noncurrent_version_expiration', [attribute('noncurrent_days', days)])]),
    block('abort_incomplete_multipart_upload', [attribute('days_after_initiation', UPLOAD_DAYS)]),
  ])
}

function inlineRule(days: number | undefined): BlockSpec {
  return block('lifecycle_rule', [
    attribute('id', 'tidy'),
    attribute('enabled', true),
    GAP,
    attribute('abort_incomplete_multipart_upload_days', UPLOAD_DAYS),
    ...(days === undefined ? [] : [block('noncurrent_version_expiration', [attribute('days', days)])]),
  ])
}

export function keepObjects(session: Session, { at }: Complaint): EditRefusal | undefined {
  return setSwitch(session, at, false)
}
