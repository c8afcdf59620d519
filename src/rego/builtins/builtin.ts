/** What a builtin is, and how its operands are checked. */
import { type Decimal, numberKey, toBigInt } from '../number/decimal.ts'
import { isArray, isNumber, RegoObject, RegoSet, typeName, type TypeName, type Value } from '../value/value.ts'
import type { RegoType } from './types.ts'

export interface BuiltinContext {
  /** Nanoseconds since 1970, the same during one evaluation. */
  readonly now: bigint
  /** What `rand.intn` and `uuid.rfc4122` derive their results from. */
  readonly seed: string
  readonly budget: {
    /** Counts work; throws when the evaluation has used up what it may. */
    step(count: number): void
  }
  /** Whether errors of builtins stop the evaluation. */
  readonly strict: boolean
  /** Takes the lines of `print` and `trace`. */
  readonly print?: (line: string) => void
}

interface BuiltinArgument {
  readonly name: string
  readonly type: RegoType
  readonly description: string
}

export interface Builtin {
  readonly name: string
  readonly category: string
  readonly args: readonly BuiltinArgument[]
  /** Absent for what gives nothing, such as `print`. */
  readonly result?: { readonly type: RegoType; readonly description: string }
  readonly description: string
  /** False if the same arguments can give another result in another evaluation. */
  readonly deterministic: boolean
  /** The operator that stands for it: `+`, `==`, `|`, `in`. */
  readonly infix?: string
  /** How often more arguments of the last type may follow. */
  readonly variadic?: boolean
  /** Why nobody should use it any more. */
  readonly deprecated?: string
  /** Undefined where there is no result. Throws `BuiltinError`. */
  evaluate(args: readonly Value[], context: BuiltinContext): Value | undefined
  /** For relations, which have several results (`walk`); `evaluate` then gives the first. */
  readonly evaluateAll?: (args: readonly Value[], context: BuiltinContext) => Iterable<Value>
}

/** An error at run time: the call is undefined, or the evaluation ends if it is strict. */
export class BuiltinError extends Error {
  readonly code: 'eval_builtin_error' | 'eval_type_error' = 'eval_builtin_error'

  /** Without a stack: nobody reads it, and a policy may run into thousands of these. */
  constructor(message: string, options?: ErrorOptions) {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(message, options)
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** An operand of a wrong type or value. */
export class OperandError extends BuiltinError {
  override readonly code = 'eval_type_error'
}

/** `step` of an evaluation's budget, to hand on. */
export function stepper({ budget }: BuiltinContext): (count: number) => void {
  return (count) => budget.step(count)
}

export type Evaluate = Builtin['evaluate']

/** `[name, type, description]` of each argument; result `[type, description]`. */
export interface Declaration {
  readonly name: string
  readonly args: ReadonlyArray<readonly [name: string, type: RegoType, description: string]>
  readonly result: readonly [type: RegoType, description: string]
  readonly description: string
  readonly infix?: string
  readonly nondeterministic?: boolean
  readonly deprecated?: string
  readonly evaluate: Evaluate
}

export function define(category: string, declarations: readonly Declaration[]): readonly Builtin[] {
  return declarations.map(({ args, result, nondeterministic, ...rest }) => ({
    ...rest,
    category,
    deterministic: nondeterministic !== true,
    args: args.map(([name, type, description]) => ({ name, type, description })),
    result: { type: result[0], description: result[1] },
  }))
}

/** The operand at an index, from 0. The compiler has checked how many there are. */
export function operand(args: readonly Value[], index: number): Value {
  return args[index] ?? null
}

/** `wanted` is the type, or the types in the order in which the message names them. */
export function wrongOperand(index: number, got: Value, wanted: string | readonly string[]): OperandError {
  const types = typeof wanted === 'string' ? wanted : `one of {${wanted.join(', ')}}`
  return new OperandError(`operand ${index + 1} must be ${types} but got ${typeName(got)}`)
}

export function stringOperand(args: readonly Value[], index: number): string {
  const value = operand(args, index)
  if (typeof value !== 'string') throw wrongOperand(index, value, 'string')
  return value
}

export function numberOperand(args: readonly Value[], index: number): number | Decimal {
  const value = operand(args, index)
  if (!isNumber(value)) throw wrongOperand(index, value, 'number')
  return value
}

/** An integer of any size. */
export function bigIntOperand(args: readonly Value[], index: number): bigint {
  const whole = toBigInt(numberOperand(args, index))
  if (whole === undefined) {
    throw new OperandError(`operand ${index + 1} must be integer number but got floating-point number`)
  }
  return whole
}

/** An integer within the safe range; larger ones count as errors. */
export function intOperand(args: readonly Value[], index: number): number {
  const value = numberKey(numberOperand(args, index))
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new OperandError(`operand ${index + 1} must be integer number but got floating-point number`)
  }
  return value
}

export function arrayOperand(args: readonly Value[], index: number): readonly Value[] {
  const value = operand(args, index)
  if (!isArray(value)) throw wrongOperand(index, value, 'array')
  return value
}

export function setOperand(args: readonly Value[], index: number): RegoSet {
  const value = operand(args, index)
  if (!(value instanceof RegoSet)) throw wrongOperand(index, value, 'set')
  return value
}

export function objectOperand(args: readonly Value[], index: number): RegoObject {
  const value = operand(args, index)
  if (!(value instanceof RegoObject)) throw wrongOperand(index, value, 'object')
  return value
}

/** The items of an array or set. */
export function itemsOperand(
  args: readonly Value[],
  index: number,
  wanted: readonly TypeName[] = ['array', 'set'],
): readonly Value[] {
  const value = operand(args, index)
  if (isArray(value)) return value
  if (value instanceof RegoSet) return value.sorted()
  throw wrongOperand(index, value, wanted)
}

/** The strings of an array or set. */
export function stringsOperand(
  args: readonly Value[],
  index: number,
  wanted: readonly TypeName[] = ['array', 'set'],
): string[] {
  const value = operand(args, index)
  const strings: string[] = []
  for (const item of itemsOperand(args, index, wanted)) {
    if (typeof item !== 'string') throw wrongItem(index, value, 'strings', item)
    strings.push(item)
  }
  return strings
}

export function wrongItem(index: number, collection: Value, wanted: string, item: Value): OperandError {
  const type = typeName(collection)
  return new OperandError(
    `operand ${index + 1} must be ${type} of ${wanted} but got ${type} containing ${typeName(item)}`,
  )
}
