/** Collects what rules with variables in their heads give: values at paths, which must not contradict each other. */
import {
  equalValues,
  keyOf,
  ObjectBuilder,
  RegoObject,
  RegoSet,
  SetBuilder,
  type Key,
  type Value,
} from '../value/value.ts'

interface Branch {
  readonly kind: 'branch'
  readonly members: Map<Key, { readonly key: Value; node: Entry }>
}

type Entry =
  | Branch
  | { readonly kind: 'leaf'; readonly value: Value }
  | { readonly kind: 'set'; readonly members: SetBuilder }

export class TreeBuilder {
  readonly #root: Branch = { kind: 'branch', members: new Map() }

  /** `fail` is called where another value is there already. */
  put(path: readonly Value[], value: Value, fail: () => never): void {
    const { branch, key } = this.#parent(path, fail)
    const at = keyOf(key)
    const known = branch.members.get(at)
    if (known === undefined) branch.members.set(at, { key, node: { kind: 'leaf', value } })
    else if (known.node.kind !== 'leaf' || !equalValues(known.node.value, value)) fail()
  }

  /** Adds a member to the set at a path. */
  add(path: readonly Value[], member: Value, fail: () => never): void {
    this.#set(path, fail).add(member)
  }

  /** What other rules collected below a path. */
  merge(path: readonly Value[], value: Value, isSet: boolean, fail: () => never): void {
    if (isSet && value instanceof RegoSet) {
      const set = this.#set(path, fail)
      for (const member of value.unsorted()) set.add(member)
      return
    }
    if (value instanceof RegoObject) {
      if (value.size === 0) this.#branch(path, fail)
      for (const [key, member] of value) this.merge([...path, key], member, member instanceof RegoSet, fail)
    } else this.put(path, value, fail)
  }

  #set(path: readonly Value[], fail: () => never): SetBuilder {
    const { branch, key } = this.#parent(path, fail)
    const at = keyOf(key)
    const known = branch.members.get(at)
    if (known === undefined) {
      const members = new SetBuilder()
      branch.members.set(at, { key, node: { kind: 'set', members } })
      return members
    }
    return known.node.kind === 'set' ? known.node.members : fail()
  }

  #parent(path: readonly Value[], fail: () => never): { readonly branch: Branch; readonly key: Value } {
    return { branch: this.#branch(path.slice(0, -1), fail), key: path.at(-1) ?? null }
  }

  #branch(path: readonly Value[], fail: () => never): Branch {
    let branch = this.#root
    for (const key of path) {
      const at = keyOf(key)
      let entry = branch.members.get(at)
      if (entry === undefined) {
        entry = { key, node: { kind: 'branch', members: new Map() } }
        branch.members.set(at, entry)
      }
      if (entry.node.kind !== 'branch') return fail()
      branch = entry.node
    }
    return branch
  }

  build(): Value {
    return finish(this.#root)
  }
}

function finish(entry: Entry): Value {
  if (entry.kind === 'leaf') return entry.value
  if (entry.kind === 'set') return entry.members.build()
  const builder = new ObjectBuilder()
  for (const { key, node } of entry.members.values()) builder.set(key, finish(node))
  return builder.build()
}
