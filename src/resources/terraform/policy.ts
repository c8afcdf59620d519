import { type Place, type Reading, type Tri, asString } from '../place.ts'
import type { Value } from '../value.ts'
import { valuesEqual } from './functions/convert.ts'
import { afterApply } from './resource-instance.ts'

/** A policy document as rules look at it. Reading is lazy: an unknown counts as met only when its element is asked for. */
export type PolicyReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | {
      readonly kind: 'known'
      readonly statements: readonly PolicyStatement[]
      /** False if there may be more statements than these. */
      readonly complete: boolean
    }

export interface PolicyCondition {
  /** `StringEquals`, `ForAnyValue:StringLike`, ... as written. */
  readonly operator: string
  /** `aws:SourceIp`, ... as written. */
  readonly key: string
  readonly place: Place
  readonly values: Reading<readonly string[]>
}

/**
 * Reads the policy at a place: JSON text in any of its spellings, an object, or the `json` of an
 * `aws_iam_policy_document`. Key and element names are case-sensitive, as in AWS.
 */
export function readPolicy(place: Place): PolicyReading {
  if (place.absent) return { kind: 'absent' }
  const document = place.decoded()
  const { value } = document
  if (value?.kind !== 'map') {
    // Reading it as text tells the observer of an unknown policy.
    const text = place.string()
    const reason = text.kind === 'unknown' ? text.reason : `${place.pathText} is not readable as a JSON policy`
    return { kind: 'unknown', reason }
  }
  const statement = document.get('Statement')
  if (statement.unknown !== undefined) return { kind: 'unknown', reason: statement.unknown.reason }
  const items = statement.items()
  return {
    kind: 'known',
    statements: items.filter((item) => item.value?.kind === 'map').map((item) => new PolicyStatement(item)),
    // A dynamic block adds statements of the one form that was read, or none: `certain` of that statement says so.
    complete:
      !hasRest(statement.value) && value.rest === undefined && items.every((item) => item.value?.kind === 'map'),
  }
}

function hasRest(value: Value | undefined): boolean {
  return (value?.kind === 'list' || value?.kind === 'map') && value.rest !== undefined
}

/** One statement. `place.certain` is false if it stands in a dynamic block that may be absent. */
export class PolicyStatement {
  readonly place: Place

  constructor(place: Place) {
    this.place = place
  }

  get sid(): Reading<string> {
    return this.place.get('Sid').string()
  }

  /** `Allow` or `Deny`. */
  get effect(): Reading<string> {
    return this.place.get('Effect').string()
  }

  get principals(): PolicyPrincipals {
    return new PolicyPrincipals(this.place.get('Principal'))
  }

  get notPrincipals(): PolicyPrincipals {
    return new PolicyPrincipals(this.place.get('NotPrincipal'))
  }

  get actions(): PolicyElement {
    return elementOf(this.place, 'Action', 'NotAction')
  }

  get resources(): PolicyElement {
    return elementOf(this.place, 'Resource', 'NotResource')
  }

  /** All conditions, which must hold together; `unknown` if there may be others than could be read. */
  get conditions(): readonly PolicyCondition[] | 'unknown' {
    const condition = this.place.get('Condition')
    if (condition.absent) return []
    if (condition.value?.kind !== 'map' || condition.mayHaveMore()) return 'unknown'
    const conditions: PolicyCondition[] = []
    for (const operator of condition.keys()) {
      const keys = condition.get(operator)
      if (keys.value?.kind !== 'map') return 'unknown'
      if (keys.value.rest?.named !== true && keys.mayHaveMore()) return 'unknown'
      for (const key of keys.keys()) {
        const place = keys.get(key)
        conditions.push({
          operator,
          key,
          place,
          get values() {
            return place.strings()
          },
        })
      }
    }
    return conditions
  }
}

function elementOf(statement: Place, name: string, inverse: string): PolicyElement {
  const inverted = statement.get(inverse)
  return inverted.absent ? new PolicyElement(statement.get(name), false) : new PolicyElement(inverted, true)
}

