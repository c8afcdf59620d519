/** Rego's values. Immutable once built; sets and objects are hash tables that are sorted when somebody asks for the order. */
import { spend } from './work.ts'
import { compareNumbers, Decimal, fromDouble, numberKey } from '../number/decimal.ts'

export type Value = null | boolean | string | number | Decimal | readonly Value[] | RegoSet | RegoObject

export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set'

/**
 * Equal keys mean equal values. Scalars are their own key (a decimal beyond JavaScript's numbers and a composite get a text that
 * starts with NUL; so does a string that starts with NUL itself).
 */
export type Key = null | boolean | number | string

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** The item of an array at a number, however that is written. */
export function itemAt(items: readonly Value[], key: Value): Value | undefined {
  const index = key instanceof Decimal ? key.key : key
  return typeof index === 'number' ? items[index] : undefined
}

export function isNumber(value: Value): value is number | Decimal {
  return typeof value === 'number' || value instanceof Decimal
}

export function typeName(value: Value): TypeName {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      if (value === null) return 'null'
      if (isArray(value)) return 'array'
      if (value instanceof RegoObject) return 'object'
      return value instanceof RegoSet ? 'set' : 'number'
  }
}

const RANK: Readonly<Record<TypeName, number>> = {
  null: 0,
  boolean: 1,
  number: 2,
  string: 3,
  array: 4,
  object: 5,
  set: 6,
}

export function keyOf(value: Value): Key {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value
    case 'number':
    case 'boolean':
      return value
    default:
      if (value === null) return null
      return value instanceof Decimal ? decimalKey(value) : `\0${canonical(value)}`
  }
}

function decimalKey(value: Decimal): Key {
  const key = numberKey(value)
  return typeof key === 'number' ? key : `\0n${key}`
}

/** One text for each value, as a part of a composite's key. */
function canonical(value: Value): string {
  // The length says where the text ends, so that nothing needs to be escaped.
  if (typeof value === 'string') return `"${value.length}:${value}`
  if (value === null || typeof value !== 'object') return String(value)
  if (value instanceof Decimal) return String(value.key)
  if (isArray(value)) {
    spend(value.length)
    let text = '['
    for (const item of value) text += `${canonical(item)},`
    return `${text}]`
  }
  return value.canonical()
}

/** What keeping a member costs, in the measure of `spend`: about its memory in units of eight bytes. */
const SCALAR_MEMBER = 16
const OBJECT_MEMBER = 8
const COMPOSITE_MEMBER = 64

/** Up to this size, sets compare members one by one: for composite members that is much cheaper than their keys. */
const SMALL = 8

function indexOf(members: readonly Value[]): Map<Key, Value> {
  const index = new Map<Key, Value>()
  for (const member of members) index.set(keyOf(member), member)
  return index
}

/** The member that equals the value. */
function findIn(members: readonly Value[], value: Value): Value | undefined {
  if (typeof value === 'string') return members.includes(value) ? value : undefined
  for (const member of members) if (equalValues(member, value)) return member
  return undefined
}

/** An immutable set. */
export class RegoSet implements Iterable<Value> {
  readonly #members: readonly Value[]
  /** Made for large sets, when somebody asks for a member. */
  #index: ReadonlyMap<Key, Value> | undefined
  #sorted: readonly Value[] | undefined
  #canonical: string | undefined

  /** Takes distinct members over; use `SetBuilder` or `RegoSet.of`. */
  constructor(members: readonly Value[], index?: ReadonlyMap<Key, Value>) {
    this.#members = members
    this.#index = index
  }

  static readonly empty = new RegoSet([])

  static of(values: Iterable<Value>): RegoSet {
    const builder = new SetBuilder()
    for (const value of values) builder.add(value)
    return builder.build()
  }

  get size(): number {
    return this.#members.length
  }

  has(value: Value): boolean {
    return this.get(value) !== undefined
  }

