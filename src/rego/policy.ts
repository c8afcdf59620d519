/** Compile once, ask many times. */
import type { RegoVersion } from './ast.ts'
import { builtins as standardBuiltins } from './builtins/index.ts'
import type { Builtin } from './builtins/builtin.ts'
import { engineBuiltins } from './builtins-engine.ts'
import { compileModules, compileQuery, type Compiled } from './compiler/compile.ts'
import type { Local, Step } from './compiler/ir.ts'
import type { RuleGroup } from './compiler/tree.ts'
import { RegoError, type Source } from './errors.ts'
import type { Module } from './ast.ts'
import { parseQuery } from './parser/parser.ts'
import { compileGroup } from './runtime/rules.ts'
import { compileBody } from './runtime/steps.ts'
import { blankFrame, Cache, Machine, type Frame, type Limits, type Next, type State } from './runtime/machine.ts'
import type { CompiledGroup, Linker } from './runtime/linker.ts'
import { ranked, Trace, type Origin } from './runtime/provenance.ts'
import { RegoObject, type Value } from './value/value.ts'
import { OutOfWork, withWork } from './value/work.ts'

export interface CompileOptions {
  /** Builtins beside the standard ones, or in their place. */
  readonly builtins?: readonly Builtin[]
  /** Names of builtins that a policy must not call. */
  readonly without?: readonly string[]
  /** False: every rule runs, which gives the same results more slowly. */
  readonly indexing?: boolean
  /** Takes note of the lines that run; slower. */
  readonly coverage?: boolean
}

export interface EvaluateOptions {
  /** Undefined: there is no `input`. */
  readonly input?: Value
  readonly data?: RegoObject
  /** Nanoseconds since 1970, for `time.now_ns`; default 0. */
  readonly now?: bigint
  readonly seed?: string
  /** Errors of builtins end the evaluation; otherwise the call is undefined. */
  readonly strict?: boolean
  /** Default: 100 million steps, no limit of time. */
  readonly limits?: Partial<Limits>
  readonly print?: (line: string) => void
}

/** The variables of a query that have names, for one way in which it holds. */
export type Bindings = ReadonlyMap<string, Value>

const DEFAULT_LIMITS: Limits = { steps: 100_000_000, time: Number.POSITIVE_INFINITY }

/** Throws `RegoErrors`. */
export function compile(modules: readonly Module[], options: CompileOptions = {}): Policy {
  const builtins = new Map(standardBuiltins)
  for (const builtin of engineBuiltins) builtins.set(builtin.name, builtin)
  for (const builtin of options.builtins ?? []) builtins.set(builtin.name, builtin)
  for (const name of options.without ?? []) builtins.delete(name)
  return new Policy(compileModules(modules, builtins), options)
}

export interface PrepareOptions {
  /** Default v1. */
  readonly version?: RegoVersion
  /** For `evaluateTraced`; slower. */
  readonly provenance?: boolean
}

/** One result, and the parts of `input` that it came from: conditions before what only went into texts, the most specific first. */
export interface TracedResult {
  readonly bindings: Bindings
  readonly origins: readonly Origin[]
}

export class Policy {
  readonly #compiled: Compiled
  readonly #linker: PolicyLinker
  readonly #options: CompileOptions
  /** The same rules as code that takes notes; made when somebody asks. */
  #tracing: PolicyLinker | undefined

  constructor(compiled: Compiled, options: CompileOptions) {
    this.#compiled = compiled
    this.#options = options
    this.#linker = new PolicyLinker(compiled, options, false)
  }

  get modules(): readonly Module[] {
    return this.#compiled.modules
  }

