/** Partial objects, and everything else whose head has variables in its ref. */
import type { RuleIR } from '../compiler/ir.ts'
import type { RuleGroup } from '../compiler/tree.ts'
import { RegoError } from '../errors.ts'
import { keyOf, RegoSet, type Key, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import { readFlat } from './flat.ts'
import type { CompiledGroup, Linker, Unit } from './linker.ts'
import { blankFrame, type Frame, type Machine, type Read } from './machine.ts'
import { conflict, keyedBody, NO_ARGS } from './rule-common.ts'
import { buildIndex, type RuleIndex } from './rule-index.ts'
import { compileBody } from './steps.ts'
import { TreeBuilder } from './tree-builder.ts'

export class ObjectGroup implements CompiledGroup {
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
