import { asString, type Place, type Tri } from '../place.ts'
import type { Value } from '../value.ts'
import { textOf } from './iam-resources.ts'
import { isIdentity, type PolicyCondition, PolicyElement, type PolicyStatement } from '../terraform/policy.ts'

/**
 * Keys that, compared with fixed values, make a policy non-public by AWS's own definition.
 * Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the meaning of "public".
 */
const NARROWING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpcsourceip',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
])
/** Operators under which a request without the key does not match. */
const POSITIVE_OPERATOR =
  /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i
/** Values that narrow nothing. */
const WIDE_VALUES = ['*', '0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1']

/**
 * Whether a statement lets anyone on the internet in.
 * @param all the statements of its policy: one that denies everybody but some takes back what it gives
 */
export function isPublicStatement(statement: PolicyStatement, all: readonly PolicyStatement[]): Tri {
  const effect = statement.effect
  if (effect.kind === 'known' && effect.value !== 'Allow') return 'no'
  const principals = statement.notPrincipals.kind === 'none' ? statement.principals.kind : 'any'
  if (principals === 'none' || principals === 'some') return 'no'
  const narrowed = isNarrowed(statement)
  if (narrowed === 'yes' || all.some((other) => takesBack(other, statement))) return 'no'
  const certain = effect.kind === 'known' && principals === 'any' && statement.place.certain
  return certain && narrowed === 'no' ? 'yes' : 'unknown'
}

function isNarrowed(statement: PolicyStatement): Tri {
  const { conditions } = statement
  if (conditions === 'unknown') return 'unknown'
  const verdicts = conditions.map(narrows)
  return verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no'
}

/** Operators that compare letter by letter: whatever text they are given, it is no wildcard. */
const LITERAL_OPERATOR = /^(?:ForAnyValue:)?String(?:Not)?Equals/i
/** Operators under which a request without the key, or with another value, matches. */
const NEGATIVE_OPERATOR =
  /^(?:String(?:NotEquals|NotEqualsIgnoreCase|NotLike)|ArnNot(?:Equals|Like)|NotIpAddress)(?:IfExists)?$/i

function narrows({ operator, key, place }: PolicyCondition): Tri {
  if (!POSITIVE_OPERATOR.test(operator) || !NARROWING_KEYS.has(key.toLowerCase())) return 'no'
  return namesSome(operator, place)
}

/** Whether the values of a condition are less than everything. */
function namesSome(operator: string, place: Place): Tri {
  const values = new PolicyElement(place, false)
  const wide = WIDE_VALUES.map((value) => values.contains(value))
  if (wide.includes('yes')) return 'no'
  return wide.includes('unknown') && !LITERAL_OPERATOR.test(operator) ? 'unknown' : 'yes'
}

/** True if one statement denies everybody, or everybody but some, what another one allows: a private API, a VPC's bucket. */
function takesBack(deny: PolicyStatement, allow: PolicyStatement): boolean {
  const { conditions, effect } = deny
  if (effect.kind !== 'known' || effect.value !== 'Deny' || !deny.place.certain || deny.principals.kind !== 'any')
    return false
  const excepts = ({ operator, key, place }: PolicyCondition): boolean =>
    NEGATIVE_OPERATOR.test(operator) && NARROWING_KEYS.has(key.toLowerCase()) && namesSome(operator, place) === 'yes'
  if (conditions === 'unknown' || !conditions.every(excepts)) return false
  return covers(deny.actions, allow.actions) && covers(deny.resources, allow.resources)
}

function covers(wide: PolicyElement, narrow: PolicyElement): boolean {
  if (wide.not || narrow.not) return false
  if (wide.contains('*') === 'yes') return true
  const known = new Set(wide.items.map(({ value }) => identityOf(value)))
  const wanted = narrow.items.map(({ value }) => identityOf(value))
  return wanted.length > 0 && wanted.every((one) => one !== undefined && isMatched(one, known))
}

function isMatched(one: string, patterns: ReadonlySet<string | undefined>): boolean {
  const [service] = one.split(':')
  return patterns.has(one) || patterns.has(`${service}:*`)
}

/** The same for two texts that are surely equal; undefined for one of which more than a name is not known. */
function identityOf(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined
  if (value.kind !== 'unknown') return asString(value)
  const holes = value.parts?.filter((part) => typeof part !== 'string') ?? [value]
  const [reference, ...others] = value.refs ?? []
  if (reference === undefined || others.length > 0 || !holes.every(isIdentity)) return undefined
  return `${reference.address}.${reference.attribute} ${textOf(value) ?? ''}`
}

/** Whether a statement denies everyone everything that does not come over TLS. */
export function deniesPlainHttp(statement: PolicyStatement): Tri {
  const effect = statement.effect
  if (effect.kind === 'known' && effect.value !== 'Deny') return 'no'
  const { conditions } = statement
  if (conditions === 'unknown') return 'unknown'
  const [only] = conditions
  if (conditions.length !== 1 || only === undefined || only.key.toLowerCase() !== 'aws:securetransport') return 'no'
  if (!/^Bool(?:IfExists)?$/i.test(only.operator)) return 'no'
  const { values } = only
  if (values.kind === 'known' && !values.value.every((value) => value.toLowerCase() === 'false')) return 'no'
  const principals = statement.principals.kind
  if (principals === 'some' || principals === 'none') return 'no'
  const actions = statement.actions.not
    ? 'no'
    : anyOf(statement.actions.contains('s3:*'), statement.actions.contains('*'))
  if (actions === 'no') return 'no'
  const certain = effect.kind === 'known' && values.kind === 'known' && principals === 'any' && statement.place.certain
  return certain && actions === 'yes' ? 'yes' : 'unknown'
}

function anyOf(a: Tri, b: Tri): Tri {
  if (a === 'yes' || b === 'yes') return 'yes'
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'no'
}
