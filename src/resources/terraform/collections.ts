import type { ForExpression, SplatExpression } from '../../parse/hcl/ast.ts'
import { asBool } from '../place.ts'
import type { UnknownValue, Value } from '../value.ts'
import { compareStrings } from './functions/convert.ts'
import { errorValue } from './functions/evaluation-error.ts'
import type { Evaluate, Scope } from './scope.ts'
import {
  bounded,
  elementOf,
  failed,
  list,
  map,
  memberOf,
  mergeRefs,
  neverNull,
  number,
  oneOf,
  reasonOf,
  text,
  traitsOf,
  unknown,
} from './values.ts'

/** The binding of the current item of a splat; no name of the language can be spelled so. */
export const SPLAT_ITEM = '*'

interface Iteration {
  readonly key: Value
  readonly value: Value
}

interface Iterations {
  readonly known: readonly Iteration[]
  /** Set if there may be more. */
  readonly rest: UnknownValue | undefined
}

/** What a `for` visits: lists in order, maps by sorted key, sets with the item as key. Undefined if not iterable. */
export function iterationsOf(collection: Value): Iterations | undefined {
  switch (collection.kind) {
    case 'list':
      return {
        known: collection.items.map((value, i) => ({ key: collection.set === true ? value : number(i), value })),
        rest: collection.rest,
      }
    case 'map': {
      const keys = [...collection.entries.keys()].toSorted(compareStrings)
      const known: Iteration[] = []
      for (const key of keys) {
        const value = collection.entries.get(key)
        if (value !== undefined) known.push({ key: text(key), value })
      }
      return { known, rest: collection.rest }
    }
    case 'unknown':
      return { known: [], rest: collection }
    default:
      return undefined
  }
}

export function evaluateFor(expression: ForExpression, scope: Scope, evaluate: Evaluate): Value {
  const collection = evaluate(expression.collection, scope)
  if (failed(collection)) return collection
  const iterations = iterationsOf(collection)
  if (iterations === undefined) return errorValue(`a for expression cannot iterate over a ${collection.kind}`)
  const builder = expression.key === undefined ? new ListBuilder() : new MapBuilder(expression.grouped)
  const visit = ({ key, value }: Iteration, doubtful: string | undefined): Value | undefined => {
    const bindings = new Map([[expression.valueName, value]])
    if (expression.keyName !== undefined) bindings.set(expression.keyName, key)
    const inner = scope.bind(bindings)
    const condition = expression.condition === undefined ? undefined : evaluate(expression.condition, inner)
    const doubt = condition?.kind === 'unknown' ? condition.reason : doubtful
    if (condition !== undefined && failed(condition)) return condition
    if (condition !== undefined && asBool(condition) === false) return undefined
    const result = evaluate(expression.value, inner)
    if (failed(result)) return result
    const resultKey = expression.key === undefined ? undefined : evaluate(expression.key, inner)
    if (resultKey !== undefined && failed(resultKey)) return resultKey
    builder.add(result, resultKey, doubt)
    return undefined
  }
  for (const iteration of iterations.known) {
    const error = visit(iteration, undefined)
    if (error !== undefined) return error
  }
  if (iterations.rest !== undefined) {
    const { reason } = iterations.rest
    const error = visit({ key: unknown(reason), value: elementOf(iterations.rest) }, reason)
    if (error !== undefined) builder.add(unknown(reason), undefined, reason)
  }
  const result = builder.finish()
  if (failed(result)) return result
  return bounded({ ...result, ...traitsOf(result, { ...collection, refs: undefined }) })
}

class ListBuilder {
  readonly #items: Value[] = []
  readonly #possible = new Possible()

  /** @param doubt why it is not known whether the item exists */
  add(value: Value, _key: Value | undefined, doubt: string | undefined): void {
    if (doubt === undefined) this.#items.push(value)
    else this.#possible.add(value, doubt)
  }

  finish(): Value {
    const rest = this.#possible.finish()
    const refs = mergeRefs([...this.#items, rest])
    const value = list(this.#items, rest)
    return refs === undefined ? value : { ...value, refs }
  }
}

class MapBuilder {
  readonly #grouped: boolean
  readonly #entries = new Map<string, Value[]>()
  readonly #possible = new Possible()
  #error: UnknownValue | undefined

  constructor(grouped: boolean) {
    this.#grouped = grouped
  }

  add(value: Value, key: Value | undefined, doubt: string | undefined): void {
    if (doubt !== undefined || key === undefined || key.kind === 'unknown') {
      this.#possible.add(value, doubt ?? (key?.kind === 'unknown' ? key.reason : 'a key is unknown'))
    } else if (key.kind === 'string' || key.kind === 'number' || key.kind === 'bool') {
      const name = String(key.value)
      const group = this.#entries.get(name)
      if (group === undefined) this.#entries.set(name, [value])
      else if (this.#grouped) group.push(value)
      else this.#error ??= errorValue(`two items of the for expression have the key "${name}"`)
    } else {
      this.#error ??= errorValue('the key of a for expression must be a string')
    }
  }

  finish(): Value {
    if (this.#error !== undefined) return this.#error
    const entries = new Map<string, Value>()
    for (const name of [...this.#entries.keys()].toSorted(compareStrings)) {
      const group = this.#entries.get(name) ?? []
      const [first] = group
      if (first !== undefined) entries.set(name, this.#grouped ? list(group) : first)
    }
    const rest = this.#possible.finish()
    const refs = mergeRefs([...entries.values(), rest])
    const value = map(entries, rest)
    return refs === undefined ? value : { ...value, refs }
  }
}

/** Collects the items that may or may not exist. */
class Possible {
  readonly #values: Value[] = []
  #reason: string | undefined

  add(value: Value, doubt: string): void {
    this.#values.push(value)
    this.#reason ??= doubt
  }

  finish(): UnknownValue | undefined {
    return this.#reason === undefined ? undefined : possibly(this.#values, this.#reason)
  }
}

/** The stand-in for items of which it is not known whether they exist: what is common to them stays known. */
function possibly(values: readonly Value[], reason: string): UnknownValue {
  const either = oneOf(values, reason)
  if (either.kind === 'unknown') return either
  const traits = traitsOf(either)
  return either.kind === 'map'
    ? unknown(reason, { ...traits, member: (name) => memberOf(either, name) })
    : unknown(reason, traits)
}

export function evaluateSplat(expression: SplatExpression, scope: Scope, evaluate: Evaluate): Value {
  const source = evaluate(expression.source, scope)
  if (failed(source)) return source
  const each = (item: Value) => evaluate(expression.each, scope.bind(new Map([[SPLAT_ITEM, item]])))
  if (source.kind === 'null') return list([])
  if (source.kind !== 'list') {
    const single = source.kind !== 'unknown' || (source.member !== undefined && neverNull(source))
    return single ? listOf([each(source)]) : listOf([], each(elementOf(source)))
  }
  return listOf(source.items.map(each), source.rest === undefined ? undefined : each(elementOf(source.rest)))
}

function listOf(items: readonly Value[], rest?: Value): Value {
  const error = items.find(failed)
  if (error !== undefined) return error
  const open =
    rest === undefined ? undefined : possibly([rest], reasonOf(rest) ?? 'it is not known whether this item exists')
  const refs = mergeRefs([...items, open])
  const value = list(items, open)
  return bounded(refs === undefined ? value : { ...value, refs })
}
