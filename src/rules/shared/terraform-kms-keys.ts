import type { Estate } from '../../resources/estate.ts'
import { asString, Place, type Tri } from '../../resources/place.ts'
import type { Value } from '../../resources/value.ts'
import { type Outcome, pass, type RuleDefinition, undecided } from '../rule.ts'
import { unlessExempt } from './terraform-companions.ts'
import type { Exemption, RuleHead } from './terraform-settings.ts'
import { refuses } from './terraform-validation.ts'

/** `alias/aws/rds`, also at the end of an ARN: a key that AWS manages, whose policy nobody can change. */
const AWS_MANAGED = /(?:^|:)alias\/aws\//
/** Where a data source says which key it looks up. */
const LOOKUPS: Readonly<Record<string, string>> = { 'data.aws_kms_alias': 'name', 'data.aws_kms_key': 'key_id' }

export interface KeyRule extends RuleHead {
  /** Blocks and attribute with dots between them. */
  readonly path: string
  readonly message: string
  readonly exempt?: Exemption
}

/** An attribute must name a customer-managed KMS key. */
export function customerKeyRule({ path, message, exempt, ...head }: KeyRule): RuleDefinition<'missing'> {
  return {
    ...head,
    kind: 'terraform',
    messages: { missing: message },
    *check(resource, context) {
      const at = resource.get(...path.split('.'))
      yield* unlessExempt(requireCustomerKey(at, context.estate, 'missing'), () => exempt?.(resource, context))
    },
  }
}

export function* requireCustomerKey<M extends string>(at: Place, estate: Estate, message: M): Iterable<Outcome<M>> {
  if (refuses(at, null, '')) {
    yield pass("the variable's validation refuses to leave it empty")
    return
  }
  const verdict = customerKey(at, estate)
  if (verdict === 'unknown' || !at.certain) yield undecided(at)
  else if (verdict === 'no') yield { at, message }
}

/** Whether a customer-managed key is named here: a key that AWS manages, or none, is not one. */
function customerKey(at: Place, estate: Estate): Tri {
  return at.value === undefined ? 'no' : isCustomerKey(at.value, estate)
}

function isCustomerKey(value: Value, estate: Estate): Tri {
  if (value.kind === 'null') return 'no'
  if (value.kind !== 'unknown') {
    const text = asString(value)
    return text === undefined || text === '' || AWS_MANAGED.test(text) ? 'no' : 'yes'
  }
  if (value.candidates !== undefined) {
    const verdicts = new Set(value.candidates.map((candidate) => isCustomerKey(candidate, estate)))
    return verdicts.size === 1 ? ([...verdicts][0] ?? 'unknown') : 'unknown'
  }
  const [first] = value.parts ?? []
  if (typeof first === 'string' && AWS_MANAGED.test(first)) return 'no'
  return lookedUp(value, estate) ?? (value.notNull === true ? 'yes' : 'unknown')
}

/** What a data source that the value comes from looks up; undefined if it comes from none. */
function lookedUp(value: Value, estate: Estate): Tri | undefined {
  const sources = (value.refs ?? []).flatMap((reference) => estate.resolve(reference))
  for (const source of sources) {
    const attribute = LOOKUPS[source.type]
    if (attribute === undefined) continue
    const name = Place.of(source).get(attribute)
    return name.absent ? 'unknown' : name.unknown === undefined ? customerKey(name, estate) : 'yes'
  }
  return undefined
}
