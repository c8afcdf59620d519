/** Functions over lists and sets: Kubernetes' own, and those of cel-go's extensions that it takes. */
import type { Environment } from '@marcbachmann/cel-js'
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import { charge } from './budget.ts'
import { integer } from './numbers.ts'
import { compareCel, equalCel } from './values.ts'

type List = readonly unknown[]

/** The types that have an order. */
export const COMPARABLE: readonly string[] = [
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
]

/** The sums of empty lists. */
const ZEROS: Readonly<Record<string, unknown>> = {
  int: 0n,
  uint: new UnsignedInt(0n),
  double: 0,
  'google.protobuf.Duration': new Duration(0n),
}

/** More would fill the memory. */
const LONGEST_RANGE = 1_000_000n

export function registerLists(env: Environment): void {
  const on = (signature: string, handler: (list: List, ...args: readonly unknown[]) => unknown): void => {
    env.registerFunction(signature, handler, { async: false })
  }
  for (const type of COMPARABLE) {
    on(`list<${type}>.isSorted(): bool`, (list) =>
      list.every((item, index) => index === 0 || order(list[index - 1], item) <= 0),
    )
    on(`list<${type}>.min(): ${type}`, (list) => extreme(list, -1))
    on(`list<${type}>.max(): ${type}`, (list) => extreme(list, 1))
    on(`list<${type}>.sort(): list<${type}>`, (list) => sortByKeys(list.map((item) => ({ item, key: item }))))
  }
  for (const type of Object.keys(ZEROS)) on(`list<${type}>.sum(): ${type}`, (list) => sum(list, type))
  on('list<A>.k8s_indexOf(A): int', (list, wanted) => BigInt(list.findIndex((item) => equalCel(item, wanted))))
  on('list<A>.k8s_lastIndexOf(A): int', (list, wanted) => BigInt(list.findLastIndex((item) => equalCel(item, wanted))))
  on('list<A>.distinct(): list<A>', (list) => {
    charge(list.length ** 2 / 16)
    return list.filter((item, index) => list.findIndex((one) => equalCel(one, item)) === index)
  })
  on('list<A>.reverse(): list<A>', (list) => [...list].reverse())
  on('list.flatten(): list', (list) => list.flat())
  on('list.flatten(int): list', (list, depth) => {
    if (Number(depth) < 0) throw new Error('level must be non-negative')
    return list.flat(Number(depth))
  })
  on('list<A>.slice(int, int): list<A>', slice)
  registerSets(env)

  env.registerType('ListsNamespace', ListsNamespace)
  env.registerConstant('lists', 'ListsNamespace', new ListsNamespace())
  env.registerFunction('ListsNamespace.range(int): list<int>', (_: unknown, size: bigint) => range(size), {
    async: false,
  })
}

function registerSets(env: Environment): void {
  const includes = (list: List, wanted: unknown): boolean => list.some((item) => equalCel(item, wanted))
  const sets = (name: string, test: (a: List, b: List) => boolean): void => {
    const handler = (_: unknown, a: List, b: List): boolean => {
      charge((a.length * b.length) / 16)
      return test(a, b)
    }
    env.registerFunction(`SetsNamespace.${name}(list<A>, list<A>): bool`, handler, { async: false })
  }
  env.registerType('SetsNamespace', SetsNamespace)
  env.registerConstant('sets', 'SetsNamespace', new SetsNamespace())
  sets('contains', (a, b) => b.every((item) => includes(a, item)))
  sets('intersects', (a, b) => b.some((item) => includes(a, item)))
  sets('equivalent', (a, b) => b.every((item) => includes(a, item)) && a.every((item) => includes(b, item)))
}

/** What `sets.contains(a, b)` is called on. */
class SetsNamespace {
  readonly name = 'sets'
}

/** What `lists.range(n)` is called on. */
class ListsNamespace {
  readonly name = 'lists'
}

function order(a: unknown, b: unknown): number {
  const result = compareCel(a, b)
  if (result === undefined) throw new Error('list elements must have the same type')
  return result
}

/**
 * The items in the order of their keys; those with equal keys stay as they are.
 * @throws Error if keys have no order
 */
export function sortByKeys(items: readonly { readonly item: unknown; readonly key: unknown }[]): readonly unknown[] {
  const [first] = items
  if (first !== undefined && compareCel(first.key, first.key) === undefined)
    throw new Error('list elements must be comparable')
  return items.toSorted((a, b) => order(a.key, b.key)).map(({ item }) => item)
}

/** Which overload was meant is known of the items only, if they come from a manifest. */
function sum(list: List, type: string): unknown {
  if (list.length === 0) return ZEROS[type]
  if (list.every((item) => typeof item === 'bigint')) return integer(list.reduce((total, item) => total + item, 0n))
  if (list.every((item) => typeof item === 'number')) return list.reduce((total, item) => total + item, 0)
  if (list.every((item) => item instanceof UnsignedInt))
    return new UnsignedInt(list.reduce((total, item) => total + item.value, 0n))
  if (list.every((item) => item instanceof Duration))
    return list.reduce((total: Duration, item) => total.addDuration(item))
  throw new Error('no such overload: sum(list)')
}

function extreme(list: List, sign: 1 | -1): unknown {
  if (list.length === 0) throw new Error(`${sign < 0 ? 'min' : 'max'} called on empty list`)
  return list.reduce((best, item) => (order(item, best) * sign > 0 ? item : best))
}

function slice(list: List, from: unknown, to: unknown): unknown {
  const [start, end] = [Number(from), Number(to)]
  const refuse = (why: string): Error => new Error(`cannot slice(${start}, ${end}), ${why}`)
  if (start < 0 || end < 0) throw refuse('negative indexes not supported')
  if (start > end) throw refuse('start index must be less than or equal to end index')
  if (end > list.length) throw refuse(`list is length ${list.length}`)
  return list.slice(start, end)
}

function range(size: bigint): readonly bigint[] {
  if (size < 0n) throw new Error(`lists.range: size must be non-negative, got ${size}`)
  if (size > LONGEST_RANGE) throw new Error(`lists.range: size ${size} exceeds maximum allowed (${LONGEST_RANGE})`)
  charge(Number(size))
  return Array.from({ length: Number(size) }, (_, index) => BigInt(index))
}
