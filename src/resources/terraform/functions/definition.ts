import type { ListValue, MapValue, Reference, UnknownValue, Value, ValueType } from '../../value.ts'
import { bool, compareStrings, list, num, str, toBool, toNumber, toStringValue, unknownFrom } from './convert.ts'
import { isErrorValue } from './evaluation-error.ts'

/** What functions may ask of the world; supplied by the evaluator of a module. */
export interface FunctionContext {
  /** Path relative to the module; undefined if it is outside the root or missing. */
  readFile(path: string): string | undefined
  fileExists(path: string): boolean
  /** Files matching a pattern relative to the module, as paths relative to the module; undefined if it cannot be told. */
  glob(pattern: string): readonly string[] | undefined
  readonly moduleDir: string
  /** For `templatefile` and `templatestring`. */
  evaluateTemplate(text: string, vars: ReadonlyMap<string, Value>): Value
  /** RFC 3339. Given only where the caller fixes the time of the run; else `timestamp()` is unknown. */
  readonly now?: string | undefined
}

/**
 * Thrown by an implementation where Terraform would report an error. No `Error`, as NotKnown is none: both happen all the
 * time, and writing down the stack for each would take longer than the call.
 */
export class Fault {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** Thrown by an implementation that cannot go on without a value that is not known. */
export class NotKnown {
  readonly cause: UnknownValue

