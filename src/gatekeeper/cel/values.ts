/** JSON values as CEL sees them: whole numbers are its integers. */
import { formatFloat } from '../../rego/go/float.ts'
import { Decimal, isInteger, toBigInt, toDouble } from '../../rego/number/decimal.ts'
import { compareStrings } from '../../rego/value/value.ts'
import { isFields } from '../json.ts'

export function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (value instanceof Decimal) return isInteger(value) ? (toBigInt(value) ?? toDouble(value)) : toDouble(value)
  if (Array.isArray(value)) return value.map(toCel)
  if (!isFields(value)) return value
  const result: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(result, key, { value: toCel(member), enumerable: true, configurable: true, writable: true })
  }
  return result
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
  return value.toISOString().replace('.000Z', 'Z')
}

/** Unsigned integers are bigints inside; timestamps and durations are milliseconds. */
export function scalarOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value.valueOf() : value
}

/** Order of two values of one comparable type; undefined if they have none. */
export function compareCel(left: unknown, right: unknown): number | undefined {
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
  if (isFields(a) && isFields(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalCel(a[key], b[key]))
    )
  }
  return compareCel(a, b) === 0
}
