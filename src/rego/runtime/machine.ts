/** What one evaluation carries around. */
import type { Builtin, BuiltinContext } from '../builtins/builtin.ts'
import { RegoError, type Source } from '../errors.ts'
import { ObjectBuilder, SetBuilder, type Key, type Value } from '../value/value.ts'

import type { CallMemo } from './memo.ts'
import type { Origin, Trace } from './provenance.ts'

/** The variables of one run of a rule, by slot. */
export type Frame = (Value | undefined)[]

/** To be copied for each run: faster than a new array. */
export function blankFrame({ slots }: { readonly slots: number }): Frame {
  const frame: Frame = []
  for (let slot = 0; slot < slots; slot++) frame.push(undefined)
  return frame
}

/** Goes on with what follows; true asks everybody before to stop looking for more. */
export type Next = (machine: Machine, frame: Frame) => boolean

/** A value of bound variables; undefined has the meaning that Rego gives it. */
export type Read = (machine: Machine, frame: Frame) => Value | undefined

/** Goes on with a value. */
export type Take = (machine: Machine, frame: Frame, value: Value) => boolean

export type Mock =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  | {
      readonly kind: 'function'
      readonly compiled: { call(machine: Machine, args: readonly Value[]): Value | undefined }
    }

/** Results that do not change while input, data and functions are what they are. */
export class Cache {
  readonly done: boolean[] = []
  readonly values: (Value | undefined)[] = []
  readonly keyed: (Map<Key, Value | undefined> | undefined)[] = []
  readonly comprehensions: (Value | undefined)[] = []
  readonly calls: (CallMemo | undefined)[] = []
  /** With provenance: what values came from, and what was tried where there is none. */
  readonly origins: ({ readonly last: readonly Origin[]; readonly log: readonly Origin[] } | undefined)[] = []
}

/** What `with` replaces. */
export interface State {
  readonly input: Value | undefined
  readonly data: Value
  /** Paths below `data` where `with` stands in for rules. */
  readonly overrides: readonly (readonly Value[])[]
  readonly mocks: ReadonlyMap<string, Mock> | undefined
  readonly cache: Cache
  /** What holds again after the step with the `with`. */
  readonly outer: State | undefined
}

export interface Limits {
  /** Steps are iterations, rule runs, and what builtins count as such. */
  readonly steps: number
  /** Milliseconds. */
  readonly time: number
}

const CLOCK_EVERY = 1024

// Stand where nobody collects.
const NO_SET = new SetBuilder()
const NO_OBJECT = new ObjectBuilder()

export class Machine {
  state: State
  // Accumulators of the innermost rule or comprehension; whoever starts one puts the outer one back.
  result: Value | undefined = undefined
  /** Only for code that was compiled with provenance. */
  trace: Trace | undefined = undefined
  array: Value[] = []
  set = NO_SET
  object = NO_OBJECT
  readonly context: BuiltinContext
  readonly strict: boolean
  /** Offsets by source; only where coverage was asked for. */
  #covered: Map<Source, Set<number>> | undefined
  #left: number
  #untilClock = CLOCK_EVERY
  readonly #deadline: number
  readonly limits: Limits

  constructor(state: State, context: Omit<BuiltinContext, 'budget'>, limits: Limits) {
    this.state = state
    this.strict = context.strict
    this.context = { ...context, budget: this }
    this.limits = limits
    this.#left = limits.steps
    this.#deadline = limits.time === Number.POSITIVE_INFINITY ? limits.time : performance.now() + limits.time
  }

  /** Takes note that what stands at an offset has run. */
  cover(source: Source, offset: number): void {
    this.#covered ??= new Map()
    let offsets = this.#covered.get(source)
    if (offsets === undefined) {
      offsets = new Set()
      this.#covered.set(source, offsets)
    }
    offsets.add(offset)
  }

  get covered(): ReadonlyMap<Source, ReadonlySet<number>> {
    return this.#covered ?? new Map()
  }

  tick(): void {
    if (--this.#left < 0) this.#outOfSteps()
    if (--this.#untilClock < 0) this.#checkClock()
  }

  step(count: number): void {
    this.#left -= count
    if (this.#left < 0) this.#outOfSteps()
    this.#untilClock -= count
    if (this.#untilClock < 0) this.#checkClock()
  }

  #outOfSteps(): never {
    throw new RegoError('eval_cancel_error', `evaluation took more than ${this.limits.steps} steps`)
  }

  #checkClock(): void {
    this.#untilClock = CLOCK_EVERY
    if (this.#deadline !== Number.POSITIVE_INFINITY && performance.now() > this.#deadline) {
      throw new RegoError('eval_cancel_error', `evaluation took more than ${this.limits.time} ms`)
    }
  }
}