  /** Throws `RegoErrors`. */
  prepare(query: string, options: PrepareOptions = {}): PreparedQuery {
    const { source, body } = parseQuery(query, options)
    const { steps, locals } = compileQuery(this.#compiled, source, body)
    const names: [string, number][] = []
    for (const [name, { slot }] of locals.implicit) if (!name.startsWith('$')) names.push([name, slot])
    const linker =
      options.provenance === true
        ? (this.#tracing ??= new PolicyLinker(this.#compiled, this.#options, true))
        : this.#linker
    return new PreparedQuery(linker, source, steps, names, locals.count)
  }
}

class PolicyLinker implements Linker {
  readonly tree: Compiled['tree']
  readonly builtins: Compiled['builtins']
  readonly indexing: boolean
  readonly coverage: boolean
  readonly provenance: boolean
  readonly #groups: (CompiledGroup | undefined)[] = []
  #comprehensions = 0

  constructor({ tree, builtins }: Compiled, options: CompileOptions, provenance: boolean) {
    this.provenance = provenance
    this.tree = tree
    this.builtins = builtins
    this.indexing = options.indexing ?? true
    this.coverage = options.coverage ?? false
  }

  group(group: RuleGroup): CompiledGroup {
    return (this.#groups[group.id] ??= compileGroup(this, group))
  }

  nextComprehension(): number {
    return this.#comprehensions++
  }
}

export class PreparedQuery {
  readonly #run: (machine: Machine, frame: Frame) => boolean
  readonly #unit: { slots: number; readonly linker: Linker }
  readonly #source: Source
  readonly #blank: Frame
  #found: Bindings[] = []
  #origins: (readonly Origin[])[] = []

  constructor(
    linker: Linker,
    source: Source,
    steps: readonly Step[],
    names: readonly (readonly [string, number])[],
    slots: number,
  ) {
    this.#source = source
    this.#unit = { linker, slots }
    const take: Next = (machine, frame) => {
      const bindings = new Map<string, Value>()
      for (const [name, slot] of names) {
        const value = frame[slot]
        if (value !== undefined) bindings.set(name, value)
      }
      this.#found.push(bindings)
      if (machine.trace !== undefined) this.#origins.push(ranked(machine.trace.trail))
      return false
    }
    this.#run = compileBody(this.#unit, steps, new Set<Local>(), () => take)
    this.#blank = blankFrame(this.#unit)
  }

  /** Throws a `RegoError`. */
  evaluate(options: EvaluateOptions = {}): readonly Bindings[] {
    return this.#evaluate(this.#machine(options))
  }

  /** For queries that were prepared with `provenance`. Throws a `RegoError`. */
  evaluateTraced(options: EvaluateOptions = {}): readonly TracedResult[] {
    const machine = this.#machine(options)
    machine.trace = new Trace(options.input)
    this.#origins = []
    const results = this.#evaluate(machine)
    const origins = this.#origins
    this.#origins = []
    return results.map((bindings, index) => ({ bindings, origins: origins[index] ?? [] }))
  }

  /** With the offsets of what ran, by source; for policies compiled with `coverage`. */
  evaluateCovered(options: EvaluateOptions = {}): {
    readonly results: readonly Bindings[]
    readonly covered: ReadonlyMap<Source, ReadonlySet<number>>
  } {
    const machine = this.#machine(options)
    return { results: this.#evaluate(machine), covered: machine.covered }
  }

  #machine(options: EvaluateOptions): Machine {
    const state: State = {
      input: options.input,
      data: options.data ?? RegoObject.empty,
      overrides: [],
      mocks: undefined,
      cache: new Cache(),
      outer: undefined,
    }
    const { now = 0n, seed = '', strict = false, print } = options
    const context = { now, seed, strict, ...(print === undefined ? {} : { print }) }
    return new Machine(state, context, { ...DEFAULT_LIMITS, ...options.limits })
  }

  #evaluate(machine: Machine): readonly Bindings[] {
    const outer = this.#found
    this.#found = []
    try {
      withWork(machine.limits.steps, () => this.#run(machine, this.#blank.slice()))
      return this.#found
    } catch (error) {
      const reason = exhausted(error, machine.limits)
      if (reason === undefined) throw error
      const place = { source: this.#source, span: { start: 0, end: this.#source.text.length } }
      throw new RegoError('eval_cancel_error', reason, place)
    } finally {
      this.#found = outer
    }
  }
}

/** Why an evaluation cannot go on, for what the JavaScript engine and the count of work throw. */
function exhausted(error: unknown, { steps }: Limits): string | undefined {
  if (error instanceof OutOfWork) return `evaluation took more than ${steps} steps`
  if (!(error instanceof RangeError)) return undefined
  return /call stack/i.test(error.message) ? 'evaluation is nested too deeply' : 'a text or a list got too long'
}
