/** Calls of builtins and functions. */
import { BuiltinError, type Builtin } from '../builtins/builtin.ts'
import type { CallStep, Local } from '../compiler/ir.ts'
import { RegoError, type Place } from '../errors.ts'
import { compareValues, equalValues, isArray, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { matchFlat, readFlat, type Match } from './flat.ts'
import type { Unit } from './linker.ts'
import { originOfGet } from './provenance.ts'
import { Cache, type Frame, type Machine, type Mock, type Next, type Read } from './machine.ts'

/** Calls with arguments that are known; undefined if there is no result. */
type Apply = (machine: Machine, args: readonly Value[]) => Value | undefined

export type Make = (next: Next) => Next

/** Adds what the result binds to `bound`. */
export function makeCall(unit: Unit, step: CallStep, bound: Set<Local>): Make {
  const reads = step.args.map(readFlat)
  const place: Place = { source: step.source, span: step.span }
  const { callee } = step
  if (callee.kind === 'builtin' && callee.builtin.evaluateAll !== undefined)
    return makeRelation(step, callee.builtin, reads, place, bound)
  const value = readCall(unit, step, reads, place)
  const { out } = step
  if (unit.linker.provenance)
    return makeTracedCall(step, value, reads, out === undefined ? undefined : matchFlat(out, bound))
  if (out === undefined) {
    return (next) => (machine, frame) => {
      const result = value(machine, frame)
      return result !== undefined && result !== false && next(machine, frame)
    }
  }
  if (out.k === 'local' && !bound.has(out.local)) {
    const { slot } = out.local
    bound.add(out.local)
    return (next) => (machine, frame) => {
      const result = value(machine, frame)
      if (result === undefined) return false
      frame[slot] = result
      return next(machine, frame)
    }
  }
  const match = matchFlat(out, bound)
  return (next) => (machine, frame) => {
    const result = value(machine, frame)
    return result !== undefined && match(machine, frame, result) && next(machine, frame)
  }
}

function makeTracedCall(step: CallStep, value: Read, reads: readonly Read[], match: Match | undefined): Make {
  const isGet = step.callee.name === 'object.get'
  return (next) => (machine, frame) => {
    const { trace } = machine
    if (trace !== undefined) trace.last = []
    const result = value(machine, frame)
    if (result === undefined) return false
    let origins = trace?.last ?? []
    if (isGet && trace !== undefined) {
      origins = originOfGet(trace, readAll(reads, machine, frame) ?? [], step.message)
      trace.noteAll(origins)
    }
    if (match === undefined ? result === false : !match(machine, frame, result)) return false
    return trace === undefined ? next(machine, frame) : trace.along(origins, () => next(machine, frame))
  }
}

function makeRelation(step: CallStep, builtin: Builtin, reads: readonly Read[], place: Place, bound: Set<Local>): Make {
  const match = step.out === undefined ? (): boolean => true : matchFlat(step.out, bound)
  return (next) => (machine, frame) => {
    const args = readAll(reads, machine, frame)
    if (args === undefined) return false
    const mock = machine.state.mocks?.get(builtin.name)
    if (mock !== undefined) {
      const result = applyMock(machine, mock, args, place)
      return result !== undefined && match(machine, frame, result) && next(machine, frame)
    }
    for (const result of allResults(machine, builtin, args, place)) {
      machine.tick()
      if (match(machine, frame, result) && next(machine, frame)) return true
    }
    return false
  }
}

function allResults(machine: Machine, builtin: Builtin, args: readonly Value[], place: Place): Iterable<Value> {
  try {
    return builtin.evaluateAll?.(args, machine.context) ?? []
  } catch (error) {
    return failed(machine, builtin, place, error) ?? []
  }
}

function readAll(reads: readonly Read[], machine: Machine, frame: Frame): Value[] | undefined {
  const args: Value[] = []
  for (const read of reads) {
    const value = read(machine, frame)
    if (value === undefined) return undefined
    args.push(value)
  }
  return args
}

function readCall(unit: Unit, step: CallStep, reads: readonly Read[], place: Place): Read {
  const { callee } = step
  if (callee.kind === 'function') {
    const group = unit.linker.tree.find(callee.path)?.group
    if (group === undefined) return () => undefined
    const compiled = unit.linker.group(group)
    const { name } = callee
    return (machine, frame) => {
      const args = readAll(reads, machine, frame)
      if (args === undefined) return undefined
      const mock = machine.state.mocks?.get(name)
      return mock === undefined ? compiled.call(machine, args) : applyMock(machine, mock, args, place)
    }
  }
  const { builtin } = callee
  const apply: Apply = (machine, args) => applyBuiltin(machine, builtin, args, place)
  const general: Read = (machine, frame) => {
    const args = readAll(reads, machine, frame)
    if (args === undefined) return undefined
    const mock = machine.state.mocks?.get(builtin.name)
    return mock === undefined ? apply(machine, args) : applyMock(machine, mock, args, place)
  }
  const [left, right] = reads
  if (reads.length !== 2 || left === undefined || right === undefined) return general
  return binary(builtin.name, left, right, general) ?? general
}

/** Operators, without the way through a builtin where the operands are what they mostly are. */
function binary(name: string, left: Read, right: Read, general: Read): Read | undefined {
  const comparison =
    (test: (a: Value, b: Value) => boolean): Read =>
    (machine, frame) => {
      if (machine.state.mocks !== undefined) return general(machine, frame)
      const a = left(machine, frame)
      const b = right(machine, frame)
      return a === undefined || b === undefined ? undefined : test(a, b)
    }
  const arithmetic =
    (compute: (a: number, b: number) => number): Read =>
    (machine, frame) => {
      if (machine.state.mocks !== undefined) return general(machine, frame)
      const a = left(machine, frame)
      const b = right(machine, frame)
      if (typeof a !== 'number' || typeof b !== 'number') return general(machine, frame)
      const result = compute(a, b)
      return Number.isInteger(a) && Number.isInteger(b) && Number.isSafeInteger(result) && result !== 0
        ? result
        : general(machine, frame)
    }
  switch (name) {
    case 'equal':
      return comparison(equalValues)
    case 'neq':
      return comparison((a, b) => !equalValues(a, b))
    case 'lt':
      return comparison((a, b) => compareValues(a, b) < 0)
    case 'lte':
      return comparison((a, b) => compareValues(a, b) <= 0)
    case 'gt':
      return comparison((a, b) => compareValues(a, b) > 0)
    case 'gte':
      return comparison((a, b) => compareValues(a, b) >= 0)
    case 'plus':
      return arithmetic((a, b) => a + b)
    case 'minus':
      return arithmetic((a, b) => a - b)
    case 'mul':
      return arithmetic((a, b) => a * b)
    case 'internal.member_2':
      return comparison(isMember)
    default:
      return undefined
  }
}

function isMember(item: Value, collection: Value): boolean {
  if (collection === null || typeof collection !== 'object') return false
  if (collection instanceof RegoSet) return collection.has(item)
  if (collection instanceof RegoObject) {
    for (const key of collection.unsortedKeys()) {
      const value = collection.get(key)
      if (value !== undefined && equalValues(value, item)) return true
    }
    return false
  }
  return isArray(collection) && collection.some((each) => equalValues(each, item))
}

/** Texts and lists beyond this cost steps, so that their memory is bounded too. */
const LONG = 256

function applyBuiltin(machine: Machine, builtin: Builtin, args: readonly Value[], place: Place): Value | undefined {
  machine.tick()
  try {
    const result = builtin.evaluate(args, machine.context)
    if (typeof result === 'string') {
      if (result.length > LONG) machine.step(result.length >> 4)
    } else if (typeof result === 'object' && result !== null && isArray(result) && result.length > LONG) {
      machine.step(result.length >> 2)
    }
    return result
  } catch (error) {
    return failed(machine, builtin, place, error)
  }
}

/** Undefined where errors of builtins do not stop the evaluation. */
function failed(machine: Machine, builtin: Builtin, place: Place, error: unknown): undefined {
  if (!(error instanceof BuiltinError)) throw error
  if (!machine.strict) return undefined
  throw new RegoError(error.code, `${builtin.name}: ${error.message}`, place)
}

/** While a function stands in for another, nothing stands in for what it calls itself. */
function applyMock(machine: Machine, mock: Mock, args: readonly Value[], place: Place): Value | undefined {
  if (mock.kind === 'value') return mock.value
  if (mock.kind === 'builtin') return applyBuiltin(machine, mock.builtin, args, place)
  const outer = machine.state
  machine.state = { ...outer, mocks: undefined, cache: new Cache(), outer }
  const result = mock.compiled.call(machine, args)
  machine.state = outer
  return result
}
