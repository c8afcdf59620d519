/** Rules, compiled when their document is first asked for. */
import type { Flat, Local, RuleIR } from '../compiler/ir.ts'
import type { LocalSet } from '../compiler/safety.ts'
import type { RuleGroup } from '../compiler/tree.ts'
import { RegoError } from '../errors.ts'
import { equalValues, keyOf, RegoSet, SetBuilder, type Key, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import { readFlat } from './flat.ts'
import { buildIndex, type RuleIndex } from './rule-index.ts'
import type { CompiledGroup, Linker, Unit } from './linker.ts'
import { blankFrame, type Frame, type Machine, type Next, type Read } from './machine.ts'
import { CallMemo } from './memo.ts'
import type { Trace } from './provenance.ts'
import { compileBody } from './steps.ts'
import { TreeBuilder } from './tree-builder.ts'

export function compileGroup(linker: Linker, group: RuleGroup): CompiledGroup {
  switch (group.kind) {
    case 'complete':
    case 'function':
      return new ValueGroup(linker, group)
    case 'set':
      return new SetGroup(linker, group)
    case 'object':
      return new ObjectGroup(linker, group)
  }
}

function conflict(rule: RuleIR, message: string): never {
  throw new RegoError('eval_conflict_error', message, { source: rule.source, span: rule.headSpan })
}

/** One rule with one value: runs its `else` branches too. */
interface CompiledRule {
  readonly ir: RuleIR
  run(machine: Machine, args: readonly Value[]): Value | undefined
}

function compileRule(linker: Linker, ir: RuleIR, what: string): CompiledRule {
  const unit: Unit = { linker, slots: ir.slots }
  const args = ir.args ?? []
  const value = readFlat(ir.value ?? { k: 'const', value: true })
  const early = ir.value === undefined || ir.value.k === 'const'
  const take: Next = (machine, frame) => {
    const result = value(machine, frame)
    if (result === undefined) return false
    if (machine.result === undefined) {
      machine.result = result
      if (machine.trace !== undefined) machine.trace.last = machine.trace.since()
    } else if (!equalValues(machine.result, result)) conflict(ir, what)
    return early
  }
  const body = compileBody(unit, ir.body, new Set<Local>(args), () => take)
  const slots = args.map(({ slot }) => slot)
  const blank = blankFrame(unit)
  const otherwise = ir.else === undefined ? undefined : compileRule(linker, ir.else, what)
  const { source, headSpan } = ir
  return {
    ir,
    run(machine, given) {
      machine.tick()
      if (linker.coverage) machine.cover(source, headSpan.start)
      const frame = blank.slice()
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index]
        if (slot !== undefined) frame[slot] = given[index]
      }
      const outer = machine.result
      machine.result = undefined
      if (machine.trace === undefined) body(machine, frame)
      else traceRule(machine.trace, () => body(machine, frame))
      const { result } = machine
      machine.result = outer
      return result === undefined && otherwise !== undefined ? otherwise.run(machine, given) : result
    },
  }
}

/** Afterwards `last` is what the first result came from. */
function traceRule(trace: Trace, run: () => void): void {
  trace.last = []
  trace.search(run)
  trace.noteAll(trace.last)
}

/** A document that is computed once: what it came from is kept with it. */
function traceDocument(machine: Machine, id: number, run: () => Value | undefined): Value | undefined {
  const { trace } = machine
  if (trace === undefined) return run()
  trace.last = []
  const { value, log } = trace.search(run)
  machine.state.cache.origins[id] = { last: trace.last, log }
  return value
}

function recall(machine: Machine, id: number): void {
  const { trace } = machine
  const known = machine.state.cache.origins[id]
  if (trace === undefined || known === undefined) return
  trace.last = known.last
  trace.noteAll(known.log)
}

const NO_ARGS: readonly Value[] = []

/** Complete documents, and functions. */
class ValueGroup implements CompiledGroup {
  readonly group: RuleGroup
  readonly #linker: Linker
  #rules: RuleIndex<CompiledRule> | undefined
  #default: CompiledRule | undefined
  readonly #what: string
  /** All rules give the same constant: the first one that holds is enough. */
  readonly #early: boolean

