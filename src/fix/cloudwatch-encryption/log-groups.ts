import { findAttribute } from '../../edit/hcl/index.ts'
import { matchesPattern } from '../../resources/aws/iam-actions.ts'
import { textOf, UNKNOWN_PART } from '../../resources/aws/iam-resources.ts'
import type { Estate } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { readPolicy } from '../../resources/terraform/policy.ts'
import type { KeyPlace, KeyScope } from '../shared/key.ts'
import { providerOf } from '../shared/target.ts'

/** What log groups a key is for, as their names are written in the module. */
export interface GroupNames {
  /** Insides of Terraform strings, `*` where a name differs between instances or is made up by AWS. */
  readonly patterns: readonly string[]
  readonly groups: readonly TerraformResource[]
}

/**
 * The log groups that would take a module's key, as no key is named for them yet: all of them, whichever are fixed first,
 * so that one key serves them. Names and not references, since the groups wait for the key.
 */
export function groupsFor(estate: Estate, { root, modulePath, provider, region }: KeyPlace): GroupNames {
  const groups = estate
    .terraform('aws_cloudwatch_log_group', root)
    .filter(
      (group) =>
        !group.dormant &&
        group.source !== undefined &&
        isWithin(group.modulePath, modulePath) &&
        isKeyless(group) &&
        providerOf(group.source) === provider &&
        literalRegion(group) === region,
    )
  const trails = estate
    .terraform('aws_cloudtrail', root)
    .filter(
      (trail) =>
        !trail.dormant &&
        trail.modulePath === modulePath &&
        trail.source !== undefined &&
        providerOf(trail.source) === provider &&
        Place.of(trail).get('cloud_watch_logs_group_arn').absent,
    )
  const patterns = [
    ...groups.map((group) => (group.modulePath === modulePath ? writtenName(group) : shownName(group))),
    ...trails.map((trail) => `${TRAIL_GROUP}${writtenName(trail)}`),
  ]
  return { patterns: [...new Set(patterns)].toSorted(), groups }
}

/** Where the log group of a trail is made. */
export const TRAIL_GROUP = '/aws/cloudtrail/'

export function literalRegion(resource: TerraformResource): string | undefined {
  const { value } = Place.of(resource).get('region')
  return value === undefined ? undefined : asString(value)
}

function isKeyless(group: TerraformResource): boolean {
  const key = Place.of(group).get('kms_key_id')
  const text = key.value === undefined ? undefined : asString(key.value)
  return key.absent || text === ''
}

/** Whether a module is another one or is called, over any steps, by it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || above === '' || path.startsWith(`${above}.`)
}

/** The name as the module writes it, which is right for every call of the module. */
function writtenName({ source }: TerraformResource): string {
  const name = source === undefined ? undefined : findAttribute(source.block, 'name')
  if (source === undefined || name === undefined) return '*'
  const { document } = source
  const expression = document.text.slice(name.value.span.start, name.value.span.end)
  if (/\b(?:each|count|self)\./.test(expression)) {
    const inside = /^"(.*)"$/s.exec(expression)?.[1]
    return inside === undefined ? '*' : inside.replaceAll(/\$\{[^{}]*\b(?:each|count)\.[^{}]*\}/g, '*')
  }
  const quoted = /^"([^"]*(?:\$\{[^{}]*\}[^"]*)*)"$/.exec(expression)?.[1]
  return quoted ?? (expression.includes('\n') ? '*' : `\${${expression}}`)
}

function shownName(group: TerraformResource): string {
  const text = textOf(Place.of(group).get('name').value)
  return text === undefined ? '*' : text.replaceAll(UNKNOWN_PART, '*').replaceAll('${', '*')
}

/** The statement by which CloudWatch Logs may use a key for these log groups. */
export function logsStatement({ patterns }: GroupNames, scope: KeyScope): string {
  const arns = patterns.map((pattern) => `"arn:aws:logs:${scope.region()}:${scope.accountId()}:log-group:${pattern}"`)
  const [only] = arns
  const list = arns.length === 1 ? `${only}` : `[\n${arns.map((arn) => `          ${arn},\n`).join('')}        ]`
  return `{
    Sid       = "CloudWatchLogs"
    Effect    = "Allow"
    Principal = { Service = "logs.${scope.region()}.amazonaws.com" }
    Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    Resource  = "*"
    Condition = {
      ArnLike = {
        "kms:EncryptionContext:aws:logs:arn" = ${list}
      }
    }
  }`
}

/** Whether the policy of a key lets CloudWatch Logs use it for all of these groups. */
export function servesLogs(key: TerraformResource, { groups }: GroupNames): boolean {
  const policy = readPolicy(Place.of(key).get('policy'))
  if (policy.kind !== 'known' || groups.length === 0) return false
  return groups.every((group) =>
    policy.statements.some(({ effect, principals, actions, conditions }) => {
      const services = principals.entries
        .filter(({ type }) => type === 'Service')
        .flatMap(({ place }) => textsOf(place))
      if (effect.kind !== 'known' || effect.value !== 'Allow' || conditions === 'unknown') return false
      if (!services.some((service) => /^logs\..*amazonaws\.com$/.test(service))) return false
      if (!actions.known.some((pattern) => matchesPattern(pattern, 'kms:GenerateDataKey'))) return false
      return conditions.every(
        ({ key: name, place }) =>
          name.toLowerCase() === 'kms:encryptioncontext:aws:logs:arn' &&
          textsOf(place).some((arn) => matchesPattern(arn.split(':log-group:')[1] ?? '', nameOf(group))),
      )
    }),
  )
}

function nameOf(group: TerraformResource): string {
  return textOf(Place.of(group).get('name').value) ?? UNKNOWN_PART
}

function textsOf(place: Place): readonly string[] {
  const items = place.value?.kind === 'list' ? place.items() : [place]
  return items.flatMap(({ value }) => textOf(value) ?? [])
}
