/** `with`: another input, data or function for one step. */
import type { WithIR } from '../compiler/ir.ts'
import type { Value } from '../value/value.ts'
import { withPath } from './access.ts'
import type { Make } from './calls.ts'
import { readFlat } from './flat.ts'
import type { Linker, Unit } from './linker.ts'
import { Cache, type Frame, type Machine, type Mock, type State } from './machine.ts'

type Change = (machine: Machine, frame: Frame, draft: Draft) => boolean

interface Draft {
  input: Value | undefined
  data: Value
  overrides: (readonly Value[])[]
  mocks: Map<string, Mock> | undefined
}

export function makeWith(unit: Unit, withs: readonly WithIR[], make: Make): Make {
  const changes = withs.map((each) => change(unit.linker, each))
  return (next) => {
    // What follows the step sees what held before it.
    const inner = make((machine, frame) => {
      const state = machine.state
      if (state.outer !== undefined) machine.state = state.outer
      const stop = next(machine, frame)
      machine.state = state
      return stop
    })
    return (machine, frame) => {
      const outer = machine.state
      const draft: Draft = {
        input: outer.input,
        data: outer.data,
        overrides: [...outer.overrides],
        mocks: outer.mocks === undefined ? undefined : new Map(outer.mocks),
      }
      for (const apply of changes) if (!apply(machine, frame, draft)) return false
      const state: State = { ...draft, cache: new Cache(), outer }
      machine.state = state
      const stop = inner(machine, frame)
      machine.state = outer
      return stop
    }
  }
}

function change(linker: Linker, step: WithIR): Change {
  if (step.kind === 'mock') return changeMock(linker, step)
  const read = readFlat(step.value)
  const { path, kind } = step
  return (machine, frame, draft) => {
    const value = read(machine, frame)
    if (value === undefined) return false
    if (kind === 'input') draft.input = withPath(draft.input, path, value)
    else {
      draft.data = withPath(draft.data, path, value)
      draft.overrides.push(path)
    }
    return true
  }
}

function changeMock(linker: Linker, { name, by }: WithIR & { readonly kind: 'mock' }): Change {
  if ('k' in by) {
    const read = readFlat(by)
    return (machine, frame, draft) => {
      const value = read(machine, frame)
      if (value === undefined) return false
      draft.mocks ??= new Map()
      draft.mocks.set(name, { kind: 'value', value })
      return true
    }
  }
  const mock = (): Mock => {
    if (by.kind === 'builtin') return { kind: 'builtin', builtin: by.builtin }
    const group = linker.tree.find(by.path)?.group
    return group === undefined ? { kind: 'value', value: false } : { kind: 'function', compiled: linker.group(group) }
  }
  return (_machine, _frame, draft) => {
    draft.mocks ??= new Map()
    draft.mocks.set(name, mock())
    return true
  }
}
