/** Rego's arithmetic: integers exactly, everything else in 64-bit mantissas. */
import {
  addFloats,
  divideFloats,
  fromBigFloat,
  isWhole,
  multiplyFloats,
  negateFloat,
  toBigFloat,
  truncateFloat,
  type BigFloat,
} from './big-float.ts'
import { compareNumbers, fromBigInt, toBigInt, type Numeric } from './decimal.ts'

export class ArithmeticError extends Error {}

const HALF: BigFloat = { mantissa: 1n, exponent: -1 }
const MINUS_HALF: BigFloat = { mantissa: -1n, exponent: -1 }

function combine(
  a: Numeric,
  b: Numeric,
  exact: (x: bigint, y: bigint) => bigint,
  float: (x: BigFloat, y: BigFloat) => BigFloat,
): Numeric {
  const x = toBigInt(a)
  const y = x === undefined ? undefined : toBigInt(b)
  if (x !== undefined && y !== undefined) return bounded(fromBigInt(exact(x, y)))
  return bounded(fromBigFloat(float(toBigFloat(a), toBigFloat(b))))
}

/** Squaring again and again must not fill the memory. */
function bounded(value: Numeric): Numeric {
  if (typeof value !== 'number' && Math.abs(value.exponent) + value.text.length > 100_000) {
    throw new ArithmeticError('number too big')
  }
  return value
}

export function addNumbers(a: Numeric, b: Numeric): Numeric {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = Number(a) + Number(b)
    if (Number.isSafeInteger(sum)) return sum
  }
  return combine(a, b, (x, y) => x + y, addFloats)
}

export function subtractNumbers(a: Numeric, b: Numeric): Numeric {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const difference = Number(a) - Number(b)
    if (Number.isSafeInteger(difference)) return difference
  }
  return combine(
    a,
    b,
    (x, y) => x - y,
    (x, y) => addFloats(x, negateFloat(y)),
  )
}

export function multiplyNumbers(a: Numeric, b: Numeric): Numeric {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const product = Number(a) * Number(b)
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product
  }
  return combine(a, b, (x, y) => x * y, multiplyFloats)
}

/** Throws `divide by zero`. */
export function divideNumbers(a: Numeric, b: Numeric): Numeric {
  if (b === 0) throw new ArithmeticError('divide by zero')
  if (a === 0) return 0
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number(a) % Number(b) === 0) return Number(a) / Number(b)
  return fromBigFloat(divideFloats(toBigFloat(a), toBigFloat(b)))
}

/** The sign follows the dividend. Throws for zero and for fractions. */
export function remainder(a: Numeric, b: Numeric): Numeric {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    if (b === 0) throw new ArithmeticError('modulo by zero')
    const rest = Number(a) % Number(b)
    return rest === 0 ? 0 : rest
  }
  const x = toBigInt(a)
  const y = toBigInt(b)
  if (x === undefined || y === undefined) throw new ArithmeticError('modulo on floating-point number')
  if (y === 0n) throw new ArithmeticError('modulo by zero')
  return fromBigInt(x % y)
}

function negateNumber(a: Numeric): Numeric {
  return subtractNumbers(0, a)
}

export function absolute(a: Numeric): Numeric {
  return compareNumbers(a, 0) < 0 ? negateNumber(a) : addNumbers(a, 0)
}

/** Half away from zero. */
export function roundNumber(a: Numeric): Numeric {
  if (Number.isSafeInteger(a)) return a
  const float = toBigFloat(a)
  return fromBigInt(truncateFloat(addFloats(float, float.mantissa < 0n ? MINUS_HALF : HALF)))
}

export function ceiling(a: Numeric): Numeric {
  if (Number.isSafeInteger(a)) return a
  const float = toBigFloat(a)
  const whole = truncateFloat(float)
  return fromBigInt(isWhole(float) || float.mantissa < 0n ? whole : whole + 1n)
}

export function floorNumber(a: Numeric): Numeric {
  if (Number.isSafeInteger(a)) return a
  const float = toBigFloat(a)
  const whole = truncateFloat(float)
  return fromBigInt(isWhole(float) || float.mantissa > 0n ? whole : whole - 1n)
}