  constructor(linker: Linker, group: RuleGroup) {
    this.#linker = linker
    this.group = group
    this.#what =
      group.kind === 'function'
        ? 'functions must not produce multiple outputs for same inputs'
        : 'complete rules must not produce multiple outputs'
    const [first] = group.rules
    const value = first?.value
    this.#early =
      value?.k === 'const' &&
      group.rules.every(
        (rule) => rule.else === undefined && rule.value?.k === 'const' && equalValues(rule.value.value, value.value),
      )
  }

  #compiled(): RuleIndex<CompiledRule> {
    if (this.#rules === undefined) {
      const { group } = this
      this.#rules = buildIndex(
        group.rules,
        (rule) => compileRule(this.#linker, rule, this.#what),
        this.#linker.indexing,
      )
      if (group.default !== undefined) this.#default = compileRule(this.#linker, group.default, this.#what)
    }
    return this.#rules
  }

  #run(machine: Machine, args: readonly Value[], useDefault = true): Value | undefined {
    const rules = this.#compiled()
    let result: Value | undefined
    for (const rule of rules.candidates(machine, args)) {
      const value = rule.run(machine, args)
      if (value === undefined) continue
      if (this.#early) return value
      if (result === undefined) result = value
      else if (!equalValues(result, value)) conflict(rule.ir, this.#what)
    }
    return result === undefined && useDefault && this.#default !== undefined ? this.#default.run(machine, args) : result
  }

  evaluate(machine: Machine): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    if (cache.done[id] === true) {
      if (machine.trace !== undefined) recall(machine, id)
      return cache.values[id]
    }
    const value =
      machine.trace === undefined
        ? this.#run(machine, NO_ARGS)
        : traceDocument(machine, id, () => this.#run(machine, NO_ARGS))
    cache.done[id] = true
    cache.values[id] = value
    return value
  }

  member(machine: Machine, key: Value): Value | undefined {
    const value = this.evaluate(machine)
    return value === undefined ? undefined : lookup(value, key)
  }

  /** Results are kept for arguments that are the same scalars or the same objects in memory. */
  call(machine: Machine, args: readonly Value[]): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    // What is called without arguments is a rule, and OPA leaves out its default then.
    if (args.length === 0) return this.#run(machine, args, false)
    // Each run says anew where its result came from.
    if (machine.trace !== undefined) return this.#run(machine, args)
    const memo = (cache.calls[id] ??= new CallMemo())
    const known = memo.get(args)
    if (known !== undefined) return known.value
    const value = this.#run(machine, args)
    memo.set({ args, value })
    return value
  }
}

/** Partial sets. */
class SetGroup implements CompiledGroup {
  readonly group: RuleGroup
  readonly #linker: Linker
  #all: RuleIndex<(machine: Machine) => void> | undefined
  #byKey: RuleIndex<(machine: Machine, key: Value) => boolean> | undefined

  constructor(linker: Linker, group: RuleGroup) {
    this.#linker = linker
    this.group = group
  }

