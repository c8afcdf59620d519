/** Rules, compiled when their document is first asked for. */
import type { RuleGroup } from '../compiler/tree.ts'
import type { CompiledGroup, Linker } from './linker.ts'
import { ObjectGroup } from './object-group.ts'
import { SetGroup } from './set-group.ts'
import { ValueGroup } from './value-group.ts'

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
