/** Kubernetes' functions over lists and sets. */
import type { Environment } from '@marcbachmann/cel-js'
import { compareCel, equalCel } from './values.ts'

type List = readonly unknown[]

export function registerLists(env: Environment): void {
  const on = (signature: string, handler: (list: List, ...args: readonly unknown[]) => unknown): void => {
    env.registerFunction(`list.${signature}`, (list: Iterable<unknown>, ...args: readonly unknown[]) =>
      handler(Array.isArray(list) ? list : [...list], ...args),
    )
  }
  on('isSorted(): bool', (list) => list.every((item, index) => index === 0 || order(list[index - 1], item) <= 0))
  on('sum(): dyn', sum)
  on('min(): dyn', (list) => extreme(list, -1))
  on('max(): dyn', (list) => extreme(list, 1))
  on('indexOf(dyn): int', (list, wanted) => BigInt(list.findIndex((item) => equalCel(item, wanted))))
  on('lastIndexOf(dyn): int', (list, wanted) => BigInt(list.findLastIndex((item) => equalCel(item, wanted))))
  on('distinct(): list', (list) => list.filter((item, index) => list.findIndex((one) => equalCel(one, item)) === index))
  on('sort(): list', (list) => [...list].sort(order))
  on('reverse(): list', (list) => [...list].reverse())
  on('flatten(): list', (list) => list.flat())
  on('slice(int, int): list', (list, from, to) => {
    const [start, end] = [Number(from), Number(to)]
    if (start < 0 || end > list.length || start > end)
      throw new Error(`cannot slice(${start}, ${end}), list has ${list.length} items`)
    return list.slice(start, end)
  })
  const includes = (list: List, wanted: unknown): boolean => list.some((item) => equalCel(item, wanted))
  const sets = (name: string, test: (a: List, b: List) => boolean): void => {
    env.registerFunction(
      `SetsNamespace.${name}(list, list): bool`,
      (_: unknown, a: Iterable<unknown>, b: Iterable<unknown>) => test([...a], [...b]),
    )
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

function order(a: unknown, b: unknown): number {
  const result = compareCel(a, b)
  if (result === undefined) throw new Error('no such overload: the items of the list have no order')
  return result
}

function sum(list: List): unknown {
  if (list.every((item) => typeof item === 'bigint')) return list.reduce((total: bigint, item) => total + item, 0n)
  if (list.every((item) => typeof item === 'bigint' || typeof item === 'number')) {
    return list.reduce((total: number, item) => total + Number(item), 0)
  }
  throw new Error('no such overload: sum of a list that does not hold numbers')
}

function extreme(list: List, sign: 1 | -1): unknown {
  if (list.length === 0) throw new Error(`${sign < 0 ? 'min' : 'max'} called on empty list`)
  return list.reduce((best, item) => (order(item, best) * sign > 0 ? item : best))
}
