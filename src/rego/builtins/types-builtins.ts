import { isArray, isNumber, RegoObject, RegoSet, typeName, type Value } from '../value/value.ts'
import { define, operand, wrongOperand, type Declaration } from './builtin.ts'
import { any, anyArray, anyObject, anySet, boolean, nil, string, type RegoType } from './types.ts'

function test(name: string, what: string, accept: (value: Value) => boolean): Declaration {
  return {
    name,
    args: [['x', any, 'a value']],
    result: [boolean, `whether it is ${what}`],
    description: `Whether a value is ${what}.`,
    evaluate: (args) => accept(operand(args, 0)),
  }
}

function cast(name: string, type: RegoType, wanted: string, accept: (value: Value) => boolean): Declaration {
  return {
    name,
    args: [['x', any, 'a value']],
    result: [type, 'the value itself'],
    description: `Gives a value of the type ${wanted} back; another type is an error.`,
    deprecated: `use \`is_${wanted}\``,
    evaluate: (args) => {
      const value = operand(args, 0)
      if (!accept(value)) throw wrongOperand(0, value, wanted)
      return value
    },
  }
}

function isString(value: Value): boolean {
  return typeof value === 'string'
}

function isBoolean(value: Value): boolean {
  return typeof value === 'boolean'
}

function isObject(value: Value): boolean {
  return value instanceof RegoObject
}

function isNull(value: Value): boolean {
  return value === null
}

export const types = define('types', [
  test('is_array', 'an array', isArray),
  test('is_boolean', 'a boolean', isBoolean),
  test('is_null', 'null', isNull),
  test('is_number', 'a number', isNumber),
  test('is_object', 'an object', isObject),
  test('is_set', 'a set', (value) => value instanceof RegoSet),
  test('is_string', 'a string', isString),
  {
    name: 'type_name',
    args: [['x', any, 'a value']],
    result: [string, '`array`, `boolean`, `null`, `number`, `object`, `set` or `string`'],
    description: 'Names the type of a value.',
    evaluate: (args) => typeName(operand(args, 0)),
  },
  cast('cast_string', string, 'string', isString),
  cast('cast_boolean', boolean, 'boolean', isBoolean),
  cast('cast_null', nil, 'null', isNull),
  cast('cast_object', anyObject, 'object', isObject),
  {
    name: 'cast_array',
    args: [['x', any, 'an array or a set']],
    result: [anyArray, 'its items'],
    description: 'Turns a set into an array.',
    deprecated: 'use a comprehension',
    evaluate: (args) => {
      const value = operand(args, 0)
      if (isArray(value)) return value
      if (value instanceof RegoSet) return value.sorted()
      throw wrongOperand(0, value, ['array', 'set'])
    },
  },
  {
    name: 'cast_set',
    args: [['x', any, 'an array or a set']],
    result: [anySet, 'its members'],
    description: 'Turns an array into a set.',
    deprecated: 'use a comprehension',
    evaluate: (args) => {
      const value = operand(args, 0)
      if (isArray(value)) return RegoSet.of(value)
      if (value instanceof RegoSet) return value
      throw wrongOperand(0, value, ['array', 'set'])
    },
  },
])
