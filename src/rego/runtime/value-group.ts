/** Complete documents, and functions. */
import type { Local, RuleIR } from '../compiler/ir.ts'
import type { RuleGroup } from '../compiler/tree.ts'
import { equalValues, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import { readFlat } from './flat.ts'
import type { CompiledGroup, Linker, Unit } from './linker.ts'
import { blankFrame, type Machine, type Next } from './machine.ts'
import { CallMemo } from './memo.ts'
import { conflict, NO_ARGS, recall, traceDocument, traceRule } from './rule-common.ts'
import { buildIndex, type RuleIndex } from './rule-index.ts'
import { compileBody } from './steps.ts'

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

export class ValueGroup implements CompiledGroup {
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