/** `Action` or `Resource`, a text or a list; or its inverse. */
export class PolicyElement {
  readonly place: Place
  /** True for `NotAction` and `NotResource`: the statement means everything but these. */
  readonly not: boolean

  constructor(place: Place, not: boolean) {
    this.place = place
    this.not = not
  }

  /** All of them; unknown if any one is. */
  get values(): Reading<readonly string[]> {
    return this.place.strings()
  }

  /** Those that are known, whatever the others are. */
  get known(): readonly string[] {
    return itemsOf(this.place).flatMap((item) => asString(item.value ?? { kind: 'null' }) ?? [])
  }

  /** The places of the single texts. */
  get items(): readonly Place[] {
    return itemsOf(this.place)
  }

  /** Whether exactly this text is listed, decided as far as the unknown ones allow: `arn:${x}` is not `*`. */
  contains(text: string): Tri {
    return contains(this.place, text)
  }
}

function itemsOf(place: Place): readonly Place[] {
  if (place.absent) return []
  return place.value?.kind === 'list' ? place.items() : [place]
}

function contains(place: Place, text: string): Tri {
  const wanted: Value = { kind: 'string', value: text }
  let open = hasRest(place.value)
  for (const item of itemsOf(place)) {
    const equal = item.value === undefined || isIdentity(item.value) ? false : valuesEqual(item.value, wanted)
    if (equal === true) return 'yes'
    if (equal === undefined) open = true
  }
  if (!open) return 'no'
  // Reading it tells the observer of the unknown.
  place.strings()
  return 'unknown'
}

/**
 * What another resource is called after creation is a name of its own, never a wildcard. Only a plain reference counts:
 * `var.open ? "*" : aws_iam_role.r.arn` refers to the role too, and may still be `*`. A name is also what a module that cannot
 * be read, or another configuration, hands out as an ARN.
 */
export function isIdentity(value: Value): boolean {
  if (value.kind !== 'unknown') return false
  if (value.parts?.some((part) => typeof part !== 'string' && isIdentity(part))) return true
  if (value.outputName !== undefined) return /(?:^|_)arn$/.test(value.outputName)
  if (value.origin?.language !== 'hcl' || value.origin.node.kind !== 'get-attribute') return false
  const [reference, ...others] = value.refs ?? []
  if (reference === undefined || others.length > 0 || !/(?:^|_)(?:arn|id)$/.test(reference.attribute ?? ''))
    return false
  return value.reason === afterApply(reference.address, reference.attribute ?? '')
}

export interface PrincipalEntry {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for a plain `"*"`. */
  readonly type: string
  readonly place: Place
  readonly ids: Reading<readonly string[]>
}

/** `Principal` or `NotPrincipal` in any spelling. */
export class PolicyPrincipals {
  readonly place: Place

  constructor(place: Place) {
    this.place = place
  }

  /** `any` for `"*"`, `{"AWS": "*"}` and lists that hold `*`; `some` if all are known not to be `*`; `none` if not written. */
  get kind(): 'none' | 'any' | 'some' | 'unknown' {
    const { place } = this
    if (place.absent) return 'none'
    if (place.value?.kind !== 'map') {
      const verdict = contains(place, '*')
      return verdict === 'yes' ? 'any' : verdict === 'no' ? 'some' : 'unknown'
    }
    const verdicts = place
      .keys()
      .map((type) => (type === 'AWS' || type === '*' ? contains(place.get(type), '*') : 'no'))
    if (verdicts.includes('yes')) return 'any'
    return verdicts.includes('unknown') || place.mayHaveMore() ? 'unknown' : 'some'
  }

  get entries(): readonly PrincipalEntry[] {
    const { place } = this
    if (place.absent) return []
    const entry = (type: string, at: Place): PrincipalEntry => ({
      type,
      place: at,
      get ids() {
        return at.strings()
      },
    })
    if (place.value?.kind !== 'map') return [entry('*', place)]
    return place.keys().map((type) => entry(type, place.get(type)))
  }
}
