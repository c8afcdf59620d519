/** Partial sets. */
import type { RuleIR } from '../compiler/ir.ts'
import type { RuleGroup } from '../compiler/tree.ts'
import { keyOf, SetBuilder, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import { readFlat } from './flat.ts'
import type { CompiledGroup, Linker, Unit } from './linker.ts'
import { blankFrame, type Machine, type Next } from './machine.ts'
import { keyedBody, NO_ARGS, traceDocument } from './rule-common.ts'
import { buildIndex, type RuleIndex } from './rule-index.ts'
import { compileBody } from './steps.ts'

export class SetGroup implements CompiledGroup {
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
