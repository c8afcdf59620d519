import { equalValues, isArray, itemAt, ObjectBuilder, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { arrayOperand, define, objectOperand, operand, OperandError, wrongItem, wrongOperand } from './builtin.ts'
import { any, anyArray, anyObject, anyOf, anySet, arrayOf, boolean } from './types.ts'

const KEYS = anyOf(anyArray, anyObject, anySet)

/** The value at a key or index; a member of a set is at itself. */
export function lookUp(value: Value, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key)
  if (value instanceof RegoSet) return value.get(key)
  return value !== null && typeof value === 'object' && isArray(value) ? itemAt(value, key) : undefined
}

function get(args: readonly Value[]): Value {
  const object = objectOperand(args, 0)
  const path = operand(args, 1)
  const fallback = operand(args, 2)
  if (!isArray(path)) {
    // null is a value.
    const value = object.get(path)
    return value === undefined ? fallback : value
  }
  let at: Value | undefined = object
  for (const key of path) {
    at = lookUp(at, key)
    if (at === undefined) return fallback
  }
  return at
}

function keysOperand(args: readonly Value[]): RegoSet | RegoObject {
  const keys = operand(args, 1)
  if (isArray(keys)) return RegoSet.of(keys)
  if (keys instanceof RegoSet || keys instanceof RegoObject) return keys
  throw wrongOperand(1, keys, ['object', 'set', 'array'])
}

function select(args: readonly Value[], keep: boolean): Value {
  const object = objectOperand(args, 0)
  const keys = keysOperand(args)
  const result = new ObjectBuilder()
  for (const [key, value] of object) if (keys.has(key) === keep) result.set(key, value)
  return result.build()
}

/** Members of `b` win; objects under one key are merged. */
function mergeObjects(a: RegoObject, b: RegoObject): RegoObject {
  if (a.size === 0) return b
  if (b.size === 0) return a
  const result = new ObjectBuilder()
  for (const key of a.unsortedKeys()) result.set(key, a.get(key) ?? null)
  for (const key of b.unsortedKeys()) {
    const value = b.get(key) ?? null
    const old = a.get(key)
    const merge = old instanceof RegoObject && value instanceof RegoObject
    result.set(key, merge ? mergeObjects(old, value) : value)
  }
  return result.build()
}

function unionOfAll(args: readonly Value[]): Value {
  const items = arrayOperand(args, 0)
  let result = RegoObject.empty
  for (const item of items) {
    if (!(item instanceof RegoObject)) throw wrongItem(0, items, 'objects', item)
    result = mergeObjects(result, item)
  }
  return result
}

function isSubset(all: Value, part: Value): boolean {
  if (all instanceof RegoObject && part instanceof RegoObject) return objectContains(all, part)
  if (all instanceof RegoSet && part instanceof RegoSet) return part.sorted().every((member) => all.has(member))
  if (isArray(all) && isArray(part)) return arrayContains(all, part)
  if (isArray(all) && part instanceof RegoSet) {
    const items = RegoSet.of(all)
    return part.sorted().every((member) => items.has(member))
  }
  throw new OperandError('both arguments object.subset must be of the same type or array and set')
}

function objectContains(all: RegoObject, part: RegoObject): boolean {
  for (const [key, value] of part) {
    const own = all.get(key)
    if (own === undefined || !valueContains(own, value)) return false
  }
  return true
}

/** Objects and sets may hold more; everything else must be equal. */
function valueContains(own: Value, value: Value): boolean {
  if (own instanceof RegoObject && value instanceof RegoObject) return objectContains(own, value)
  if (own instanceof RegoSet && value instanceof RegoSet) return isSubset(own, value)
  if (isArray(own) && isArray(value)) return arrayContains(own, value)
  return equalValues(own, value)
}

/** Whether one array is a run of items of another. */
function arrayContains(all: readonly Value[], part: readonly Value[]): boolean {
  for (let start = 0; start + part.length <= all.length; start++) {
    if (part.every((item, index) => equalValues(all[start + index] ?? null, item))) return true
  }
  return false
}

export const objects = define('objects', [
  {
    name: 'object.get',
    args: [
      ['object', anyObject, 'where to look'],
      ['key', any, 'a key, or an array of keys and indexes that lead to the value'],
      ['default', any, 'what to give if nothing is there'],
    ],
    result: [any, 'the value, or the default'],
    description: 'Reads a member that may be missing.',
    evaluate: get,
  },
  {
    name: 'object.keys',
    args: [['object', anyObject, 'an object']],
    result: [anySet, 'its keys'],
    description: 'The keys of an object as a set.',
    evaluate: (args) => RegoSet.of(objectOperand(args, 0).unsortedKeys()),
  },
  {
    name: 'object.remove',
    args: [
      ['object', anyObject, 'an object'],
      ['keys', KEYS, 'the keys to leave out; of an object, its keys'],
    ],
    result: [anyObject, 'the other members'],
    description: 'Leaves members out.',
    evaluate: (args) => select(args, false),
  },
  {
    name: 'object.filter',
    args: [
      ['object', anyObject, 'an object'],
      ['keys', KEYS, 'the keys to keep; of an object, its keys'],
    ],
    result: [anyObject, 'the members with these keys'],
    description: 'Keeps some members.',
    evaluate: (args) => select(args, true),
  },
  {
    name: 'object.union',
    args: [
      ['a', anyObject, 'first object'],
      ['b', anyObject, 'second object, which wins'],
    ],
    result: [anyObject, 'the members of both, inner objects merged as well'],
    description: 'Merges two objects.',
    evaluate: (args) => mergeObjects(objectOperand(args, 0), objectOperand(args, 1)),
  },
  {
    name: 'object.union_n',
    args: [['objects', arrayOf(anyObject), 'objects, later ones win']],
    result: [anyObject, 'the members of all, inner objects merged as well'],
    description: 'Merges any number of objects.',
    evaluate: unionOfAll,
  },
  {
    name: 'object.subset',
    args: [
      ['super', KEYS, 'what may hold more'],
      ['sub', KEYS, 'what has to be in it'],
    ],
    result: [boolean, 'whether all of `sub` is in `super`'],
    description: 'Whether an object, set or array holds another; inner objects count as well.',
    evaluate: (args) => isSubset(operand(args, 0), operand(args, 1)),
  },
])
