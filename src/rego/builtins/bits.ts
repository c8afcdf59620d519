import { fromBigInt } from '../number/decimal.ts'
import type { Value } from '../value/value.ts'
import { bigIntOperand, BuiltinError, define, OperandError, type Evaluate } from './builtin.ts'
import { number } from './types.ts'

const TWO = [
  ['x', number, 'first integer'],
  ['y', number, 'second integer'],
] as const

const SHIFT = [
  ['x', number, 'the integer to shift'],
  ['s', number, 'by how many bits; not negative'],
] as const

/** More bits than any policy needs, and less than what takes long. */
const MAX_SHIFT = 1_000_000n

function binary(compute: (x: bigint, y: bigint) => bigint): Evaluate {
  return (args) => fromBigInt(compute(bigIntOperand(args, 0), bigIntOperand(args, 1)))
}

function distance(args: readonly Value[]): bigint {
  const bits = bigIntOperand(args, 1)
  if (bits < 0n) throw new OperandError('operand 2 must be an unsigned integer number but got a negative integer')
  return bits
}

export const bits = define('bits', [
  {
    name: 'bits.and',
    args: TWO,
    result: [number, 'the bits that both have'],
    description: 'And, bit by bit.',
    evaluate: binary((x, y) => x & y),
  },
  {
    name: 'bits.or',
    args: TWO,
    result: [number, 'the bits that at least one has'],
    description: 'Or, bit by bit.',
    evaluate: binary((x, y) => x | y),
  },
  {
    name: 'bits.xor',
    args: TWO,
    result: [number, 'the bits that exactly one has'],
    description: 'Exclusive or, bit by bit.',
    evaluate: binary((x, y) => x ^ y),
  },
  {
    name: 'bits.negate',
    args: [['x', number, 'an integer']],
    result: [number, '`-x - 1`'],
    description: 'Turns every bit round.',
    evaluate: (args) => fromBigInt(~bigIntOperand(args, 0)),
  },
  {
    name: 'bits.lsh',
    args: SHIFT,
    result: [number, '`x` times two to the power of `s`'],
    description: 'Shifts to the left.',
    evaluate: (args) => {
      const value = bigIntOperand(args, 0)
      const by = distance(args)
      if (by > MAX_SHIFT) throw new BuiltinError('number too big')
      return fromBigInt(value << by)
    },
  },
  {
    name: 'bits.rsh',
    args: SHIFT,
    result: [number, '`x` without its last `s` bits'],
    description: 'Shifts to the right; negative numbers stay negative.',
    evaluate: (args) => {
      const value = bigIntOperand(args, 0)
      return fromBigInt(value >> distance(args))
    },
  },
])
