import {
  absolute,
  addNumbers,
  ArithmeticError,
  ceiling,
  divideNumbers,
  floorNumber,
  multiplyNumbers,
  remainder,
  roundNumber,
  subtractNumbers,
} from '../number/arithmetic.ts'
import { fromBigInt, type Numeric } from '../number/decimal.ts'
import { isNumber, RegoSet, type Value } from '../value/value.ts'
import {
  bigIntOperand,
  BuiltinError,
  define,
  numberOperand,
  operand,
  wrongOperand,
  type BuiltinContext,
  type Evaluate,
} from './builtin.ts'
import { difference } from './set-operations.ts'
import { anyOf, anySet, arrayOf, number } from './types.ts'

const TWO = [
  ['x', number, 'first number'],
  ['y', number, 'second number'],
] as const

const ONE = [['x', number, 'a number']] as const

function guarded(compute: () => Numeric): Numeric {
  try {
    return compute()
  } catch (error) {
    if (error instanceof ArithmeticError) throw new BuiltinError(error.message)
    throw error
  }
}

function binary(compute: (x: Numeric, y: Numeric) => Numeric): Evaluate {
  return (args) => {
    const x = numberOperand(args, 0)
    const y = numberOperand(args, 1)
    return guarded(() => compute(x, y))
  }
}

function unary(compute: (x: Numeric) => Numeric): Evaluate {
  return (args) => guarded(() => compute(numberOperand(args, 0)))
}

function minus(args: readonly Value[]): Value {
  const x = operand(args, 0)
  const y = operand(args, 1)
  if (isNumber(x) && isNumber(y)) return guarded(() => subtractNumbers(x, y))
  if (x instanceof RegoSet && y instanceof RegoSet) return difference(x, y)
  if (!isNumber(x) && !(x instanceof RegoSet)) throw wrongOperand(0, x, ['number', 'set'])
  throw wrongOperand(1, y, isNumber(y) ? 'set' : 'number')
}

function range(args: readonly Value[], step: bigint, context: BuiltinContext): Value {
  const from = bigIntOperand(args, 0)
  const to = bigIntOperand(args, 1)
  const distance = to > from ? to - from : from - to
  const count = distance / step + 1n
  context.budget.step(count > 1_000_000_000n ? Infinity : Number(count))
  const items: Value[] = []
  const move = to >= from ? step : -step
  let value = from
  for (let index = 0n; index < count; index++) {
    items.push(fromBigInt(value))
    value += move
  }
  return items
}

export const numbers = define('numbers', [
  {
    name: 'plus',
    infix: '+',
    args: TWO,
    result: [number, 'the sum'],
    description: 'Adds two numbers.',
    evaluate: binary(addNumbers),
  },
  {
    name: 'minus',
    infix: '-',
    args: [
      ['x', anyOf(number, anySet), 'number or set'],
      ['y', anyOf(number, anySet), 'number or set to take away'],
    ],
    result: [anyOf(number, anySet), 'the difference'],
    description: 'Subtracts a number, or takes the members of a set away.',
    evaluate: minus,
  },
  {
    name: 'mul',
    infix: '*',
    args: TWO,
    result: [number, 'the product'],
    description: 'Multiplies two numbers.',
    evaluate: binary(multiplyNumbers),
  },
  {
    name: 'div',
    infix: '/',
    args: TWO,
    result: [number, 'the quotient'],
    description: 'Divides; dividing by zero is an error.',
    evaluate: binary(divideNumbers),
  },
  {
    name: 'rem',
    infix: '%',
    args: TWO,
    result: [number, 'what is left'],
    description: 'The remainder of a division of integers, with the sign of `x`.',
    evaluate: binary(remainder),
  },
  {
    name: 'abs',
    args: ONE,
    result: [number, '`x` without its sign'],
    description: 'Takes the sign away.',
    evaluate: unary(absolute),
  },
  {
    name: 'round',
    args: ONE,
    result: [number, 'the nearest integer'],
    description: 'Rounds; halves go away from zero.',
    evaluate: unary(roundNumber),
  },
  {
    name: 'ceil',
    args: ONE,
    result: [number, 'the least integer that is not below `x`'],
    description: 'Rounds up.',
    evaluate: unary(ceiling),
  },
  {
    name: 'floor',
    args: ONE,
    result: [number, 'the greatest integer that is not above `x`'],
    description: 'Rounds down.',
    evaluate: unary(floorNumber),
  },
  {
    name: 'numbers.range',
    args: [
      ['a', number, 'first integer'],
      ['b', number, 'last integer'],
    ],
    result: [arrayOf(number), 'the integers from `a` to `b`'],
    description: 'Counts from one integer to another, up or down, both included.',
    evaluate: (args, context) => range(args, 1n, context),
  },
  {
    name: 'numbers.range_step',
    args: [
      ['a', number, 'first integer'],
      ['b', number, 'where to end'],
      ['step', number, 'positive distance between two'],
    ],
    result: [arrayOf(number), 'the integers from `a` towards `b`'],
    description: 'Counts from one integer to another in steps, up or down.',
    evaluate: (args, context) => {
      bigIntOperand(args, 0)
      bigIntOperand(args, 1)
      const step = bigIntOperand(args, 2)
      if (step <= 0n) throw new BuiltinError('step must be a positive integer')
      return range(args, step, context)
    },
  },
])
