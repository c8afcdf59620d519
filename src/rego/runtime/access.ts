/** Reading and replacing parts of values. */
import { isArray, itemAt, ObjectBuilder, RegoObject, RegoSet, type Value } from '../value/value.ts'

/** The member of an object, the item of an array, or the member of a set that equals the key. */
export function lookup(value: Value, key: Value): Value | undefined {
  if (value instanceof RegoObject) return value.get(key)
  if (value instanceof RegoSet) return value.get(key)
  return value !== null && typeof value === 'object' && isArray(value) ? itemAt(value, key) : undefined
}

export function lookupString(value: Value, key: string): Value | undefined {
  if (value instanceof RegoObject) return value.getString(key)
  return value instanceof RegoSet ? value.get(key) : undefined
}

export function lookupPath(value: Value | undefined, path: readonly Value[]): Value | undefined {
  let at = value
  for (const key of path) {
    if (at === undefined) return undefined
    at = lookup(at, key)
  }
  return at
}

/** A copy with another value at a path; what is in the way and no object becomes one. */
export function withPath(base: Value | undefined, path: readonly Value[], value: Value, from = 0): Value {
  const key = path[from]
  if (key === undefined) return value
  const builder = new ObjectBuilder()
  if (base instanceof RegoObject) for (const each of base.unsortedKeys()) builder.set(each, base.get(each) ?? null)
  const inner = base instanceof RegoObject ? base.get(key) : undefined
  builder.set(key, withPath(inner, path, value, from + 1))
  return builder.build()
}
