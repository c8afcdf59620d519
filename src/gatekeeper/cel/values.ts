/** JSON values as CEL sees them: whole numbers are its integers. */
import { formatFloat } from '../../rego/go/float.ts'
import { Decimal, isInteger, toBigInt, toDouble } from '../../rego/number/decimal.ts'
import { compareStrings } from '../../rego/value/value.ts'
import { isFields } from '../json.ts'

const MAX_INT = 2n ** 63n - 1n

export function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? integer(BigInt(value), value) : value
  if (value instanceof Decimal) {
    const whole = isInteger(value) ? toBigInt(value) : undefined
    return whole === undefined ? toDouble(value) : integer(whole, toDouble(value))
  }
  if (Array.isArray(value)) return value.map(toCel)
  if (!isFields(value)) return value
  return mapOf(Object.entries(value).map(([key, member]) => [key, toCel(member)] as const))
}

/** JSON's whole numbers are doubles where CEL's 64 bits end. */
function integer(whole: bigint, double: number): bigint | number {
  return isInt(whole) ? whole : double
}

/** Whether 64 bits hold it. */
export function isInt(value: bigint): boolean {
  return value <= MAX_INT && value >= -MAX_INT - 1n
}

/** A map: a plain object if all keys are texts, as most are. A later entry takes the place of an earlier one. */
export function mapOf(entries: readonly (readonly [unknown, unknown])[]): unknown {
  if (entries.some(([key]) => typeof key !== 'string')) return numberedMap(entries)
  const result: Record<string, unknown> = {}
  for (const [key, value] of entries) {
    const name = String(key)
    if (name !== '__proto__') result[name] = value
    else Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return result
}

/** Keys that are numbers are found by their value, whatever their type. */
function numberedMap(entries: readonly (readonly [unknown, unknown])[]): ReadonlyMap<unknown, unknown> {
  const map = new Map(entries)
  const byValue = new Map(entries.map(([key, value]) => [keyOf(key), value]))
  map.get = (key) => byValue.get(keyOf(key))
  return map
}

function keyOf(key: unknown): unknown {
  const scalar = scalarOf(key)
  return typeof scalar === 'number' && Number.isInteger(scalar) ? BigInt(scalar) : scalar
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown> {
  return value instanceof Map || isFields(value)
}

export function entriesOf(
  map: Readonly<Record<string, unknown>> | ReadonlyMap<unknown, unknown>,
): Iterable<readonly [unknown, unknown]> {
  return map instanceof Map ? map.entries() : Object.entries(map)
}

/** A double as Go writes it: `1.5`, `1e+06`. */
export function doubleText(value: number): string {
  return Number.isFinite(value)
    ? formatFloat(value, 'g', -1)
    : Number.isNaN(value)
      ? 'NaN'
      : value > 0
        ? '+Inf'
        : '-Inf'
}

export function timestampText(value: Date): string {
  return value.toISOString().replace(/\.?0*Z$/, 'Z')
}

/** Unsigned integers are bigints inside; timestamps and durations are milliseconds. */
export function scalarOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.valueOf() : value
}

/** Order of two values of one comparable type; undefined if they have none. */
export function compareCel(left: unknown, right: unknown): number | undefined {
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right)
  const a = scalarOf(left)
  const b = scalarOf(right)
  if ((typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number')) {
    return a < b ? -1 : a > b ? 1 : 0
  }
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  return typeof a === 'boolean' && typeof b === 'boolean' ? Number(a) - Number(b) : undefined
}

export function equalCel(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equalCel(item, b[index]))
  if (isMap(a) && isMap(b)) {
    const others = [...entriesOf(b)]
    const own = [...entriesOf(a)]
    return (
      own.length === others.length &&
      own.every(([key, value]) => others.some(([other, found]) => equalCel(key, other) && equalCel(value, found)))
    )
  }
  return compareCel(a, b) === 0
}