  evaluate(machine: Machine): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    if (cache.done[id] === true) return cache.values[id]
    this.#all ??= buildIndex(this.group.rules, (rule) => this.#compileAll(rule), this.#linker.indexing)
    const outer = machine.set
    const mine = new SetBuilder()
    machine.set = mine
    const { trace } = machine
    const members = trace?.members
    if (trace !== undefined) trace.members = new Map()
    const all = this.#all
    const runAll = (): undefined => {
      for (const run of all.candidates(machine, NO_ARGS)) run(machine)
      return undefined
    }
    if (trace === undefined) runAll()
    else traceDocument(machine, id, runAll)
    machine.set = outer
    const value = mine.build()
    if (trace !== undefined) {
      trace.remember(value, trace.members)
      if (members !== undefined) trace.members = members
      trace.last = []
    }
    cache.done[id] = true
    cache.values[id] = value
    return value
  }

  call(): undefined {
    return undefined
  }

  #compileAll(ir: RuleIR): (machine: Machine) => void {
    const unit: Unit = { linker: this.#linker, slots: ir.slots }
    const key = readFlat(ir.key ?? { k: 'const', value: true })
    const early = ir.key?.k === 'const'
    const take: Next = (machine, frame) => {
      const member = key(machine, frame)
      if (member !== undefined) {
        machine.set.add(member)
        const { trace } = machine
        if (trace !== undefined && !trace.members.has(keyOf(member))) trace.members.set(keyOf(member), trace.since())
      }
      return early
    }
    const body = compileBody(unit, ir.body, new Set(), () => take)
    const { coverage } = this.#linker
    const blank = blankFrame(unit)
    return (machine) => {
      machine.tick()
      if (coverage) machine.cover(ir.source, ir.headSpan.start)
      body(machine, blank.slice())
    }
  }

  member(machine: Machine, key: Value): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    // Only the whole set knows where each member came from.
    if (machine.trace !== undefined) {
      const found = lookup(this.evaluate(machine) ?? null, key)
      if (found !== undefined) machine.trace.last = machine.trace.ofMember(cache.values[id] ?? null, found)
      return found
    }
    if (cache.done[id] === true) {
      const all = cache.values[id]
      return all === undefined ? undefined : lookup(all, key)
    }
    const keyed = (cache.keyed[id] ??= new Map())
    const at = keyOf(key)
    if (keyed.has(at)) return keyed.get(at)
    this.#byKey ??= buildIndex(this.group.rules, (rule) => this.#compileKey(rule), this.#linker.indexing)
    let found: Value | undefined
    for (const run of this.#byKey.candidates(machine, NO_ARGS)) {
      if (run(machine, key)) {
        found = key
        break
      }
    }
    keyed.set(at, found)
    return found
  }

  #compileKey(ir: RuleIR): (machine: Machine, key: Value) => boolean {
    const unit: Unit = { linker: this.#linker, slots: ir.slots }
    const { body, slot } = keyedBody(unit, ir, ir.key ?? { k: 'const', value: true }, () => () => true)
    const { coverage } = this.#linker
    const blank = blankFrame(unit)
    return (machine, key) => {
      machine.tick()
      if (coverage) machine.cover(ir.source, ir.headSpan.start)
      const frame = blank.slice()
      frame[slot] = key
      return body(machine, frame)
    }
  }
}

/** A rule's body that runs with one of its keys known from the start. */
function keyedBody(
  unit: Unit,
  ir: RuleIR,
  key: Flat,
  last: (bound: LocalSet) => Next,
): { readonly body: Next; readonly slot: number } {
  if (key.k === 'local' && !key.local.generated) {
    return { body: compileBody(unit, ir.body, new Set([key.local]), last), slot: key.local.slot }
  }
  const local: Local = { name: '__key__', slot: unit.slots++, generated: true, wild: false, span: ir.headSpan }
  const step = {
    k: 'unify',
    left: { k: 'local', local },
    right: key,
    with: [],
    span: ir.headSpan,
    source: ir.source,
    message: false,
  } as const
  return { body: compileBody(unit, [step, ...ir.body], new Set([local]), last), slot: local.slot }
}

/** Partial objects, and everything else whose head has variables in its ref. */
class ObjectGroup implements CompiledGroup {
  readonly group: RuleGroup
  readonly #linker: Linker
  #all: RuleIndex<(machine: Machine, into: TreeBuilder) => void> | undefined
  #byKey: RuleIndex<(machine: Machine, into: TreeBuilder, key: Value) => void> | undefined

  constructor(linker: Linker, group: RuleGroup) {
    this.#linker = linker
    this.group = group
  }

  evaluate(machine: Machine): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    if (cache.done[id] === true) return cache.values[id]
    const builder = new TreeBuilder()
    this.#all ??= buildIndex(this.group.rules, (rule) => this.#compileAll(rule), this.#linker.indexing)
    for (const run of this.#all.candidates(machine, NO_ARGS)) run(machine, builder)
    for (const child of this.group.node.children.values()) this.#collect(machine, builder, [child.key], child)
    const value = builder.build()
    cache.done[id] = true
    cache.values[id] = value
    return value
  }

