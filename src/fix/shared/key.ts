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
import { accountId, accountRoot, regionName } from './account.ts'
import { policyText } from './policy-text.ts'
import type { FixSession } from './session.ts'
import { freeName, rootAttribute } from './target.ts'

const GENERAL_PURPOSE = /(?:^|[^a-z0-9])(?:main|general|shared|default)(?:$|[^a-z0-9])/i

/** What a customer-managed key is for. */
export interface KeyPurpose {
  /** Name of the resource, and of the alias with `-`: `s3`. */
  readonly name: string
  readonly description: string
  /** Fits the name or description of keys that may serve the purpose; those kept for something else are not widened. */
  readonly pattern: RegExp
  /** Statements of the key policy besides the one that lets IAM decide, as HCL object expressions. */
  readonly statements?: (accountRoot: string, scope: KeyScope) => readonly string[]
  /** Whether the policy of a key that is there says what `statements` would; without it no such key is used. */
  readonly serves?: (key: TerraformResource) => boolean
}

/** Where a key lives, as insides of Terraform strings; what is asked for is declared. */
export interface KeyScope {
  accountId(): string
  region(): string
}

export interface KeyPlace {
  /** Folder of the module that needs the key. */
  readonly dir: string
  readonly root: string
  readonly modulePath: string
  /** The alias of what is encrypted; keys do not reach across regions, so that each alias has one of its own. */
  readonly provider: string | undefined
  /** The `region` argument that resources have since version 6 of the provider, if it is written as a literal. */
  readonly region?: string | undefined
}

/**
 * A key for a purpose: the one of `secops.yaml`, one that the module keeps for the purpose already, or a new one that
 * all of the module's resources share.
 */
export function keyFor(session: FixSession, purpose: KeyPurpose, place: KeyPlace): HclValue {
  const { values, estate, edits } = session
  const { dir, root, modulePath, provider, region } = place
  if (values.kmsKeyArn !== undefined && provider === undefined && region === undefined) return values.kmsKeyArn
  const there = estate
    .terraform('aws_kms_key', root)
    .find((key) => key.modulePath === modulePath && isSuitable(session, key, purpose, place))
  if (there !== undefined) return raw(`aws_kms_key.${there.name}.arn`)
  const wanted = [purpose.name, provider?.split('.')[1], region?.replaceAll('-', '_')]
    .filter((part) => part !== undefined)
    .join('_')
  const name = freeName({ estate, dir }, 'aws_kms_key', wanted, 'key')
  const meta: readonly ItemSpec[] = [
    ...(provider === undefined ? [] : [attribute('provider', raw(provider)), GAP]),
    ...(region === undefined ? [] : [attribute('region', region), GAP]),
  ]
  if (!session.done.has(`key ${dir} ${name}`)) {
    session.done.add(`key ${dir} ${name}`)
    const account = accountRoot(session, dir, provider)
    const scope: KeyScope = {
      accountId: () => accountId(session, dir, provider),
      region: () => region ?? regionName(session, dir, provider),
    }
    addTopBlocks(edits, estate, dir, 'kms.tf', [
      resource('aws_kms_key', name, [
        ...meta,
        attribute('description', purpose.description),
        attribute('deletion_window_in_days', 30),
        attribute('enable_key_rotation', true),
        GAP,
        attribute('policy', raw(policyText([delegation(account), ...(purpose.statements?.(account, scope) ?? [])]))),
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
export function delegation(root: string): string {
  return `{
    Sid       = "DelegateToIam"
    Effect    = "Allow"
    Principal = { AWS = "${root}" }
    Action    = "kms:*"
    Resource  = "*"
  }`
}

function isSuitable(
  { estate }: FixSession,
  key: TerraformResource,
  { pattern, statements, serves }: KeyPurpose,
  { dir, provider, region }: KeyPlace,
): boolean {
  const { source } = key
  if (statements !== undefined && serves?.(key) !== true) return false
  if (source === undefined || folderOf(source.document.path) !== dir || key.dormant || key.address.endsWith(']'))
    return false
  const place = Place.of(key)
  const rotation = place.get('enable_key_rotation').bool()
  if (rotation.kind !== 'known' || !rotation.value || !isSymmetric(place) || aliasOf(place) !== provider) return false
  if (textAt(place.get('region')) !== region) return false
  if (rootAttribute(source, 'count') !== undefined || rootAttribute(source, 'for_each') !== undefined) return false
  const words = `${key.name.replaceAll('_', ' ')} ${textAt(place.get('description')) ?? ''}`
  return (
    (pattern.test(words) || GENERAL_PURPOSE.test(words)) && delegatesToIam(place) && estate.isOwn(source.document.path)
  )
}

function isSymmetric(key: Place): boolean {
  return key.get('key_usage').absent && key.get('customer_master_key_spec').absent
}

function aliasOf(key: Place): string | undefined {
  return textAt(key.get('provider'))
}

function textAt({ value }: Place): string | undefined {
  return value === undefined ? undefined : asString(value)
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
