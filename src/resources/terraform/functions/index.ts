import type { Reference, UnknownValue, Value } from '../../value.ts'
import { combinations } from './candidates.ts'
import { collectionFunctions } from './collection.ts'
import { conversionFunctions } from './conversion.ts'
import { valuesEqual } from './convert.ts'
import { dateFunctions } from './date-time.ts'
import {
  Fault,
  type FunctionContext,
  type FunctionTable,
  mergeRefs,
  NotKnown,
  type TerraformFunction,
} from './definition.ts'
import { encodingFunctions } from './encoding.ts'
import { errorValue, findError, isErrorValue, markFallible } from './evaluation-error.ts'
import { filesystemFunctions } from './filesystem.ts'
import { hashFunctions } from './hash-crypto.ts'
import { networkFunctions } from './ip-network.ts'
import { listFunctions } from './list.ts'
import { numericFunctions } from './numeric.ts'
import { providerFunctions } from './provider.ts'
import { regexFunctions } from './regex.ts'
import { setFunctions } from './set.ts'
import { stringFunctions } from './string.ts'
import { formatFunctions } from './format.ts'

export type { FunctionContext } from './definition.ts'

const tables: readonly FunctionTable[] = [
  collectionFunctions,
  conversionFunctions,
  dateFunctions,
  encodingFunctions,
  filesystemFunctions,
  formatFunctions,
  hashFunctions,
  listFunctions,
  networkFunctions,
  numericFunctions,
  providerFunctions,
  regexFunctions,
  setFunctions,
  stringFunctions,
]

const functions: ReadonlyMap<string, TerraformFunction> = new Map(tables.flatMap((table) => Object.entries(table)))

/** The names of all functions that can be called, provider functions with their `provider::x::` prefix. */
export const functionNames: readonly string[] = [...functions.keys()].toSorted()

/**
 * Calls a function of the Terraform language; `core::` before the name is allowed. Never throws: wrong usage gives an
 * error value (see evaluation-error.ts) whose reason names the function and the fault, a function that is not known an
 * unknown value. The result has the references and the sensitive mark of the arguments that went into it.
 */
export function callFunction(name: string, args: readonly Value[], context: FunctionContext): Value {
  const bare = name.replace(/^core::/, '')
  const fn = functions.get(bare)
  if (fn === undefined) {
    return { kind: 'unknown', reason: `the function ${name} is not known`, refs: mergeRefs(...args.map(deepRefs)) }
  }
  try {
    if (!fn.lazy) {
      const error = args.map(findError).find((found) => found !== undefined)
      if (error !== undefined) return error
    }
    if (args.length < fn.least) return errorValue(`${bare}(): needs at least ${fn.least} arguments, has ${args.length}`)
    if (args.length > fn.most) return errorValue(`${bare}(): takes at most ${fn.most} arguments, has ${args.length}`)
    const direct = invoke(bare, fn, args, context)
    if (isErrorValue(direct) || isSettled(direct)) return direct
    return tryCandidates(bare, fn, args, context, direct.kind === 'unknown') ?? direct
  } catch (error) {
    // Stack or string length exhausted by hostile input: whatever it is, the value is not known.
    return {
      kind: 'unknown',
      reason: `${bare}(): too large to evaluate (${error instanceof Error ? error.name : 'error'})`,
    }
  }
}

function isSettled(value: Value): boolean {
  if (value.kind === 'unknown') return value.candidates !== undefined
  return !((value.kind === 'list' || value.kind === 'map') && value.rest !== undefined)
}

function invoke(name: string, fn: TerraformFunction, args: readonly Value[], context: FunctionContext): Value {
  try {
    return mark(fn, fn.call(args, context), args)
  } catch (error) {
    if (error instanceof Fault) return errorValue(`${name}(): ${error.message}`)
    if (!(error instanceof NotKnown)) throw error
    const unknown: UnknownValue = {
      kind: 'unknown',
      reason: error.cause.reason,
      type: fn.returns,
      notNull: !fn.nullable,
      ...fn.refine(args),
    }
    const sensitive = args.some(deepSensitive)
    const refs = mergeRefs(error.cause.refs, ...args.map(deepRefs))
    return markFallible({ ...unknown, refs, ...(sensitive && { sensitive }) })
  }
}