  constructor(cause: UnknownValue) {
    this.cause = cause
  }
}

/** One declared parameter: `read` gives what the implementation works with, or throws Fault or NotKnown. */
export interface Parameter<T> {
  readonly name: string
  read(value: Value): T
}

/**
 * How references and the sensitive mark of the arguments reach the result: `computed` from everything in them,
 * `structural` from the arguments themselves while moved items keep their own, `moved` not at all (the result is, or
 * is marked by, what the function chose).
 */
type Marks = 'computed' | 'structural' | 'moved'

interface Spec<A extends readonly unknown[], V> {
  readonly parameters: { readonly [K in keyof A]: Parameter<A[K]> }
  /** Any number of further arguments, at least `least` of them. */
  readonly variadic?: Parameter<V>
  readonly least?: number
  readonly most?: number
  /** The result type where it is always the same. */
  readonly returns?: ValueType
  /** True if a successful result may be null. */
  readonly nullable?: boolean
  readonly marks?: Marks
  /** True if it is called although an argument is an error value (`try`, `can`). */
  readonly lazy?: boolean
  /** What is known of the result when `call` met an unknown; the arguments are as they were given. */
  refine?(args: readonly Value[]): Partial<Pick<UnknownValue, 'parts' | 'encodes' | 'candidates'>> | undefined
  call(args: A, variadic: readonly V[], context: FunctionContext): Value | string | number | boolean | readonly string[]
}

/** A function with its types erased, as the dispatcher sees it. `call` may throw Fault or NotKnown. */
export interface TerraformFunction {
  readonly least: number
  readonly most: number
  readonly returns: ValueType | undefined
  readonly nullable: boolean
  readonly marks: Marks
  readonly lazy: boolean
  readonly refine: (
    args: readonly Value[],
  ) => Partial<Pick<UnknownValue, 'parts' | 'encodes' | 'candidates'>> | undefined
  readonly call: (args: readonly Value[], context: FunctionContext) => Value
}

export type FunctionTable = Readonly<Record<string, TerraformFunction>>

export function define<A extends readonly unknown[] | [], V = never>(spec: Spec<A, V>): TerraformFunction {
  const parameters: readonly Parameter<unknown>[] = spec.parameters
  const { variadic } = spec
  return {
    least: parameters.length + (spec.least ?? 0),
    most: variadic === undefined ? parameters.length : (spec.most ?? Infinity),
    returns: spec.returns,
    nullable: spec.nullable ?? false,
    marks: spec.marks ?? 'computed',
    lazy: spec.lazy ?? false,
    refine: (args) => spec.refine?.(args),
    call(args, context) {
      const unknowns: NotKnown[] = []
      const read = <T>(parameter: Parameter<T>, value: Value): T | undefined => {
        try {
          return parameter.read(value)
        } catch (error) {
          if (error instanceof Fault) throw new Fault(`${parameter.name}: ${error.message}`)
          if (!(error instanceof NotKnown)) throw error
          unknowns.push(error)
          return undefined
        }
      }
      const fixed = parameters.map((parameter, i) => read(parameter, args[i] ?? { kind: 'null' }))
      const further: V[] = []
      if (variadic !== undefined) {
        for (const value of args.slice(parameters.length)) {
          const one = read(variadic, value)
          if (one !== undefined) further.push(one)
        }
      }
      const first = unknowns[0]
      // A fault in any argument was thrown above: it outranks what is unknown in another one.
      if (first !== undefined) throw first
      return wrap(spec.call(fixed as unknown as A, further, context))
    },
  }
}

function wrap(result: Value | string | number | boolean | readonly string[]): Value {
  if (typeof result === 'string') return str(result)
  if (typeof result === 'boolean') return bool(result)
  if (typeof result === 'number') {
    if (!Number.isFinite(result)) throw new Fault('the result is not a finite number')
    return num(result)
  }
  return 'kind' in result ? result : list(result.map((item) => str(item)))
}

/** Any value, also unknown or null: the implementation looks at it itself. */
export function raw(name: string): Parameter<Value> {
  return { name, read: (value) => value }
}

/** Any value whose kind is known. */
export function any(name: string): Parameter<Exclude<Value, UnknownValue | { kind: 'null' }>> {
  return { name, read: known }
}

export function text(name: string): Parameter<string> {
  return { name, read: readText }
}

export function number(name: string): Parameter<number> {
  return { name, read: readNumber }
}

export function integer(name: string): Parameter<number> {
  return {
    name,
    read(value) {
      const result = readNumber(value)
      if (!Number.isInteger(result)) throw new Fault('a whole number is required')
      return result
    },
  }
}

/** A list, tuple or set; its items may be unknown and it may have a `rest`. */
export function items(name: string): Parameter<ListValue> {
  return {
    name,
    read(value) {
      const result = known(value, 'list')
      if (result.kind !== 'list') throw new Fault('a list is required')
      return openEnded(result)
    },
  }
}

/** A map or object; its values may be unknown and it may have a `rest`. */
export function entries(name: string): Parameter<MapValue> {
  return {
    name,
    read(value) {
      const result = known(value, 'map')
      if (result.kind !== 'map') throw new Fault('a map is required')
      return result
    },
  }
}

/** A list of strings of which everything must be known. */
export function texts(name: string): Parameter<readonly string[]> {
  return {
    name,
    read(value) {
      const result = known(value, 'list')
      if (result.kind !== 'list') throw new Fault('a list of strings is required')
      const strings = result.items.map(readText)
      const open = openEnded(result).rest
      if (open !== undefined) throw new NotKnown(open)
      return result.set === true ? strings.toSorted(compareStrings) : strings
    },
  }
}

/** The value if its kind is known. Throws Fault for null and for an unknown that cannot have the expected type. */
export function known(value: Value, expected?: ValueType): Exclude<Value, UnknownValue | { kind: 'null' }> {
  if (value.kind === 'null') throw new Fault('must not be null')
  if (value.kind === 'unknown') {
    if (isErrorValue(value)) throw new Fault(value.reason)
    if (expected !== undefined && value.type !== undefined && value.type !== expected)
      throw new Fault(`a ${expected} is required`)
    throw new NotKnown(value)
  }
  return value
}

export function readText(value: Value): string {
  const result = known(toStringValue(value))
  if (result.kind !== 'string') throw new Fault('a string is required')
  return result.value
}

export function readNumber(value: Value): number {
  const result = known(toNumber(value))
  if (result.kind !== 'number') throw new Fault('a number is required')
  return result.value
}

/** True, false, or undefined if not known. Throws Fault for what is no bool and for null. */
export function readBool(value: Value): boolean {
  const result = known(toBool(value))
  if (result.kind !== 'bool') throw new Fault('a bool is required')
  return result.value
}

/** A list holding the body of a dynamic block that may occur any number of times has a `rest`. */
function openEnded(value: ListValue): ListValue {
  if (value.rest !== undefined) return value
  for (const item of value.items) {
    if (item.kind === 'map' && item.uncertain !== undefined) {
      return { ...value, rest: { kind: 'unknown', reason: item.uncertain } }
    }
  }
  return value
}

/** The references of several values, each once, in order. */
export function mergeRefs(...groups: readonly (readonly Reference[] | undefined)[]): readonly Reference[] | undefined {
  const filled = groups.filter((group) => group !== undefined && group.length > 0)
  if (filled.length <= 1) return filled[0]
  const found = new Map<string, Reference>()
  for (const reference of filled.flatMap((group) => group ?? [])) {
    const key = JSON.stringify([reference.root, reference.address, reference.attribute])
    if (!found.has(key)) found.set(key, reference)
  }
  return [...found.values()]
}

/** A moved item that carries the references and the mark of the collection it was chosen from, if it has none itself. */
export function chosen(item: Value, from: Value): Value {
  const sensitive = item.sensitive === true || from.sensitive === true
  const refs = item.refs ?? from.refs
  if (isErrorValue(item) || (refs === item.refs && sensitive === (item.sensitive === true))) return item
  return { ...item, ...(refs !== undefined && { refs }), ...(sensitive && { sensitive }) }
}

/** The `rest` of a list or map that an unknown collection was merged into. */
export function restFrom(cause: UnknownValue): UnknownValue {
  return unknownFrom(cause)
}
