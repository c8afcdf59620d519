import type { Tri } from '../place.ts'
import { type PolicyCondition, PolicyElement, type PolicyStatement } from '../terraform/policy.ts'

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

/** Whether a statement lets anyone on the internet in. */
export function isPublicStatement(statement: PolicyStatement): Tri {
  const effect = statement.effect
  if (effect.kind === 'known' && effect.value !== 'Allow') return 'no'
  const principals = statement.notPrincipals.kind === 'none' ? statement.principals.kind : 'any'
  if (principals === 'none' || principals === 'some') return 'no'
  const narrowed = isNarrowed(statement)
  if (narrowed === 'yes') return 'no'
  const certain = effect.kind === 'known' && principals === 'any' && statement.place.certain
  return certain && narrowed === 'no' ? 'yes' : 'unknown'
}

function isNarrowed(statement: PolicyStatement): Tri {
  const { conditions } = statement
  if (conditions === 'unknown') return 'unknown'
  const verdicts = conditions.map(narrows)
  return verdicts.includes('yes') ? 'yes' : verdicts.includes('unknown') ? 'unknown' : 'no'
}

function narrows({ operator, key, place }: PolicyCondition): Tri {
  if (!POSITIVE_OPERATOR.test(operator) || !NARROWING_KEYS.has(key.toLowerCase())) return 'no'
  const values = new PolicyElement(place, false)
  const wide = WIDE_VALUES.map((value) => values.contains(value))
  return wide.includes('yes') ? 'no' : wide.includes('unknown') ? 'unknown' : 'yes'
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
