/** Kubernetes' quantities, in exact arithmetic: `quantity("1.5Gi")`. */
import type { Environment } from '@marcbachmann/cel-js'
import { isInt } from './values.ts'

const FORM = /^([+-]?)(\d+\.?\d*|\.\d*)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 10n,
  Mi: 20n,
  Gi: 30n,
  Ti: 40n,
  Pi: 50n,
  Ei: 60n,
}

/** Nothing is kept below a nano. */
const SCALE = 9

class Quantity {
  /** In units of 10 ** -9. */
  readonly nano: bigint

  constructor(nano: bigint) {
    this.nano = nano
  }

  static parse(text: string): Quantity | undefined {
    const match = FORM.exec(text)
    if (match === null) return undefined
    const [, sign, digits = '', suffix, exponent] = match
    const [whole = '', fraction = ''] = digits.split('.')
    const shift = (suffix === undefined ? 0 : (DECIMAL[suffix] ?? 0)) + (exponent === undefined ? 0 : Number(exponent))
    if (Math.abs(shift) > 100 || digits.length > 100) return undefined
    const binary = suffix === undefined ? undefined : BINARY[suffix]
    const coefficient = BigInt(`${whole}${fraction}` || '0') << (binary ?? 0n)
    const power = SCALE + shift - fraction.length
    // What is smaller than a nano is rounded up, away from zero.
    const divisor = 10n ** BigInt(Math.max(0, -power))
    const nano = power >= 0 ? coefficient * 10n ** BigInt(power) : (coefficient + divisor - 1n) / divisor
    return new Quantity(sign === '-' ? -nano : nano)
  }

  /** And inside of 64 bits. */
  get isInteger(): boolean {
    return this.nano % 10n ** BigInt(SCALE) === 0n && isInt(this.nano / 10n ** BigInt(SCALE))
  }
}

function quantity(text: string): Quantity {
  const parsed = Quantity.parse(text)
  if (parsed === undefined)
    throw new Error(`quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`)
  return parsed
}

export function registerQuantity(env: Environment): void {
  env.registerType('Quantity', Quantity)
  env.registerFunction('quantity(string): Quantity', quantity)
  env.registerFunction('isQuantity(string): bool', (text: string) => Quantity.parse(text) !== undefined)
  env.registerFunction('Quantity.isInteger(): bool', (q: Quantity) => q.isInteger)
  env.registerFunction('Quantity.asInteger(): int', (q: Quantity) => {
    if (!q.isInteger) throw new Error('cannot convert value to integer')
    return q.nano / 10n ** BigInt(SCALE)
  })
  env.registerFunction('Quantity.asApproximateFloat(): double', (q: Quantity) => Number(q.nano) / 10 ** SCALE)
  env.registerFunction('sign(Quantity): int', (q: Quantity) => (q.nano === 0n ? 0n : q.nano > 0n ? 1n : -1n))
  env.registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano < b.nano)
  env.registerFunction('Quantity.isGreaterThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano > b.nano)
  env.registerFunction('Quantity.compareTo(Quantity): int', (a: Quantity, b: Quantity) =>
    a.nano === b.nano ? 0n : a.nano > b.nano ? 1n : -1n,
  )
  env.registerFunction('Quantity.add(Quantity): Quantity', (a: Quantity, b: Quantity) => new Quantity(a.nano + b.nano))
  env.registerFunction('Quantity.sub(Quantity): Quantity', (a: Quantity, b: Quantity) => new Quantity(a.nano - b.nano))
  env.registerFunction(
    'Quantity.add(int): Quantity',
    (a: Quantity, b: bigint) => new Quantity(a.nano + b * 10n ** BigInt(SCALE)),
  )
  env.registerFunction(
    'Quantity.sub(int): Quantity',
    (a: Quantity, b: bigint) => new Quantity(a.nano - b * 10n ** BigInt(SCALE)),
  )
  env.registerOperator('Quantity == Quantity', (a: Quantity, b: Quantity) => a.nano === b.nano)
}
