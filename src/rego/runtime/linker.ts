/** What compiled bodies know of the rules that they refer to. */
import type { Builtin } from '../builtins/builtin.ts'
import type { RuleGroup, RuleTree } from '../compiler/tree.ts'
import type { Value } from '../value/value.ts'
import type { Machine } from './machine.ts'

/** The rules of one node, compiled when they are first asked for. */
export interface CompiledGroup {
  readonly group: RuleGroup
  /** The whole document; undefined if no rule gives one. */
  evaluate(machine: Machine): Value | undefined
  /** What is below one key of a partial set or object, without the rest of it where that is possible. */
  member(machine: Machine, key: Value): Value | undefined
  call(machine: Machine, args: readonly Value[]): Value | undefined
}

export interface Linker {
  readonly tree: RuleTree
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly indexing: boolean
  readonly coverage: boolean
  readonly provenance: boolean
  group(group: RuleGroup): CompiledGroup
  /** A number of its own for a comprehension whose value is kept. */
  nextComprehension(): number
}

/** The place of variables while the code for one rule is made. */
export interface Unit {
  /** Slots in a frame; grows as code is made. */
  slots: number
  readonly linker: Linker
}
