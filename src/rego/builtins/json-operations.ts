import { printValue } from '../value/print.ts'
import {
  equalValues,
  isArray,
  keyOf,
  ObjectBuilder,
  RegoObject,
  RegoSet,
  SetBuilder,
  typeName,
  type Key,
  type Value,
} from '../value/value.ts'
import { arrayOperand, BuiltinError, define, objectOperand, operand, OperandError, wrongOperand } from './builtin.ts'
import { lookUp } from './objects.ts'
import { any, anyArray, anyObject, anyOf, arrayOf, record, setOf, string } from './types.ts'

/** A slash path, or an array of keys. */
function parsePath(path: Value): readonly Value[] {
  if (isArray(path)) return path
  if (typeof path !== 'string') {
    throw new OperandError(
      `operand 2 must be one of {set, array} containing string paths or array of path segments but got ${typeName(path)}`,
    )
  }
  if (path === '') return []
  return path
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Paths as a tree; `null` is the end of one. */
type Tree = Map<Key, Tree | null>

function pathTree(args: readonly Value[]): Tree {
  const value = operand(args, 1)
  if (!isArray(value) && !(value instanceof RegoSet)) throw wrongOperand(1, value, ['set', 'array'])
  const root: Tree = new Map()
  const paths = (isArray(value) ? value : value.sorted()).map(parsePath)
  for (const path of paths) insertPath(root, path)
  return root
}

function insertPath(root: Tree, path: readonly Value[]): void {
  let node = root
  for (const [index, segment] of path.entries()) {
    const key = keyOf(segment)
    if (index === path.length - 1) {
      node.set(key, null)
      return
    }
    const child = node.get(key)
    if (child === null) return
    if (child !== undefined) node = child
    else {
      const fresh: Tree = new Map()
      node.set(key, fresh)
      node = fresh
    }
  }
}

function remove(value: Value, tree: Tree | null | undefined): Value | undefined {
  if (tree === null) return undefined
  if (tree === undefined || value === null || typeof value !== 'object') return value
  if (value instanceof RegoObject) {
    const result = new ObjectBuilder()
    for (const [key, member] of value) {
      const kept = remove(member, tree.get(keyOf(key)))
      if (kept !== undefined) result.set(key, kept)
    }
    return result.build()
  }
  if (value instanceof RegoSet) {
    return RegoSet.of(value.sorted().flatMap((member) => remove(member, tree.get(keyOf(member))) ?? []))
  }
  if (!isArray(value)) return value
  const items: Value[] = []
  for (const [index, item] of value.entries()) {
    const kept = remove(item, tree.get(String(index)))
    if (kept !== undefined) items.push(kept)
  }
  return items
}

function filter(value: Value, tree: Tree | null): Value {
  if (tree === null || value === null || typeof value !== 'object') return value
  if (value instanceof RegoObject) {
    const result = new ObjectBuilder()
    for (const [key, member] of value) {
      const inner = tree.get(keyOf(key))
      if (inner !== undefined) result.set(key, filter(member, inner))
    }
    return result.build()
  }
  if (value instanceof RegoSet) {
    const result = new SetBuilder()
    for (const member of value) {
      const inner = tree.get(keyOf(member))
      if (inner !== undefined) result.add(filter(member, inner))
    }
    return result.build()
  }
  if (!isArray(value)) return value
  const items: Value[] = []
  for (const [index, item] of value.entries()) {
    const inner = tree.get(String(index))
    if (inner !== undefined) items.push(filter(item, inner))
  }
  return items
}

/** The place that a segment names in an array; `-` is behind the last item. */
function indexOf(length: number, segment: Value): number {
  if (typeof segment === 'number' && Number.isInteger(segment)) return segment
  if (segment === '-') return length
  if (typeof segment !== 'string') throw new BuiltinError('invalid type for indexing')
  if (!/^-?\d+$/.test(segment)) throw new BuiltinError('invalid string for indexing')
  if (segment !== '0' && segment.startsWith('0')) throw new BuiltinError('leading zeros are not allowed in JSON paths')
  return Number(segment)
}

function child(value: Value, segment: Value): Value {
  const key = isArray(value) ? indexOf(value.length, segment) : segment
  const found = lookUp(value, key)
  if (found === undefined)
    throw new BuiltinError(`path ${printValue(segment)} does not exist in ${typeName(value)} term`)
  return found
}

function getAt(value: Value, path: readonly Value[]): Value {
  return path.reduce(child, value)
}

/** Changes the container at the end of a path, and what is around it. */
function edit(
  value: Value,
  path: readonly Value[],
  change: (container: Value, segment: Value) => Value,
  depth = 0,
): Value {
  const segment = path[depth] ?? ''
  if (depth === path.length - 1) return change(value, segment)
  const old = child(value, segment)
  const fresh = edit(old, path, change, depth + 1)
  if (isArray(value)) return value.with(indexOf(value.length, segment), fresh)
  if (value instanceof RegoSet) return RegoSet.of([...value.sorted().filter((one) => !equalValues(one, old)), fresh])
  return value instanceof RegoObject ? put(value, segment, fresh) : value
}

function put(object: RegoObject, key: Value, value: Value): RegoObject {
  return RegoObject.of([...object.entries(), [key, value]])
}

function insert(container: Value, segment: Value, value: Value): Value {
  if (container instanceof RegoObject) return put(container, segment, value)
  if (container instanceof RegoSet) {
    if (!equalValues(segment, value)) {
      throw new BuiltinError(`set key ${printValue(segment)} does not equal value to be inserted ${printValue(value)}`)
    }
    return RegoSet.of([...container.sorted(), value])
  }
  if (!isArray(container)) throw new BuiltinError(`expected composite type, found value: ${printValue(container)}`)
  const index = indexOf(container.length, segment)
  if (index < 0 || index > container.length) throw new BuiltinError('index for array insertion out of bounds')
  return container.toSpliced(index, 0, value)
}

function erase(container: Value, segment: Value): Value {
  child(container, segment)
  if (isArray(container)) return container.toSpliced(indexOf(container.length, segment), 1)
  const others = (key: Value) => !equalValues(key, segment)
  if (container instanceof RegoSet) return RegoSet.of(container.sorted().filter(others))
  if (!(container instanceof RegoObject)) return container
  return RegoObject.of([...container.entries()].filter(([key]) => others(key)))
}

function insertAt(document: Value | undefined, path: readonly Value[], value: Value): Value {
  if (path.length === 0) return value
  if (document === undefined) throw new BuiltinError('deleted node encountered during insert operation')
  return edit(document, path, (container, segment) => insert(container, segment, value))
}

/** Nothing is left of the document if the path is empty. */
function eraseAt(document: Value, path: readonly Value[]): Value | undefined {
  return path.length === 0 ? undefined : edit(document, path, erase)
}

function patch(args: readonly Value[]): Value | undefined {
  let document: Value | undefined = operand(args, 0)
  for (const operation of arrayOperand(args, 1)) {
    if (!(operation instanceof RegoObject)) {
      throw new BuiltinError('must be an array of JSON-Patch objects, but at least one element is not an object')
    }
    document = applyOperation(document, operation)
  }
  return document
}

function required(operation: RegoObject, name: string): Value {
  const value = operation.getString(name)
  if (value === undefined) throw new BuiltinError(`missing required attribute '${name}'`)
  return value
}

function applyOperation(document: Value | undefined, operation: RegoObject): Value | undefined {
  const path = parsePath(required(operation, 'path'))
  const op = required(operation, 'op')
  if (typeof op !== 'string') throw new BuiltinError(`attribute 'op' must be a string but found: ${typeName(op)}`)
  if (op === 'add') return insertAt(document, path, required(operation, 'value'))
  if (document === undefined) throw new BuiltinError('deleted node encountered during delete operation')
  switch (op) {
    case 'remove':
      return eraseAt(document, path)
    case 'replace':
      return insertAt(eraseAt(document, path), path, required(operation, 'value'))
    case 'move': {
      const from = parsePath(required(operation, 'from'))
      const moved = getAt(document, from)
      return insertAt(eraseAt(document, from), path, moved)
    }
    case 'copy':
      return insertAt(document, path, getAt(document, parsePath(required(operation, 'from'))))
    case 'test': {
      const found = getAt(document, path)
      const wanted = required(operation, 'value')
      if (equalValues(found, wanted)) return document
      throw new BuiltinError(
        `value from EditTree != patch value.\n\nExpected: ${printValue(wanted)}\n\nFound: ${printValue(found)}`,
      )
    }
    default:
      throw new BuiltinError(`unrecognized op: '${op}'`)
  }
}

const PATH = anyOf(string, anyArray)
const PATHS = ['paths', anyOf(arrayOf(PATH), setOf(PATH)), 'slash paths such as `a/b/0`, or arrays of keys'] as const

export const jsonOperations = define('json', [
  {
    name: 'json.filter',
    args: [['object', anyObject, 'an object'], PATHS],
    result: [anyObject, 'what is at these paths'],
    description: 'Keeps some members of an object, however deep they are.',
    evaluate: (args) => filter(objectOperand(args, 0), pathTree(args)),
  },
  {
    name: 'json.remove',
    args: [['object', anyObject, 'an object'], PATHS],
    result: [anyObject, 'the rest'],
    description: 'Leaves some members of an object out, however deep they are.',
    evaluate: (args) => remove(objectOperand(args, 0), pathTree(args)),
  },
  {
    name: 'json.patch',
    args: [
      ['object', any, 'a value'],
      ['patches', arrayOf(record({ op: string, path: any }, any, any)), 'operations of RFC 6902'],
    ],
    result: [any, 'the changed value'],
    description: 'Applies a JSON patch: add, remove, replace, move, copy, test. Sets can be patched as well.',
    evaluate: patch,
  },
])
