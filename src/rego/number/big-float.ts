/** Binary floats of 64 bits mantissa, in which OPA computes what is not an integer (Go's `big.Float` at its default precision). */
import { fromBigInt, fromDigits, parts, type Numeric } from './decimal.ts'

const PRECISION = 64

/** `mantissa * 2 ** exponent`, the mantissa signed and at most 64 bits long. */
export interface BigFloat {
  readonly mantissa: bigint
  readonly exponent: number
}

function bitLength(value: bigint): number {
  if (value === 0n) return 0
  const hex = value.toString(16)
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0] ?? '0', 16)))
}

/** To nearest, ties to even. `sticky` says that bits below were dropped before. */
function round(mantissa: bigint, exponent: number, sticky: boolean): BigFloat {
  const negative = mantissa < 0n
  let magnitude = negative ? -mantissa : mantissa
  const excess = bitLength(magnitude) - PRECISION
  if (excess <= 0) return { mantissa, exponent }
  const shift = BigInt(excess)
  const rest = magnitude & ((1n << shift) - 1n)
  const half = 1n << (shift - 1n)
  magnitude >>= shift
  if (rest > half || (rest === half && (sticky || (magnitude & 1n) === 1n))) magnitude += 1n
  return { mantissa: negative ? -magnitude : magnitude, exponent: exponent + excess }
}

export function toBigFloat(value: Numeric): BigFloat {
  const { coefficient, exponent } = parts(value)
  if (exponent >= 0) return round(coefficient * 10n ** BigInt(exponent), 0, false)
  return quotient(coefficient, 10n ** BigInt(-exponent), 0)
}

function quotient(dividend: bigint, divisor: bigint, exponent: number): BigFloat {
  if (dividend === 0n) return { mantissa: 0n, exponent: 0 }
  const negative = dividend < 0n !== divisor < 0n
  const a = dividend < 0n ? -dividend : dividend
  const b = divisor < 0n ? -divisor : divisor
  const shift = Math.max(0, PRECISION + 2 + bitLength(b) - bitLength(a))
  const scaled = a << BigInt(shift)
  const whole = scaled / b
  const result = round(whole, exponent - shift, scaled % b !== 0n)
  return negative ? { ...result, mantissa: -result.mantissa } : result
}

export function addFloats(a: BigFloat, b: BigFloat): BigFloat {
  const least = Math.min(a.exponent, b.exponent)
  const sum = (a.mantissa << BigInt(a.exponent - least)) + (b.mantissa << BigInt(b.exponent - least))
  return round(sum, least, false)
}

export function negateFloat(a: BigFloat): BigFloat {
  return { mantissa: -a.mantissa, exponent: a.exponent }
}

export function multiplyFloats(a: BigFloat, b: BigFloat): BigFloat {
  return round(a.mantissa * b.mantissa, a.exponent + b.exponent, false)
}

export function divideFloats(a: BigFloat, b: BigFloat): BigFloat {
  return quotient(a.mantissa, b.mantissa, a.exponent - b.exponent)
}

/** Toward zero. */
export function truncateFloat({ mantissa, exponent }: BigFloat): bigint {
  if (exponent >= 0) return mantissa << BigInt(exponent)
  const divisor = 1n << BigInt(-exponent)
  return mantissa / divisor
}

export function isWhole({ mantissa, exponent }: BigFloat): boolean {
  return exponent >= 0 || (mantissa & ((1n << BigInt(-exponent)) - 1n)) === 0n
}

/** The shortest decimal that reads back as this float, written as Go's `Text('g', -1)`, or in full if it is an integer. */
export function fromBigFloat(value: BigFloat): Numeric {
  if (value.mantissa === 0n) return 0
  const negative = value.mantissa < 0n
  const magnitude = negative ? -value.mantissa : value.mantissa
  const { digits, point } = shortest(magnitude, value.exponent)
  if (isWhole(value)) {
    const whole = BigInt(digits.padEnd(point, '0').slice(0, Math.max(point, 1)))
    return fromBigInt(negative ? -whole : whole)
  }
  return fromDigits(negative, digits, point - digits.length, generalText(negative, digits, point))
}

function generalText(negative: boolean, digits: string, point: number): string {
  const sign = negative ? '-' : ''
  const power = point - 1
  if (power < -4 || power >= 6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Digits without zeros at the end, and where the point stands among them. */
interface Digits {
  readonly digits: string
  readonly point: number
}

function exact(mantissa: bigint, exponent: number): Digits {
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)
  const text = whole.toString()
  return { digits: text.replace(/0+$/, ''), point: text.length - (exponent >= 0 ? 0 : -exponent) }
}

/** Go's `roundShortest`: the first digit at which rounding stays within half a unit of the last place. */
function shortest(magnitude: bigint, power: number): Digits {
  const missing = PRECISION - bitLength(magnitude)
  const mantissa = magnitude << BigInt(missing)
  const exponent = power - missing
  const own = exact(mantissa, exponent)
  const inclusive = (mantissa & 1n) === 0n
  const lower = aligned(exact(mantissa * 2n - 1n, exponent - 1), own.point)
  const upper = aligned(exact(mantissa * 2n + 1n, exponent - 1), own.point)
  for (let index = 0; index < own.digits.length; index++) {
    const digit = own.digits.charCodeAt(index)
    const low = index < lower.length ? lower.charCodeAt(index) : 48
    const high = index < upper.length ? upper.charCodeAt(index) : 48
    const down = low !== digit || (inclusive && index + 1 === lower.length)
    const up = digit !== high && (inclusive || digit + 1 < high || index + 1 < upper.length)
    if (down || up) return cut(own, index + 1, down, up)
  }
  return own
}

function aligned({ digits, point }: Digits, wanted: number): string {
  return point < wanted ? '0'.repeat(wanted - point) + digits : digits
}

function cut({ digits, point }: Digits, length: number, down: boolean, up: boolean): Digits {
  const kept = digits.slice(0, length)
  const rest = digits.slice(length)
  const odd = ((digits.charCodeAt(length - 1) - 48) & 1) === 1
  const upward = up && (!down || rest > '5' || (rest === '5' && odd))
  if (!upward || rest === '') return { digits: kept.replace(/0+$/, ''), point }
  const raised = (BigInt(kept) + 1n).toString().padStart(length, '0')
  return { digits: raised.replace(/0+$/, ''), point: point + raised.length - length }
}