  /** The member that equals the value. */
  get(value: Value): Value | undefined {
    if (this.#index === undefined) {
      if (this.#members.length <= SMALL) return findIn(this.#members, value)
      this.#index = indexOf(this.#members)
    }
    return this.#index.get(keyOf(value))
  }

  /** In OPA's order. */
  sorted(): readonly Value[] {
    this.#sorted ??= this.#members.length < 2 ? this.#members : [...this.#members].sort(compareValues)
    return this.#sorted
  }

  /** In order of insertion: faster where the order does not show. */
  unsorted(): IterableIterator<Value> {
    return this.#members.values()
  }

  [Symbol.iterator](): Iterator<Value> {
    return this.sorted()[Symbol.iterator]()
  }

  canonical(): string {
    if (this.#canonical === undefined) {
      spend(this.#members.length)
      let text = '<'
      for (const member of this.sorted()) text += `${canonical(member)},`
      this.#canonical = `${text}>`
    }
    return this.#canonical
  }
}

export class SetBuilder {
  readonly #members: Value[] = []
  #index: Map<Key, Value> | undefined

  get size(): number {
    return this.#members.length
  }

  /** False if an equal value is there. */
  add(value: Value): boolean {
    if (this.#index === undefined) {
      if (findIn(this.#members, value) !== undefined) return false
      this.#members.push(value)
      if (this.#members.length > SMALL) this.#index = indexOf(this.#members)
      return true
    }
    const key = keyOf(value)
    if (this.#index.has(key)) return false
    spend(typeof value === 'object' ? COMPOSITE_MEMBER : SCALAR_MEMBER)
    this.#index.set(key, value)
    this.#members.push(value)
    return true
  }

  has(value: Value): boolean {
    if (this.#index === undefined) return findIn(this.#members, value) !== undefined
    return this.#index.has(keyOf(value))
  }

  /** The builder must not be used afterwards. */
  build(): RegoSet {
    return new RegoSet(this.#members, this.#index)
  }
}

type Plain = Readonly<Record<string, unknown>>

/** An immutable object. Keys are any values; string keys are the fast path. It may wrap a plain object, whose members it converts when read. */
export class RegoObject {
  /** Members that were read or put. */
  readonly #values: Map<Key, Value>
  /** The keys that are not their own `Key`. */
  readonly #keys: ReadonlyMap<Key, Value> | undefined
  #plain: Plain | undefined
  #size: number
  #sorted: readonly Value[] | undefined
  #canonical: string | undefined

  /** Takes the maps over; use `ObjectBuilder`, `RegoObject.of` or `RegoObject.wrap`. */
  constructor(values: Map<Key, Value>, keys?: ReadonlyMap<Key, Value>, plain?: Plain) {
    this.#values = values
    this.#keys = keys
    this.#plain = plain
    this.#size = plain === undefined ? values.size : -1
  }

  static readonly empty = new RegoObject(new Map())

  /** The later of two equal keys wins. */
  static of(entries: Iterable<readonly [Value, Value]>): RegoObject {
    const builder = new ObjectBuilder()
    for (const [key, value] of entries) builder.set(key, value)
    return builder.build()
  }

  /** Constant time. The plain object (as of `JSON.parse`) must not change afterwards; members that are undefined count as absent. */
  static wrap(plain: Plain): RegoObject {
    return new RegoObject(new Map(), undefined, plain)
  }

  get size(): number {
    if (this.#size < 0) {
      let size = 0
      const plain = this.#plain ?? {}
      for (const key of Object.keys(plain)) if (plain[key] !== undefined) size++
      this.#size = size
    }
    return this.#size
  }

  get(key: Value): Value | undefined {
    if (typeof key === 'string') return this.getString(key)
    return this.#plain === undefined ? this.#values.get(keyOf(key)) : undefined
  }

  getString(key: string): Value | undefined {
    const plain = this.#plain
    if (plain === undefined) return this.#values.get(key.charCodeAt(0) === 0 ? `\0s${key}` : key)
    const known = this.#values.get(key)
    if (known !== undefined || !Object.hasOwn(plain, key)) return known
    const raw = plain[key]
    if (raw === undefined) return undefined
    const value = fromJson(raw)
    this.#values.set(key, value)
    return value
  }

  has(key: Value): boolean {
    if (this.#plain !== undefined) return typeof key === 'string' && this.getString(key) !== undefined
    return this.#values.has(keyOf(key))
  }

  /** In OPA's order. */
  keys(): readonly Value[] {
    if (this.#sorted === undefined) {
      const keys = this.unsortedKeys()
      this.#sorted = keys.length < 2 ? keys : [...keys].sort(compareValues)
    }
    return this.#sorted
  }

  /** In order of insertion: faster where the order does not show. */
  unsortedKeys(): readonly Value[] {
    const plain = this.#plain
    const keys: Value[] = []
    if (plain !== undefined) {
      for (const key of Object.keys(plain)) if (plain[key] !== undefined) keys.push(key)
    } else if (this.#keys === undefined) for (const key of this.#values.keys()) keys.push(key)
    else for (const key of this.#values.keys()) keys.push(this.#keys.get(key) ?? key)
    return keys
  }

  /** In OPA's order. */
  *entries(): IterableIterator<[Value, Value]> {
    for (const key of this.keys()) {
      const value = this.get(key)
      if (value !== undefined) yield [key, value]
    }
  }

  /** In order of the keys. */
  *values(): IterableIterator<Value> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): Iterator<[Value, Value]> {
    return this.entries()
  }

  canonical(): string {
    if (this.#canonical === undefined) {
      spend(this.size)
      let text = '{'
      for (const key of this.keys()) text += `${canonical(key)}:${canonical(this.get(key) ?? null)},`
      this.#canonical = `${text}}`
    }
    return this.#canonical
  }
}

export class ObjectBuilder {
  readonly #values = new Map<Key, Value>()
  #keys: Map<Key, Value> | undefined

  get size(): number {
    return this.#values.size
  }

  set(key: Value, value: Value): this {
    const at = keyOf(key)
    spend(OBJECT_MEMBER)
    if (at !== key && !this.#values.has(at)) {
      this.#keys ??= new Map()
      this.#keys.set(at, key)
    }
    this.#values.set(at, value)
    return this
  }

  get(key: Value): Value | undefined {
    return this.#values.get(keyOf(key))
  }

  has(key: Value): boolean {
    return this.#values.has(keyOf(key))
  }

  /** The builder must not be used afterwards. */
  build(): RegoObject {
    return new RegoObject(this.#values, this.#keys)
  }
}

/** Strings by code points, which is the order of their UTF-8 bytes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) {
      // Halves of surrogate pairs stand for code points above all others.
      const high = left >= 0xd800 && right >= 0xd800
      return high ? ((left + 0x2000) & 0xffff) - ((right + 0x2000) & 0xffff) : left - right
    }
  }
  return a.length - b.length
}

/** OPA's order: null < booleans < numbers < strings < arrays < objects < sets. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const rank = RANK[typeName(a)] - RANK[typeName(b)]
  if (rank !== 0) return rank
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (typeof a === 'boolean') return a ? 1 : -1
  if (a instanceof RegoSet && b instanceof RegoSet) return compareLists(a.sorted(), b.sorted())
  if (a instanceof RegoObject && b instanceof RegoObject) return compareObjects(a, b)
  return a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && isArray(a) && isArray(b)
    ? compareLists(a, b)
    : 0
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  spend(1)
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const order = compareValues(a[index] ?? null, b[index] ?? null)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Key by key, and a key's value before the next key. */
function compareObjects(a: RegoObject, b: RegoObject): number {
  spend(1)
  const left = a.keys()
  const right = b.keys()
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const key = left[index] ?? null
    const other = right[index] ?? null
    const order = compareValues(key, other) || compareValues(a.get(key) ?? null, b.get(other) ?? null)
    if (order !== 0) return order
  }
  return left.length - right.length
}

export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object') return isNumber(a) && isNumber(b) && keyOf(a) === keyOf(b)
  if (a === null || b === null) return false
  spend(1)
  if (a instanceof RegoObject) return b instanceof RegoObject && equalObjects(a, b)
  if (a instanceof RegoSet) return b instanceof RegoSet && equalSets(a, b)
  if (a instanceof Decimal) return b instanceof Decimal && a.key === b.key
  if (!isArray(b) || a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (!equalValues(a[index] ?? null, b[index] ?? null)) return false
  return true
}

function equalSets(a: RegoSet, b: RegoSet): boolean {
  if (a.size !== b.size) return false
  for (const member of a.unsorted()) if (!b.has(member)) return false
  return true
}

function equalObjects(a: RegoObject, b: RegoObject): boolean {
  if (a.size !== b.size) return false
  for (const key of a.unsortedKeys()) {
    const left = a.get(key)
    const right = b.get(key)
    if (left === undefined || right === undefined || !equalValues(left, right)) return false
  }
  return true
}

/**
 * A value of parsed JSON or YAML. Objects are wrapped, not copied. Dates become texts; what JSON cannot hold becomes null.
 * Throws for nothing; cycles are followed only as far as somebody reads.
 */
export function fromJson(raw: unknown): Value {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw
    case 'number':
      return Number.isFinite(raw) ? fromDouble(raw) : null
    case 'object':
      if (raw === null || raw instanceof Decimal || raw instanceof RegoObject || raw instanceof RegoSet) return raw
      if (Array.isArray(raw)) return raw.map(fromJson)
      if (raw instanceof Date) return raw.toISOString()
      return isPlain(raw) ? RegoObject.wrap(raw) : null
    default:
      return null
  }
}

function isPlain(raw: object): raw is Plain {
  return !(raw instanceof Map) && !(raw instanceof Set)
}
