import { compareValues, equalValues } from '../value/value.ts'
import { define, operand, type Evaluate } from './builtin.ts'
import { any, boolean } from './types.ts'

const ARGS = [
  ['x', any, 'left side'],
  ['y', any, 'right side'],
] as const

function ordered(accept: (order: number) => boolean): Evaluate {
  return (args) => accept(compareValues(operand(args, 0), operand(args, 1)))
}

export const comparison = define('comparison', [
  {
    name: 'equal',
    infix: '==',
    args: ARGS,
    result: [boolean, 'whether both are equal'],
    description: 'Compares two values of any types.',
    evaluate: (args) => equalValues(operand(args, 0), operand(args, 1)),
  },
  {
    name: 'neq',
    infix: '!=',
    args: ARGS,
    result: [boolean, 'whether they differ'],
    description: 'The opposite of `==`.',
    evaluate: (args) => !equalValues(operand(args, 0), operand(args, 1)),
  },
  {
    name: 'gt',
    infix: '>',
    args: ARGS,
    result: [boolean, 'whether `x` comes after `y`'],
    description: 'Compares in the order of all values: null, booleans, numbers, strings, arrays, objects, sets.',
    evaluate: ordered((order) => order > 0),
  },
  {
    name: 'gte',
    infix: '>=',
    args: ARGS,
    result: [boolean, 'whether `x` does not come before `y`'],
    description: 'Greater or equal in the order of all values.',
    evaluate: ordered((order) => order >= 0),
  },
  {
    name: 'lt',
    infix: '<',
    args: ARGS,
    result: [boolean, 'whether `x` comes before `y`'],
    description: 'Less in the order of all values.',
    evaluate: ordered((order) => order < 0),
  },
  {
    name: 'lte',
    infix: '<=',
    args: ARGS,
    result: [boolean, 'whether `x` does not come after `y`'],
    description: 'Less or equal in the order of all values.',
    evaluate: ordered((order) => order <= 0),
  },
])
