/** Macros over keys and values at once (cel-go's two-variable comprehensions), `sortBy`, and those of optional values. */
import type { Environment } from '@marcbachmann/cel-js'
import { charge } from './budget.ts'
import type { CelNode, CelType, Checker, Evaluator, Frame, Macro, MacroCall, Scope } from './nodes.ts'
import { isOptional, none, optionalOf } from './optionals.ts'
import { entriesOf, equalCel, isMap, mapOf } from './values.ts'
import { COMPARABLE, sortByKeys } from './lists.ts'

/** One key or index, and what the last argument makes of it and its value. */
interface Step {
  readonly key: unknown
  readonly run: () => unknown
}

interface Comprehension {
  /** @param step the type of the last argument, which stands at `node` */
  type(checker: Checker, step: CelType, key: CelType, node: CelNode): CelType
  combine(steps: Iterable<Step>): unknown
}

const COMPREHENSIONS: Readonly<Record<string, Comprehension>> = {
  all: { type: condition, combine: (steps) => quantify(steps, false) },
  exists: { type: condition, combine: (steps) => quantify(steps, true) },
  existsOne: { type: condition, combine: exactlyOne },
  exists_one: { type: condition, combine: exactlyOne },
  transformList: {
    type: (checker, step) => checker.registry.getListType(step),
    combine: (steps) => Array.from(steps, ({ run }) => run()),
  },
  transformMap: {
    type: (checker, step, key) => checker.registry.getMapType(key, step),
    combine: (steps) => mapOf(Array.from(steps, ({ key, run }) => [key, run()] as const)),
  },
  transformMapEntry: { type: entryType, combine: combineEntries },
}

/** The macros with a filter before the transformation; the others are conditions themselves. */
const FILTERED = ['transformList', 'transformMap', 'transformMapEntry']

export function registerMacros(env: Environment): void {
  const macro = (signature: string, expand: (call: MacroCall) => Macro): void => {
    env.registerFunction(signature, expand, { async: false })
  }
  for (const [name, comprehension] of Object.entries(COMPREHENSIONS)) {
    macro(`list.${name}(ast, ast, ast): dyn`, (call) => comprehend(call, comprehension))
    if (FILTERED.includes(name))
      macro(`list.${name}(ast, ast, ast, ast): dyn`, (call) => comprehend(call, comprehension))
  }
  macro('list.sortBy(ast, ast): list', sortBy)
  macro('optional.optMap(ast, ast): optional<dyn>', (call) => overOptional(call, false))
  macro('optional.optFlatMap(ast, ast): optional<dyn>', (call) => overOptional(call, true))
}

function comprehend({ args, receiver }: MacroCall, { type, combine }: Comprehension): Macro {
  const [first, second] = args
  const [filter, last] = args.length === 4 ? [args[2], args[3]] : [undefined, args[2]]
  let frames: { readonly keys: Frame; readonly values: Frame } | undefined
  return {
    typeCheck(checker, _, scope) {
      const [keyName, valueName] = [nameOf(checker, first), nameOf(checker, second)]
      if (keyName === valueName) throw fault(checker, `duplicate variable name: ${keyName}`, second)
      const { key, value } = rangeType(checker, receiver, scope)
      const keys = scope.forkWithVariable(keyName, key)
      const values = keys.forkWithVariable(valueName, value)
      frames = { keys, values }
      if (filter !== undefined) condition(checker, checker.check(filter, values), key, filter)
      return type(checker, checker.check(present(last), values), key, present(last))
    },
    evaluate(evaluator, _, scope) {
      const range = evaluator.run(receiver, scope)
      const { keys, values } = present(frames)
      function* steps(): Iterable<Step> {
        for (const [key, value] of rangeOf(range, evaluator, receiver)) {
          charge(1)
          const frame = values.reuse(keys.reuse(scope).setIterValue(key, evaluator)).setIterValue(value, evaluator)
          if (filter === undefined || isTrue(evaluator.run(filter, frame))) {
            yield { key, run: () => evaluator.run(present(last), frame) }
          }
        }
      }
      return combine(steps())
    },
    async: false,
  }
}

function sortBy({ args, receiver }: MacroCall): Macro {
  const [variable, key] = args
  let frame: Frame | undefined
  return {
    typeCheck(checker, _, scope) {
      const list = checker.check(receiver, scope)
      if (list.kind !== 'list' && list.kind !== 'dyn')
        throw fault(checker, `sortBy can only be applied to a list, not to ${checker.formatType(list)}`, receiver)
      frame = scope.forkWithVariable(nameOf(checker, variable), list.valueType ?? checker.getType('dyn'))
      const type = checker.check(present(key), frame)
      if (type.kind !== 'dyn' && type.kind !== 'param' && !COMPARABLE.includes(type.name))
        throw fault(checker, `sortBy needs keys that have an order, and these are of type '${type.name}'`, key)
      return list
    },
    evaluate(evaluator, _, scope) {
      const list = evaluator.run(receiver, scope)
      if (!Array.isArray(list)) throw new Error('no such overload: sortBy can only be applied to a list')
      const items: readonly unknown[] = list
      return sortByKeys(
        items.map((item) => {
          charge(1)
          return { item, key: evaluator.run(present(key), present(frame).reuse(scope).setIterValue(item, evaluator)) }
        }),
      )
    },
    async: false,
  }
}