  member(machine: Machine, key: Value): Value | undefined {
    const { cache } = machine.state
    const { id } = this.group
    if (cache.done[id] === true) {
      const all = cache.values[id]
      return all === undefined ? undefined : lookup(all, key)
    }
    const keyed = (cache.keyed[id] ??= new Map())
    const at: Key = keyOf(key)
    if (keyed.has(at)) return keyed.get(at)
    const builder = new TreeBuilder()
    this.#byKey ??= buildIndex(this.group.rules, (rule) => this.#compileKey(rule), this.#linker.indexing)
    for (const run of this.#byKey.candidates(machine, NO_ARGS)) run(machine, builder, key)
    const child = this.group.node.children.get(at)
    if (child !== undefined) this.#collect(machine, builder, [key], child)
    const value = lookup(builder.build(), key)
    keyed.set(at, value)
    return value
  }

  call(): undefined {
    return undefined
  }

  /** Rules with ground heads below this node. */
  #collect(machine: Machine, builder: TreeBuilder, path: readonly Value[], node: RuleGroup['node']): void {
    const { group } = node
    if (group === undefined) {
      for (const child of node.children.values()) this.#collect(machine, builder, [...path, child.key], child)
      return
    }
    if (group.kind === 'function') return
    const value = this.#linker.group(group).evaluate(machine)
    if (value === undefined) return
    const [rule] = group.rules
    const fail = (): never => {
      if (rule === undefined) throw new RegoError('eval_conflict_error', 'object keys must be unique')
      return conflict(rule, 'object keys must be unique')
    }
    if (group.kind === 'object' || (group.kind === 'set' && value instanceof RegoSet))
      builder.merge(path, value, group.kind === 'set', fail)
    else builder.put(path, value, fail)
  }

  #compileAll(ir: RuleIR): (machine: Machine, into: TreeBuilder) => void {
    const unit: Unit = { linker: this.#linker, slots: ir.slots }
    const store = storer(ir)
    let current: TreeBuilder | undefined
    const body = compileBody(unit, ir.body, new Set(), () => (machine, frame) => {
      if (current !== undefined) store(machine, frame, current)
      return false
    })
    const { coverage } = this.#linker
    const blank = blankFrame(unit)
    return (machine, into) => {
      machine.tick()
      if (coverage) machine.cover(ir.source, ir.headSpan.start)
      const outer = current
      current = into
      body(machine, blank.slice())
      current = outer
    }
  }

  #compileKey(ir: RuleIR): (machine: Machine, into: TreeBuilder, key: Value) => void {
    const unit: Unit = { linker: this.#linker, slots: ir.slots }
    const store = storer(ir)
    let current: TreeBuilder | undefined
    const [first] = ir.suffix
    const { body, slot } = keyedBody(unit, ir, first ?? { k: 'const', value: null }, () => (machine, frame) => {
      if (current !== undefined) store(machine, frame, current)
      return false
    })
    const { coverage } = this.#linker
    const blank = blankFrame(unit)
    return (machine, into, key) => {
      machine.tick()
      if (coverage) machine.cover(ir.source, ir.headSpan.start)
      const frame = blank.slice()
      frame[slot] = key
      const outer = current
      current = into
      body(machine, frame)
      current = outer
    }
  }
}

function storer(ir: RuleIR): (machine: Machine, frame: Frame, into: TreeBuilder) => void {
  const keys: readonly Read[] = ir.suffix.map(readFlat)
  const isSet = ir.key !== undefined && ir.value === undefined
  const read = readFlat((isSet ? ir.key : ir.value) ?? { k: 'const', value: true })
  const fail = (): never => conflict(ir, 'object keys must be unique')
  return (machine, frame, into) => {
    const path: Value[] = []
    for (const key of keys) {
      const value = key(machine, frame)
      if (value === undefined) return
      path.push(value)
    }
    const value = read(machine, frame)
    if (value === undefined) return
    if (isSet) into.add(path, value, fail)
    else into.put(path, value, fail)
  }
}
