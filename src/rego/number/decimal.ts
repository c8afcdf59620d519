/**
 * Numbers that a JavaScript number does not stand for. A Rego number is a decimal text. A JavaScript number stands for the shortest
 * decimal that reads back as it; integers only within the safe range. Everything else is a `Decimal`: integers beyond 2^53-1,
 * fractions of more than 17 digits, exponents out of range, and what was written otherwise than we would (`1.0`, `1e3`): OPA gives it
 * back as it was written.
 */

/** A key in a hash table: equal keys mean equal numbers. */
export type NumberKey = number | string

export type Numeric = number | Decimal

/** Exponents beyond this make a number "too big", as in OPA, where 2^100000 is the limit. */
const MAX_EXPONENT = 30_103

export class Decimal {
  /** The text as written or computed; JSON and printing give it back. */
  readonly text: string
  /** The value is `coefficient * 10 ** exponent`; the coefficient does not end in 0. */
  readonly coefficient: bigint
  readonly exponent: number
  readonly key: NumberKey

  constructor(text: string, coefficient: bigint, exponent: number, key: NumberKey) {
    this.text = text
    this.coefficient = coefficient
    this.exponent = exponent
    this.key = key
  }

  toString(): string {
    return this.text
  }
}

const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Reads a JSON number (leading zeros allowed); undefined if it is none or its exponent is too big. */
export function parseNumber(text: string): Numeric | undefined {
  if (text.length < 16) {
    const quick = Number(text)
    if (Number.isSafeInteger(quick) && /^-?\d+$/.test(text)) return quick === 0 ? 0 : quick
  }
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const fraction = match[3] ?? ''
  const written = match[4] === undefined ? 0 : Number(match[4])
  const digits = ((match[2] ?? '') + fraction).replace(/^0+/, '')
  if (digits === '') return text === '0' ? 0 : new Decimal(text, 0n, 0, 0)
  if (Math.abs(written) + digits.length + fraction.length > MAX_EXPONENT * 2) return undefined
  const trimmed = digits.replace(/0+$/, '')
  const exponent = written - fraction.length + (digits.length - trimmed.length)
  if (Math.abs(exponent + trimmed.length) > MAX_EXPONENT) return undefined
  return fromDigits(match[1] === '-', trimmed, exponent, text)
}

/** As `parseNumber`, but `1.0` is 1: what has been through Go's doubles, as YAML has, is not remembered as it was written. */
export function canonicalNumber(text: string): Numeric | undefined {
  const value = parseNumber(text)
  return value === undefined ? undefined : canonical(value)
}

export function canonical(value: Numeric): Numeric {
  return value instanceof Decimal && typeof value.key === 'number' ? value.key : value
}

/** `digits * 10 ** exponent`; the digits neither start nor end with 0. */
export function fromDigits(negative: boolean, digits: string, exponent: number, text?: string): Numeric {
  const sign = negative ? '-' : ''
  if (exponent >= 0) {
    if (digits.length + exponent <= 16) {
      const value = Number(`${sign}${digits}${'0'.repeat(exponent)}`)
      if (Number.isSafeInteger(value)) {
        return text === undefined || text === String(value)
          ? value
          : new Decimal(text, BigInt(sign + digits), exponent, value)
      }
    }
    const whole = text ?? sign + digits + '0'.repeat(exponent)
    return new Decimal(whole, BigInt(sign + digits), exponent, `${sign}${digits}e${exponent}`)
  }
  const value = Number(`${sign}${digits}e${exponent}`)
  const double = Number.isFinite(value) && value !== 0 && sameDigits(value, digits, exponent)
  if (double && (text === undefined || text === numberText(value))) return value
  const key = double ? value : `${sign}${digits}e${exponent}`
  return new Decimal(text ?? scientific(sign, digits, exponent), BigInt(sign + digits), exponent, key)
}

function sameDigits(value: number, digits: string, exponent: number): boolean {
  if (digits.length > 17) return false
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e')
  return mantissa.replace('.', '') === digits && Number(power) === exponent + digits.length - 1
}

function scientific(sign: string, digits: string, exponent: number): string {
  const point = digits.length + exponent
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
  if (point > -6) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits[0]}${digits.length > 1 ? '.' : ''}${digits.slice(1)}e-${String(1 - point).padStart(2, '0')}`
}

export function fromBigInt(value: bigint): Numeric {
  const small = Number(value)
  if (Number.isSafeInteger(small)) return small
  const text = value.toString()
  const digits = text.replace('-', '').replace(/0+$/, '')
  const exponent = text.length - digits.length - (value < 0n ? 1 : 0)
  return fromDigits(value < 0n, digits, exponent, text)
}

/** A finite JavaScript number from outside. An integer beyond the safe range is the shortest decimal that reads back as it. */
export function fromDouble(value: number): Numeric {
  if (!Number.isInteger(value)) return value
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  return fromDigits(value < 0, digits, Number(power) - digits.length + 1)
}

/** As OPA writes it. */
export function numberText(value: Numeric): string {
  if (typeof value !== 'number') return value.text
  const text = String(value)
  return /e-\d$/.test(text) ? `${text.slice(0, -1)}0${text.slice(-1)}` : text
}

export function numberKey(value: Numeric): NumberKey {
  return typeof value === 'number' ? value : value.key
}

/** The integer, or undefined if there is a fraction. */
export function toBigInt(value: Numeric): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  return value.exponent < 0 ? undefined : value.coefficient * 10n ** BigInt(value.exponent)
}

/** The nearest double; infinite when out of range. */
export function toDouble(value: Numeric): number {
  return typeof value === 'number' ? value : Number(value.text)
}

export function isInteger(value: Numeric): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : value.exponent >= 0
}

/** Coefficient and power of ten. */
export function parts(value: Numeric): { coefficient: bigint; exponent: number } {
  if (typeof value !== 'number') return value
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 }
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const point = mantissa.indexOf('.')
  const fraction = point < 0 ? 0 : mantissa.length - point - 1
  return { coefficient: BigInt(mantissa.replace('.', '')), exponent: Number(power) - fraction }
}

/** Exact order of the decimals. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  if (numberKey(a) === numberKey(b)) return 0
  const left = parts(a)
  const right = parts(b)
  const least = Math.min(left.exponent, right.exponent)
  const x = left.coefficient * 10n ** BigInt(left.exponent - least)
  const y = right.coefficient * 10n ** BigInt(right.exponent - least)
  return x < y ? -1 : x > y ? 1 : 0
}