/** The result for every combination of what the unknown arguments can be; undefined if there are too many or none. */
function tryCandidates(
  name: string,
  fn: TerraformFunction,
  args: readonly Value[],
  context: FunctionContext,
  nested: boolean,
): Value | undefined {
  const rows = combinations(args, nested)
  if (rows === undefined) return undefined
  const results = rows.map((row) => invoke(name, fn, row, context))
  // Where only some would fail, `try` and `can` around the call may go either way.
  if (results.every(isErrorValue)) return results[0]
  if (results.some((result) => result.kind === 'unknown')) return undefined
  const distinct = results.filter(
    (result, i) => !results.slice(0, i).some((earlier) => valuesEqual(earlier, result) === true),
  )
  const [first] = distinct
  if (first === undefined) return undefined
  const refs = mergeRefs(...distinct.map((value) => value.refs))
  const sensitive = distinct.some((value) => value.sensitive === true)
  const marks = { ...(refs !== undefined && { refs }), ...(sensitive && { sensitive }) }
  // Several expressions could have given it, so no single one is its origin.
  if (distinct.length === 1) return { ...first, origin: undefined, ...marks }
  const types = new Set(distinct.map((value) => value.kind))
  types.delete('null')
  const [type] = types
  return {
    kind: 'unknown',
    reason: causeOf(args)?.reason ?? `${name}() has several possible results`,
    ...(types.size === 1 && type !== undefined && type !== 'unknown' && type !== 'null' && { type }),
    ...(distinct.every((value) => value.kind !== 'null') && { notNull: true }),
    candidates: distinct,
    ...marks,
  }
}

/** The first unknown among the arguments and, one level deep, inside them. */
function causeOf(args: readonly Value[]): UnknownValue | undefined {
  return [...args, ...args.flatMap(children)].find((value) => value.kind === 'unknown')
}

function mark(fn: TerraformFunction, result: Value, args: readonly Value[]): Value {
  if (fn.marks === 'moved' || isErrorValue(result)) return result
  const deep = fn.marks === 'computed'
  const refs = mergeRefs(result.refs, ...args.map(deep ? deepRefs : (arg) => arg.refs))
  const sensitive = result.sensitive === true || args.some(deep ? deepSensitive : (arg) => arg.sensitive === true)
  return withMarks(result, refs, sensitive, deep)
}

function withMarks(
  value: Value,
  refs: readonly Reference[] | undefined,
  sensitive: boolean,
  deep: boolean,
  done: Map<Value, Value> = new Map(),
): Value {
  if (refs === undefined && !sensitive) return value
  const before = done.get(value)
  if (before !== undefined) return before
  const merged = mergeRefs(value.refs, refs)
  const marks = { ...(merged !== undefined && { refs: merged }), ...(sensitive && { sensitive }) }
  const marked = { ...value, ...marks }
  const inside = (item: Value) => withMarks(item, refs, sensitive, true, done)
  const result: Value =
    deep && marked.kind === 'list'
      ? { ...marked, items: marked.items.map(inside) }
      : deep && marked.kind === 'map'
        ? { ...marked, entries: new Map([...marked.entries].map(([key, item]) => [key, inside(item)] as const)) }
        : marked
  done.set(value, result)
  return result
}

function children(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.rest === undefined ? value.items : [...value.items, value.rest]
  if (value.kind !== 'map') return []
  return value.rest === undefined ? [...value.entries.values()] : [...value.entries.values(), value.rest]
}

// Values share parts of each other, so a walk that forgets where it has been could take exponential time.
const refsInside = new WeakMap<Value, readonly Reference[]>()
const sensitiveInside = new WeakMap<Value, boolean>()

function deepRefs(value: Value): readonly Reference[] | undefined {
  if (value.kind !== 'list' && value.kind !== 'map') return value.refs
  const before = refsInside.get(value)
  if (before !== undefined) return before.length === 0 ? undefined : before
  const refs = mergeRefs(value.refs, ...children(value).map(deepRefs))
  refsInside.set(value, refs ?? [])
  return refs
}

function deepSensitive(value: Value): boolean {
  if (value.sensitive === true) return true
  if (value.kind !== 'list' && value.kind !== 'map') return false
  const before = sensitiveInside.get(value)
  if (before !== undefined) return before
  const result = children(value).some(deepSensitive)
  sensitiveInside.set(value, result)
  return result
}