function overOptional({ args, receiver, methodName }: MacroCall, flat: boolean): Macro {
  const [variable, body] = args
  let frame: Frame | undefined
  return {
    typeCheck(checker, _, scope) {
      const type = checker.check(receiver, scope)
      if (type.kind !== 'optional' && type.kind !== 'dyn')
        throw fault(checker, `${methodName} is a function of optional values, not of ${type.name}`, receiver)
      frame = scope.forkWithVariable(nameOf(checker, variable), type.valueType ?? checker.getType('dyn'))
      const result = checker.check(present(body), frame)
      if (!flat) return checker.registry.getOptionalType(result)
      if (result.kind !== 'optional' && result.kind !== 'dyn')
        throw fault(checker, `${methodName} must give an optional value, and it gives ${result.name}`, body)
      return result
    },
    evaluate(evaluator, _, scope) {
      const value = evaluator.run(receiver, scope)
      if (!isOptional(value)) throw new Error('no such overload')
      if (!value.hasValue()) return none()
      const result = evaluator.run(present(body), present(frame).reuse(scope).setIterValue(value.value(), evaluator))
      return flat ? result : optionalOf(result)
    },
    async: false,
  }
}

function rangeType(
  checker: Checker,
  receiver: CelNode,
  scope: Scope,
): { readonly key: CelType; readonly value: CelType } {
  const range = checker.check(receiver, scope)
  const dyn = checker.getType('dyn')
  const value = range.valueType ?? dyn
  if (range.kind === 'list') return { key: checker.getType('int'), value }
  if (range.kind === 'map' || range.kind === 'dyn') return { key: range.keyType ?? dyn, value }
  throw fault(
    checker,
    `expression of type '${checker.formatType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
    receiver,
  )
}

function* rangeOf(range: unknown, evaluator: Evaluator, node: CelNode): Iterable<readonly [unknown, unknown]> {
  if (Array.isArray(range)) {
    for (let index = 0; index < range.length; index++) yield [BigInt(index), range[index]]
  } else if (isMap(range)) {
    yield* entriesOf(range)
  } else {
    throw evaluator.createError('invalid_comprehension_range', 'unsupported comprehension range type', node)
  }
}

function condition(checker: Checker, type: CelType, _: unknown, node: CelNode): CelType {
  if (type.name !== 'bool' && type.kind !== 'dyn')
    throw fault(checker, `expected type 'bool' but found '${checker.formatType(type)}'`, node)
  return checker.getType('bool')
}

function entryType(checker: Checker, type: CelType, _: unknown, node: CelNode): CelType {
  if (type.kind === 'map') return type
  if (type.kind === 'dyn') return checker.getType('map')
  throw fault(checker, `transformMapEntry makes maps, and this is of type '${checker.formatType(type)}'`, node)
}

/** As `&&` and `||` over all of them: an error counts only if none of the others decides. */
function quantify(steps: Iterable<Step>, wanted: boolean): boolean {
  let failure: Error | undefined
  for (const { run } of steps) {
    try {
      if (isTrue(run()) === wanted) return wanted
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }
  if (failure !== undefined) throw failure
  return !wanted
}

function exactlyOne(steps: Iterable<Step>): boolean {
  let found = 0
  for (const { run } of steps) if (isTrue(run())) found++
  return found === 1
}

function combineEntries(steps: Iterable<Step>): unknown {
  const entries: (readonly [unknown, unknown])[] = []
  const texts = new Set<string>()
  for (const { run } of steps) {
    const made = run()
    if (!isMap(made)) throw new Error('no such overload: transformMapEntry makes maps')
    for (const entry of entriesOf(made)) {
      const [key] = entry
      const known = typeof key === 'string' ? texts.has(key) : entries.some(([other]) => equalCel(other, key))
      if (known) throw new Error(`insert failed: key ${String(key)} already exists`)
      if (typeof key === 'string') texts.add(key)
      else charge(entries.length)
      entries.push(entry)
    }
  }
  return mapOf(entries)
}

function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new Error('no such overload: a condition must be bool')
}

function nameOf(checker: Checker, node: CelNode | undefined): string {
  if (node?.op === 'id' && typeof node.args === 'string') return node.args
  throw fault(checker, 'argument must be a simple name', node)
}

function fault(checker: Checker, message: string, node: CelNode | undefined): Error {
  return checker.createError('invalid_macro', message, present(node))
}

/** For what the number of arguments and the order of checking and evaluating make sure of. */
function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a macro was evaluated before it was checked')
  return value
}
