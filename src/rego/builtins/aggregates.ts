import { addNumbers, multiplyNumbers } from '../number/arithmetic.ts'
import type { Numeric } from '../number/decimal.ts'
import {
  compareValues,
  equalValues,
  isArray,
  itemAt,
  isNumber,
  RegoObject,
  RegoSet,
  type Value,
} from '../value/value.ts'
import { define, itemsOperand, operand, wrongItem, wrongOperand, type BuiltinContext } from './builtin.ts'
import { any, anyArray, anyObject, anyOf, anySet, arrayOf, boolean, number, setOf, string } from './types.ts'

const COLLECTION = anyOf(anyArray, anySet)
const NUMBERS = anyOf(arrayOf(number), setOf(number))

/** Characters, not units of UTF-16. */
function characters(text: string): number {
  let count = text.length
  for (let index = 0; index < text.length - 1; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      count--
      index++
    }
  }
  return count
}

function count(value: Value): number {
  if (isArray(value)) return value.length
  if (value instanceof RegoObject || value instanceof RegoSet) return value.size
  if (typeof value === 'string') return characters(value)
  throw wrongOperand(0, value, ['array', 'object', 'set', 'string'])
}

function fold(args: readonly Value[], start: Numeric, combine: (x: Numeric, y: Numeric) => Numeric): Numeric {
  let result = start
  for (const item of itemsOperand(args, 0, ['set', 'array'])) {
    if (!isNumber(item)) throw wrongItem(0, operand(args, 0), 'numbers', item)
    result = combine(result, item)
  }
  return result
}

/** Of equal ones the last: `1.0` and 1 are equal. */
function extreme(args: readonly Value[], sign: number): Value | undefined {
  const items = itemsOperand(args, 0, ['set', 'array'])
  let best = items[0]
  for (const item of items) if (best !== undefined && compareValues(item, best) * sign >= 0) best = item
  return best
}

function sorted(args: readonly Value[], context: BuiltinContext): Value {
  const items = itemsOperand(args, 0, ['set', 'array'])
  context.budget.step(items.length)
  return [...items].sort(compareValues)
}

function isMember(value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(value)
  if (isArray(collection)) return collection.some((item) => equalValues(item, value))
  if (!(collection instanceof RegoObject)) return false
  for (const key of collection.unsortedKeys()) if (equalValues(collection.get(key) ?? null, value)) return true
  return false
}

function isMemberAt(key: Value, value: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(key) && equalValues(key, value)
  let found: Value | undefined
  if (isArray(collection)) found = itemAt(collection, key)
  else if (collection instanceof RegoObject) found = collection.get(key)
  return found !== undefined && equalValues(found, value)
}

export const aggregates = define('aggregates', [
  {
    name: 'count',
    args: [['collection', anyOf(string, anyArray, anyObject, anySet), 'what to count']],
    result: [number, 'how many members, or characters, there are'],
    description: 'Counts members of a collection or characters of a string.',
    evaluate: (args) => count(operand(args, 0)),
  },
  {
    name: 'sum',
    args: [['collection', NUMBERS, 'the numbers']],
    result: [number, 'their sum'],
    description: 'Adds numbers up; nothing adds up to 0.',
    evaluate: (args) => fold(args, 0, addNumbers),
  },
  {
    name: 'product',
    args: [['collection', NUMBERS, 'the numbers']],
    result: [number, 'their product'],
    description: 'Multiplies numbers; the product of nothing is 1.',
    evaluate: (args) => fold(args, 1, multiplyNumbers),
  },
  {
    name: 'max',
    args: [['collection', COLLECTION, 'where to look']],
    result: [any, 'the greatest member; undefined if there is none'],
    description: 'Finds the greatest member in the order of all values.',
    evaluate: (args) => extreme(args, 1),
  },
  {
    name: 'min',
    args: [['collection', COLLECTION, 'where to look']],
    result: [any, 'the least member; undefined if there is none'],
    description: 'Finds the least member in the order of all values.',
    evaluate: (args) => extreme(args, -1),
  },
  {
    name: 'sort',
    args: [['collection', COLLECTION, 'what to sort']],
    result: [anyArray, 'the members in order'],
    description: 'Sorts by the order of all values.',
    evaluate: sorted,
  },
  {
    name: 'all',
    args: [['collection', COLLECTION, 'where to look']],
    result: [boolean, 'whether every member is true'],
    description: 'Whether there is nothing but true.',
    deprecated: 'use `every`',
    evaluate: (args) => itemsOperand(args, 0).every((item) => item === true),
  },
  {
    name: 'any',
    args: [['collection', COLLECTION, 'where to look']],
    result: [boolean, 'whether some member is true'],
    description: 'Whether true is among the members.',
    deprecated: 'use `true in collection`',
    evaluate: (args) => itemsOperand(args, 0).includes(true),
  },
  {
    name: 'internal.member_2',
    infix: 'in',
    args: [
      ['value', any, 'what to look for'],
      ['collection', any, 'where to look'],
    ],
    result: [boolean, 'whether it is a member'],
    description: 'Stands for `value in collection`.',
    evaluate: (args) => isMember(operand(args, 0), operand(args, 1)),
  },
  {
    name: 'internal.member_3',
    infix: 'in',
    args: [
      ['key', any, 'index or key'],
      ['value', any, 'what to look for'],
      ['collection', any, 'where to look'],
    ],
    result: [boolean, 'whether it is a member at that key'],
    description: 'Stands for `key, value in collection`.',
    evaluate: (args) => isMemberAt(operand(args, 0), operand(args, 1), operand(args, 2)),
  },
])
