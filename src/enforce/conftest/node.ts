/** What an input file says, with the places in its text. */
import { ObjectBuilder, type Value } from '../../rego/value/value.ts'
import type { Span } from '../../text/span.ts'

interface Placed {
  /** Missing where the format's reader knows no places. */
  readonly span?: Span | undefined
  /** Of the key that it stands under. */
  readonly keySpan?: Span | undefined
}

export type InputNode = ScalarNode | ListNode | MapNode

export interface ScalarNode extends Placed {
  readonly kind: 'scalar'
  readonly value: Value
}

export interface ListNode extends Placed {
  readonly kind: 'list'
  readonly items: readonly InputNode[]
}

export interface MapNode extends Placed {
  readonly kind: 'map'
  readonly members: ReadonlyMap<string, InputNode>
}

export function scalar(value: Value, span?: Span): ScalarNode {
  return { kind: 'scalar', value, span }
}

export function list(items: readonly InputNode[], span?: Span): ListNode {
  return { kind: 'list', items, span }
}

export function map(members: ReadonlyMap<string, InputNode>, span?: Span): MapNode {
  return { kind: 'map', members, span }
}

export function underKey<T extends InputNode>(node: T, keySpan: Span): T {
  return { ...node, keySpan }
}

export function valueOf(node: InputNode): Value {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(valueOf)
    case 'map': {
      const builder = new ObjectBuilder()
      for (const [key, member] of node.members) builder.set(key, valueOf(member))
      return builder.build()
    }
  }
}

/**
 * The place of a path from `input` on; of its nearest parent with a place, if what it names is not there. A scalar is pointed at itself,
 * a collection by its key.
 */
export function locate(root: InputNode, path: readonly Value[]): Span | undefined {
  let node: InputNode | undefined = root
  let found = placeOf(root)
  for (const key of path) {
    node = childOf(node, key)
    if (node === undefined) break
    found = placeOf(node) ?? found
  }
  return found
}

function childOf(node: InputNode, key: Value): InputNode | undefined {
  if (node.kind === 'list' && typeof key === 'number') return node.items[key]
  if (node.kind === 'map' && typeof key === 'string') return node.members.get(key)
  return undefined
}

function placeOf({ kind, span, keySpan }: InputNode): Span | undefined {
  if (kind === 'scalar' && span !== undefined && span.end > span.start) return span
  return keySpan ?? span
}
