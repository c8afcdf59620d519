/** Optional values: what cel-go has besides `of`, `none`, `or`, `orValue`, `value` and `hasValue`, which are the library's. */
import { Environment } from '@marcbachmann/cel-js'
import { entriesOf, equalCel, isMap, scalarOf } from './values.ts'

/** The library's class, which it does not export. */
export interface Optional {
  hasValue(): boolean
  /** Throws if there is none. */
  value(): unknown
}

const NONE: unknown = new Environment({ enableOptionalTypes: true }).evaluate('optional.none()')
const CLASS: unknown = NONE instanceof Object ? NONE.constructor : undefined

export function isOptional(value: unknown): value is Optional {
  return typeof CLASS === 'function' && value instanceof CLASS
}

export function none(): unknown {
  return NONE
}

export function optionalOf(value: unknown): unknown {
  if (typeof CLASS !== 'function') throw new Error('the CEL library has no optional values')
  const made: unknown = Reflect.construct(CLASS, [value])
  return made
}

export function registerOptionals(env: Environment): void {
  const sync = { async: false }
  const pick = (list: readonly unknown[], at: number): unknown => (list.length === 0 ? NONE : optionalOf(list.at(at)))
  const unwrap = (list: readonly unknown[]): unknown[] =>
    list.flatMap((item) => {
      if (!isOptional(item)) throw new Error('value is not optional')
      return item.hasValue() ? [item.value()] : []
    })
  env.registerFunction('list<A>.first(): optional<A>', (list: readonly unknown[]) => pick(list, 0), sync)
  env.registerFunction('list<A>.last(): optional<A>', (list: readonly unknown[]) => pick(list, -1), sync)
  env.registerFunction('list<optional<A>>.unwrapOpt(): list<A>', unwrap, sync)
  env.registerFunction(
    'OptionalNamespace.unwrap(list<optional<A>>): list<A>',
    (_: unknown, list: readonly unknown[]) => unwrap(list),
    sync,
  )
  env.registerFunction(
    'OptionalNamespace.ofNonZeroValue(A): optional<A>',
    (_: unknown, value: unknown) => (isZero(value) ? NONE : optionalOf(value)),
    sync,
  )
  env.registerOperator('optional<A> == optional<A>: bool', (a: Optional, b: Optional) =>
    a.hasValue() && b.hasValue() ? equalCel(a.value(), b.value()) : a.hasValue() === b.hasValue(),
  )
}

function isZero(value: unknown): boolean {
  if (value === null || value === '' || value === false) return true
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0
  if (isMap(value)) return [...entriesOf(value)].length === 0
  const number = scalarOf(value)
  return number === 0 || number === 0n || (isOptional(value) && !value.hasValue())
}
