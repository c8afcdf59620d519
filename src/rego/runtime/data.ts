/** `data`: documents that rules define, over those that were loaded. */
import type { RuleNode } from '../compiler/tree.ts'
import { compareValues, equalValues, keyOf, ObjectBuilder, RegoObject, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import type { KeyMode } from './flat.ts'
import type { Linker } from './linker.ts'
import type { Frame, Machine, Next, Take } from './machine.ts'
import { traceKeys } from './provenance.ts'
import { enumerate, followKey } from './refs.ts'

/** True where `with` has put a value in the place of a node's rules. */
function isOverridden(machine: Machine, node: RuleNode): boolean {
  const { overrides } = machine.state
  if (overrides.length === 0) return false
  const { path } = node
  return overrides.some(
    (override) =>
      override.length <= path.length && override.every((key, index) => equalValues(key, path[index] ?? null)),
  )
}

/** Everything below a node: what rules give, over what was loaded. */
function extent(linker: Linker, machine: Machine, node: RuleNode, base: Value | undefined): Value | undefined {
  machine.tick()
  const builder = new ObjectBuilder()
  if (base instanceof RegoObject) for (const key of base.unsortedKeys()) builder.set(key, base.get(key) ?? null)
  for (const child of node.children.values()) {
    const below = base === undefined ? undefined : lookup(base, child.key)
    const value = nodeValue(linker, machine, child, below)
    if (value !== undefined) builder.set(child.key, below === undefined ? value : merged(below, value))
  }
  return builder.build()
}

/** Where a whole document is asked for, what was loaded wins over what rules give. */
function merged(base: Value, value: Value): Value {
  if (base === value || !(base instanceof RegoObject) || !(value instanceof RegoObject)) return base
  const builder = new ObjectBuilder()
  for (const [key, member] of value) builder.set(key, member)
  for (const [key, member] of base) {
    const other = value.get(key)
    builder.set(key, other === undefined ? member : merged(member, other))
  }
  return builder.build()
}

function nodeValue(linker: Linker, machine: Machine, node: RuleNode, base: Value | undefined): Value | undefined {
  if (isOverridden(machine, node)) return base
  if (node.group === undefined) return extent(linker, machine, node, base)
  return node.group.kind === 'function' ? undefined : linker.group(node.group).evaluate(machine)
}

/** In loaded documents an integer also stands for the member of that name, as paths of OPA's store do. */
function lookupLoaded(value: Value, key: Value): Value | undefined {
  const found = lookup(value, key)
  if (found !== undefined || typeof key !== 'number' || !(value instanceof RegoObject)) return found
  return value.getString(String(key))
}

/** Follows a ref below `data`. The code for what comes after a document was found is made once for each position. */
export function followData(linker: Linker, modes: readonly KeyMode[], last: Take, message: boolean): Next {
  if (linker.provenance) return traceData(linker, modes, last, message)
  const after: Take[] = [last]
  for (let index = modes.length - 1; index >= 0; index--) {
    const mode = modes[index]
    const next = after[0]
    if (mode !== undefined && next !== undefined) after.unshift(followKey(mode, next))
  }
  const walker = new Walker(linker, modes, after)
  const direct = directGroup(linker, modes)
  if (direct === undefined)
    return (machine, frame) => walker.at(machine, frame, linker.tree.root, machine.state.data, 0)
  const { group, depth } = direct
  const next = after[depth]
  if (group.kind === 'complete' && next !== undefined) {
    // The common case: the value of a rule.
    const compiled = linker.group(group)
    return (machine, frame) => {
      if (machine.state.overrides.length > 0) return walker.at(machine, frame, linker.tree.root, machine.state.data, 0)
      const value = compiled.evaluate(machine)
      return value !== undefined && next(machine, frame, value)
    }
  }
  return (machine, frame) => {
    if (machine.state.overrides.length > 0) return walker.at(machine, frame, linker.tree.root, machine.state.data, 0)
    return walker.inGroup(machine, frame, group.node, depth)
  }
}

function traceData(linker: Linker, modes: readonly KeyMode[], last: Take, message: boolean): Next {
  const after: Take[] = []
  for (let index = 0; index <= modes.length; index++) {
    const follow = traceKeys(modes, last, message, index)
    after.push((machine, frame, value) => {
      const { trace } = machine
      if (trace === undefined) return follow(machine, frame, value)
      const origins = trace.last
      trace.last = []
      return trace.along(origins, () => follow(machine, frame, value))
    })
  }
  const walker = new Walker(linker, modes, after)
  return (machine, frame) => {
    if (machine.trace !== undefined) machine.trace.last = []
    return walker.at(machine, frame, linker.tree.root, machine.state.data, 0)
  }
}

function directGroup(linker: Linker, modes: readonly KeyMode[]) {
  let node: RuleNode = linker.tree.root
  for (let depth = 0; ; depth++) {
    if (node.group !== undefined) return { group: node.group, depth }
    const mode = modes[depth]
    const child = mode?.kind === 'const' ? node.children.get(keyOf(mode.value)) : undefined
    if (child === undefined) return undefined
    node = child
  }
}

class Walker {
  readonly #linker: Linker
  readonly #modes: readonly KeyMode[]
  /** What follows once the keys before a position are used up. */
  readonly #after: readonly Take[]

  constructor(linker: Linker, modes: readonly KeyMode[], after: readonly Take[]) {
    this.#linker = linker
    this.#modes = modes
    this.#after = after
  }

  #value(machine: Machine, frame: Frame, depth: number, value: Value | undefined): boolean {
    const next = this.#after[depth]
    return value !== undefined && next !== undefined && next(machine, frame, value)
  }

  at(machine: Machine, frame: Frame, node: RuleNode | undefined, base: Value | undefined, depth: number): boolean {
    if (node === undefined || isOverridden(machine, node)) return this.#loaded(machine, frame, base, depth)
    if (node.group !== undefined) return this.inGroup(machine, frame, node, depth)
    const mode = this.#modes[depth]
    if (mode === undefined) return this.#value(machine, frame, depth, extent(this.#linker, machine, node, base))
    if (mode.kind === 'const' || mode.kind === 'read') {
      const key = mode.kind === 'const' ? mode.value : mode.read(machine, frame)
      if (key === undefined) return false
      const below = base === undefined ? undefined : lookupLoaded(base, key)
      return this.at(machine, frame, node.children.get(keyOf(key)), below, depth + 1)
    }
    return this.#eachChild(machine, frame, node, base, depth, mode)
  }

  /** Below here are no rules. */
  #loaded(machine: Machine, frame: Frame, base: Value | undefined, depth: number): boolean {
    let value = base
    for (let at = depth; value !== undefined; at++) {
      const mode = this.#modes[at]
      if (mode?.kind !== 'const' && mode?.kind !== 'read') return this.#value(machine, frame, at, value)
      const key = mode.kind === 'const' ? mode.value : mode.read(machine, frame)
      value = key === undefined ? undefined : lookupLoaded(value, key)
    }
    return false
  }

  #eachChild(
    machine: Machine,
    frame: Frame,
    node: RuleNode,
    base: Value | undefined,
    depth: number,
    mode: KeyMode,
  ): boolean {
    const take = (key: Value, below: Value | undefined): boolean => {
      machine.tick()
      if (mode.kind === 'bind') frame[mode.slot] = key
      else if (mode.kind === 'match' && !mode.match(machine, frame, key)) return false
      return this.at(machine, frame, node.children.get(keyOf(key)), below, depth + 1)
    }
    if (base !== undefined && enumerate(base, take)) return true
    const children = [...node.children.values()].sort((a, b) => compareValues(a.key, b.key))
    return children.some(
      (child) => (base === undefined || lookup(base, child.key) === undefined) && take(child.key, undefined),
    )
  }

  inGroup(machine: Machine, frame: Frame, node: RuleNode, depth: number): boolean {
    const { group } = node
    if (group === undefined || group.kind === 'function') return false
    const compiled = this.#linker.group(group)
    const mode = this.#modes[depth]
    if (group.kind !== 'complete' && mode !== undefined && (mode.kind === 'const' || mode.kind === 'read')) {
      const key = mode.kind === 'const' ? mode.value : mode.read(machine, frame)
      return key !== undefined && this.#value(machine, frame, depth + 1, compiled.member(machine, key))
    }
    return this.#value(machine, frame, depth, compiled.evaluate(machine))
  }
}
