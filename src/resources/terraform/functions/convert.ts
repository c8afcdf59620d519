import type {
  BoolValue,
  ListValue,
  MapValue,
  NullValue,
  NumberValue,
  StringValue,
  UnknownValue,
  Value,
  ValueType,
} from '../../value.ts'
import { errorValue, isErrorValue } from './evaluation-error.ts'

export const nullValue: NullValue = { kind: 'null' }

export function str(value: string): StringValue {
  return { kind: 'string', value }
}

export function num(value: number): NumberValue {
  return { kind: 'number', value }
}

export function bool(value: boolean): BoolValue {
  return { kind: 'bool', value }
}

/** `rest` if there may be more items than these. */
export function list(items: readonly Value[], rest?: UnknownValue): ListValue {
  return rest === undefined ? { kind: 'list', items } : { kind: 'list', items, rest }
}

/** `rest` if there may be more keys than these. */
export function map(
  entries: ReadonlyMap<string, Value> | Iterable<readonly [string, Value]>,
  rest?: UnknownValue,
): MapValue {
  const own = new Map(entries)
  return rest === undefined ? { kind: 'map', entries: own } : { kind: 'map', entries: own, rest }
}

/** An unknown value that owes its being unknown to another one: same reason and references, nothing else is kept. */
export function unknownFrom(cause: UnknownValue, type?: ValueType, notNull?: boolean): UnknownValue {
  return {
    kind: 'unknown',
    reason: cause.reason,
    ...(type !== undefined && { type }),
    ...(notNull === true && { notNull }),
    ...(cause.refs !== undefined && { refs: cause.refs }),
    ...(cause.sensitive === true && { sensitive: true }),
  }
}

/**
 * A number as Terraform prints it: never with an exponent. Terraform calculates with 512 bits; the noise in the last
 * digits of a JavaScript result (0.1 + 0.2) is rounded away.
 */
export function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '0'
  let text = String(value)
  if (text.replace(/e.*$/, '').replace(/\D/g, '').replace(/^0+/, '').length > 16 && !Number.isInteger(value)) {
    text = String(Number(value.toPrecision(15)))
  }
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}

