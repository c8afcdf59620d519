/** Values of CEL as the judge in bench/cel prints them. */
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import { isOptional } from '../../../src/gatekeeper/cel/optionals.ts'
import { entriesOf, isMap } from '../../../src/gatekeeper/cel/values.ts'

export function showCel(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (typeof value === 'number')
    return `${Number.isFinite(value) ? value : value > 0 ? '+Inf' : Number.isNaN(value) ? 'NaN' : '-Inf'}.`
  if (Array.isArray(value)) return `[${value.map(showCel).join(',')}]`
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`
  if (value instanceof Date) return `timestamp(${value.toISOString()})`
  if (value instanceof UnsignedInt) return `${value.value}u`
  if (value instanceof Duration) return `duration(${Math.trunc(value.valueOf())})`
  if (isOptional(value)) return value.hasValue() ? `optional(${showCel(value.value())})` : 'none'
  if (isMap(value))
    return `{${Array.from(entriesOf(value), ([key, item]) => `${showCel(key)}:${showCel(item)}`)
      .sort()
      .join(',')}}`
  return typeof value === 'object' && 'text' in value && typeof value.text === 'string' ? value.text : String(value)
}
