import {
  addTopBlocks,
  attribute,
  folderOf,
  GAP,
  type HclValue,
  type ItemSpec,
  raw,
  resource,
} from '../../edit/hcl/index.ts'
import { asString, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { readPolicy } from '../../resources/terraform/policy.ts'
import { accountRoot } from './account.ts'
import { freeName } from './companions.ts'
import type { Session } from './session.ts'

/** Keys whose name or description says that they are for more than one thing, or for buckets. */
const GENERAL_PURPOSE = /(?:^|[^a-z0-9])(?:s3|buckets?|storage|objects?|main|general|shared|default)(?:$|[^a-z0-9])/i

/**
 * The key that encrypts buckets of a module: the one of `secops.yaml`, one that the module keeps for buckets already, or
 * a new one that all of its buckets share. A key kept for something else is not widened to buckets.
 * @param provider the bucket's provider alias; keys do not reach across regions, so that it has one of its own
 */
export function keyFor(session: Session, dir: string, modulePath: string, provider: string | undefined): HclValue {
  const { values, target, edits } = session
  if (values.kmsKeyArn !== undefined && provider === undefined) return values.kmsKeyArn
  const there = target.estate
    .terraform('aws_kms_key', target.bucket.root)
    .find((key) => key.modulePath === modulePath && isSuitable(session, key, dir, provider))
  if (there !== undefined) return raw(`aws_kms_key.${there.name}.arn`)
  const alias = provider?.split('.')[1]
  const name = freeName({ estate: target.estate, dir }, 'aws_kms_key', alias === undefined ? 's3' : `s3_${alias}`)
  const meta: readonly ItemSpec[] = provider === undefined ? [] : [attribute('provider', raw(provider)), GAP]
  if (!session.done.has(`key ${dir} ${name}`)) {
    session.done.add(`key ${dir} ${name}`)
    addTopBlocks(edits, target.estate, dir, 'kms.tf', [
      resource('aws_kms_key', name, [
        ...meta,
        attribute('description', 'Objects in S3 buckets'),
        attribute('deletion_window_in_days', 30),
        attribute('enable_key_rotation', true),
        GAP,
        attribute('policy', raw(keyPolicy(accountRoot(session, dir)))),
      ]),
      resource('aws_kms_alias', name, [
        ...meta,
        attribute('name_prefix', `alias/${name.replaceAll('_', '-')}-`),
        attribute('target_key_id', raw(`aws_kms_key.${name}.key_id`)),
      ]),
    ])
  }
  return raw(`aws_kms_key.${name}.arn`)
}

/** What a key has without a policy, written down: IAM policies of the account decide, so that nobody is locked out. */
function keyPolicy(root: string): string {
  return `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Sid       = "DelegateToIam"
    Effect    = "Allow"
    Principal = { AWS = "${root}" }
    Action    = "kms:*"
    Resource  = "*"
  }]
})`
}

function isSuitable({ target }: Session, key: TerraformResource, dir: string, provider: string | undefined): boolean {
  const { source } = key
  if (source === undefined || folderOf(source.document.path) !== dir || key.dormant || key.address.endsWith(']'))
    return false
  const place = Place.of(key)
  const rotation = place.get('enable_key_rotation').bool()
  if (rotation.kind !== 'known' || !rotation.value || !isSymmetric(place) || aliasOf(place) !== provider) return false
  if (
    source.block.body.items.some(
      (item) => item.kind === 'attribute' && (item.name === 'count' || item.name === 'for_each'),
    )
  )
    return false
  const description = place.get('description').value
  const words = `${key.name.replaceAll('_', ' ')} ${(description === undefined ? '' : asString(description)) ?? ''}`
  return GENERAL_PURPOSE.test(words) && delegatesToIam(place) && target.estate.documents.has(source.document.path)
}

function isSymmetric(key: Place): boolean {
  return key.get('key_usage').absent && key.get('customer_master_key_spec').absent
}

function aliasOf(key: Place): string | undefined {
  const provider = key.get('provider').value
  return provider === undefined ? undefined : asString(provider)
}

/** The default policy, or one that lets the account's IAM policies decide: else readers would be locked out. */
function delegatesToIam(key: Place): boolean {
  const policy = readPolicy(key.get('policy'))
  if (policy.kind === 'absent') return true
  if (policy.kind === 'unknown') return false
  return policy.statements.some((statement) => {
    const { effect, actions, conditions, principals } = statement
    const allows =
      effect.kind === 'known' && effect.value === 'Allow' && conditions !== 'unknown' && conditions.length === 0
    const account = principals.entries.some(({ place }) => textOf(place).some((text) => text.endsWith(':root')))
    return allows && actions.contains('kms:*') === 'yes' && account
  })
}

function textOf(place: Place): readonly string[] {
  const { value } = place
  if (value?.kind === 'list') return place.items().flatMap(textOf)
  if (value?.kind === 'unknown') return (value.parts ?? []).filter((part) => typeof part === 'string')
  const text = value === undefined ? undefined : asString(value)
  return text === undefined ? [] : [text]
}