/** A number in Terraform's spelling; undefined if Terraform would refuse the text. */
export function parseNumber(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** Terraform's automatic conversion to a string: null stays null, what cannot be converted is an error value. */
export function toStringValue(value: Value): Value {
  return convertScalar(value, 'string', (known) => {
    if (known.kind === 'string') return known
    if (known.kind === 'number') return { ...moved(known), kind: 'string', value: formatNumber(known.value) }
    return { ...moved(known), kind: 'string', value: String(known.value) }
  })
}

/** Terraform's automatic conversion to a number. */
export function toNumber(value: Value): Value {
  return convertScalar(value, 'number', (known) => {
    if (known.kind === 'number') return known
    const parsed = known.kind === 'string' ? parseNumber(known.value) : undefined
    return parsed === undefined ? undefined : { ...moved(known), kind: 'number', value: parsed }
  })
}

/** Terraform's automatic conversion to a bool: `"true"`, `"false"`, `"1"` and `"0"` count, numbers do not. */
export function toBool(value: Value): Value {
  return convertScalar(value, 'bool', (known) => {
    if (known.kind === 'bool') return known
    if (known.kind !== 'string' || !/^(?:true|false|1|0)$/.test(known.value)) return undefined
    return { ...moved(known), kind: 'bool', value: known.value === 'true' || known.value === '1' }
  })
}

type Scalar = StringValue | NumberValue | BoolValue

/** What a value keeps when only its type changes: it is still the literal that was written. */
function moved(value: Scalar): Pick<Scalar, 'origin' | 'refs' | 'sensitive'> {
  return {
    ...(value.origin !== undefined && { origin: value.origin }),
    ...(value.refs !== undefined && { refs: value.refs }),
    ...(value.sensitive === true && { sensitive: true }),
  }
}

function convertScalar(
  value: Value,
  type: 'string' | 'number' | 'bool',
  convert: (known: Scalar) => Value | undefined,
): Value {
  if (value.kind === 'null' || isErrorValue(value)) return value
  if (value.kind === 'list' || value.kind === 'map')
    return errorValue(`${type} required, not a ${value.kind}`, value.refs)
  if (value.kind !== 'unknown')
    return convert(value) ?? errorValue(`${type} required, not ${describe(value)}`, value.refs)
  if (value.type === type) return value
  if (value.type === 'list' || value.type === 'map')
    return errorValue(`${type} required, not a ${value.type}`, value.refs)
  const { candidates, parts, ...open } = value
  const converted = candidates?.map((candidate) => convertScalar(candidate, type, convert))
  return {
    ...open,
    type,
    ...(converted?.every((candidate) => !isErrorValue(candidate)) && { candidates: converted }),
    ...(type === 'string' && parts !== undefined && { parts }),
  }
}

/** For messages: names the kind of a value, never what it holds (it may be secret). */
function describe(value: Scalar): string {
  return value.kind === 'number' || value.kind === 'bool' ? `a ${value.kind}` : 'this string'
}

/** Whether two values are equal as `==` sees them, which converts nothing. Undefined if that cannot be known. */
export function valuesEqual(a: Value, b: Value): boolean | undefined {
  return compare(a, b, { steps: 1_000_000 })
}

/** Values share parts, so a small file can hold a huge structure; when the steps are used up, nothing is known. */
interface Budget {
  steps: number
}

function compare(a: Value, b: Value, budget: Budget): boolean | undefined {
  if (budget.steps-- <= 0) return undefined
  if (a.kind === 'unknown') return equalsUnknown(a, b, budget)
  if (b.kind === 'unknown') return equalsUnknown(b, a, budget)
  if (a.kind === 'list' && b.kind === 'list') return listsEqual(a, b, budget)
  if (a.kind === 'map' && b.kind === 'map') return mapsEqual(a, b, budget)
  if (a.kind !== b.kind) return false
  if (a.kind === 'null') return true
  return 'value' in a && 'value' in b && a.value === b.value
}

function equalsUnknown(unknown: UnknownValue, other: Value, budget: Budget): boolean | undefined {
  if (other.kind === 'null') return unknown.notNull === true ? false : undefined
  if (unknown.candidates !== undefined) {
    const verdicts = new Set(unknown.candidates.map((candidate) => compare(candidate, other, budget)))
    if (verdicts.size === 1) return [...verdicts][0]
    return undefined
  }
  // Two unknowns of different types may still both be null.
  const otherNotNull = other.kind !== 'unknown' || other.notNull === true
  const type = other.kind === 'unknown' ? other.type : other.kind
  if (
    unknown.type !== undefined &&
    type !== undefined &&
    unknown.type !== type &&
    (unknown.notNull === true || otherNotNull)
  ) {
    return false
  }
  if (other.kind === 'string' && unknown.parts !== undefined && !partsMayGive(unknown.parts, other.value)) return false
  return undefined
}

/** Whether a template with unknown holes can come out as this text. */
function partsMayGive(parts: readonly (string | UnknownValue)[], text: string): boolean {
  const first = parts[0]
  const last = parts.at(-1)
  if (typeof first === 'string' && !text.startsWith(first)) return false
  if (typeof last === 'string' && !text.endsWith(last)) return false
  let at = 0
  for (const part of parts) {
    if (typeof part !== 'string') continue
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}

function all(verdicts: readonly (boolean | undefined)[]): boolean | undefined {
  if (verdicts.includes(false)) return false
  return verdicts.includes(undefined) ? undefined : true
}

function listsEqual(a: ListValue, b: ListValue, budget: Budget): boolean | undefined {
  if (a.set === true && b.set === true) return setsEqual(a, b, budget)
  if (a.rest !== undefined || b.rest !== undefined) return undefined
  if (a.items.length !== b.items.length) return a.set === b.set ? false : undefined
  const verdict = all(a.items.map((item, i) => compare(item, b.items[i] ?? nullValue, budget)))
  // A set never equals a list, but an attribute written as a list may be either.
  return a.set === b.set ? verdict : undefined
}

function setsEqual(a: ListValue, b: ListValue, budget: Budget): boolean | undefined {
  if (a.rest !== undefined || b.rest !== undefined) return undefined
  const within = (item: Value, others: readonly Value[]) => {
    const verdicts = others.map((other) => compare(item, other, budget))
    if (verdicts.includes(true)) return true
    return verdicts.includes(undefined) ? undefined : false
  }
  return all([...a.items.map((item) => within(item, b.items)), ...b.items.map((item) => within(item, a.items))])
}

function mapsEqual(a: MapValue, b: MapValue, budget: Budget): boolean | undefined {
  const verdicts: (boolean | undefined)[] = []
  for (const [key, value] of a.entries) {
    const other = b.entries.get(key)
    verdicts.push(other === undefined ? (b.rest === undefined ? false : undefined) : compare(value, other, budget))
  }
  for (const key of b.entries.keys()) {
    if (!a.entries.has(key)) verdicts.push(a.rest === undefined ? false : undefined)
  }
  if (a.rest !== undefined || b.rest !== undefined) verdicts.push(undefined)
  return all(verdicts)
}

/** Orders strings as Terraform does: by their UTF-8 bytes. */
export function compareStrings(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
