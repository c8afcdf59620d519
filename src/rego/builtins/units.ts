import { toBigFloat, multiplyFloats, truncateFloat } from '../number/big-float.ts'
import { fromBigInt, fromDigits, parseNumber, parts, type Numeric } from '../number/decimal.ts'
import { BuiltinError, define, stringOperand } from './builtin.ts'
import { number, string } from './types.ts'

const DECIMAL = 'kmgtpe'

/** 1000 or 1024 to the power that a letter stands for. */
function factor(letter: string, base: bigint): bigint {
  return base ** BigInt(DECIMAL.indexOf(letter) + 1)
}

/** The amount in front and the unit behind it. An exponent of more than six digits is too large. */
function extract(name: string, text: string): { amount: string; unit: string } {
  const match = /^(?:[\d.+-]|[eE](?=[\d+-])[+-]?\d*)*/.exec(text)
  const amount = match?.[0] ?? ''
  if (/e[+-]?\d{7}/i.test(amount)) throw new BuiltinError(`${name}: exponent too large`)
  return { amount, unit: text.slice(amount.length) }
}

function amountOf(name: string, what: string, text: string): Numeric {
  const match = /^([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.exec(text)
  const written = match === null ? undefined : `${match[2]?.replace(/^\./, '0.').replace(/\.$/, '')}${match[3] ?? ''}`
  const value = written === undefined ? undefined : parseNumber(`${match?.[1] === '-' ? '-' : ''}${written}`)
  if (value === undefined) throw new BuiltinError(`${name}: could not parse ${what} to a number`)
  return value
}

function unquoted(name: string, raw: string): string {
  const text = raw.replaceAll('"', '')
  if (text.includes(' ')) throw new BuiltinError(`${name}: spaces not allowed in resource strings`)
  return text
}

function parseUnits(raw: string): Numeric {
  const name = 'units.parse'
  const { amount, unit: written } = extract(name, unquoted(name, raw))
  if (amount === '') throw new BuiltinError(`${name}: no amount provided`)
  const unit = written.slice(0, 1) + written.slice(1).toLowerCase()
  if (unit !== '' && unit !== 'm' && !/^(?:[kKMgGtTpPeE]|[kKmMgGtTpPeE]i)$/.test(unit)) {
    throw new BuiltinError(`${name}: unit ${unit} not recognized`)
  }
  const value = parts(amountOf(name, 'amount', amount))
  if (unit === 'm') return scaled(value.coefficient, value.exponent - 3)
  const by = unit === '' ? 1n : factor(unit.charAt(0).toLowerCase(), unit.length > 1 ? 1024n : 1000n)
  return scaled(value.coefficient * by, value.exponent)
}

/** Ten places behind the point, halves away from zero. */
function scaled(coefficient: bigint, exponent: number): Numeric {
  if (exponent >= 0) return fromBigInt(coefficient * 10n ** BigInt(exponent))
  const negative = coefficient < 0n
  const divisor = 10n ** BigInt(-exponent)
  const size = negative ? -coefficient : coefficient
  if (size % divisor === 0n) return fromBigInt(coefficient / divisor)
  const places = (size * 10n ** 11n) / divisor
  const rounded = ((places + 5n) / 10n).toString()
  const digits = rounded.replace(/0+$/, '')
  if (digits === '') return 0
  const padded = rounded.padStart(11, '0')
  const text = `${negative ? '-' : ''}${padded.slice(0, -10)}.${padded.slice(-10)}`
  return fromDigits(negative, digits, rounded.length - digits.length - 10, text)
}

function parseBytes(raw: string): Numeric {
  const name = 'units.parse_bytes'
  const { amount, unit } = extract(name, unquoted(name, raw.toLowerCase()))
  if (amount === '') throw new BuiltinError(`${name}: no byte amount provided`)
  if (unit !== '' && !/^[kmgtpe]i?b?$/.test(unit)) throw new BuiltinError(`${name}: byte unit ${unit} not recognized`)
  const by = unit === '' ? 1n : factor(unit.charAt(0), unit.charAt(1) === 'i' ? 1024n : 1000n)
  const value = toBigFloat(amountOf(name, 'byte amount', amount))
  return fromBigInt(truncateFloat(multiplyFloats(value, toBigFloat(fromBigInt(by)))))
}

export const units = define('units', [
  {
    name: 'units.parse',
    args: [['x', string, 'an amount such as `10K`, `1.5Gi` or `200m`']],
    result: [number, 'the amount'],
    description:
      'Reads an amount with an SI unit (K, M, G, T, P, E, and m for thousandths) or a binary one (Ki, Mi, ...).',
    evaluate: (args) => parseUnits(stringOperand(args, 0)),
  },
  {
    name: 'units.parse_bytes',
    args: [['x', string, 'a size such as `10KB` or `2GiB`']],
    result: [number, 'bytes'],
    description: 'Reads a size in bytes: KB is 1000, KiB is 1024; capitals do not matter.',
    evaluate: (args) => parseBytes(stringOperand(args, 0)),
  },
])
