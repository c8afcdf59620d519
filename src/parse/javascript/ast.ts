import type { File, Node } from '@babel/types'
import type { Span } from '../../text/span.ts'
import type { ParsedFile } from '../document.ts'

/** A TypeScript or JavaScript file. Offsets of the tree are offsets into the file's text. */
export interface JavaScriptFile extends ParsedFile {
  readonly language: 'javascript'
  /** Undefined if the file could not be read; the diagnostics say why. */
  readonly tree: File | undefined
}

export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  )
}

export function spanOf(node: Node): Span {
  return { start: node.start ?? 0, end: node.end ?? node.start ?? 0 }
}

/** All nodes below (and with) one, in the order of the text. Uses no recursion: generated code nests deeply. */
export function* walk(root: Node): Generator<Node> {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node
    for (const child of childrenOf(node).sort((a, b) => (b.start ?? 0) - (a.start ?? 0))) stack.push(child)
  }
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  const fields: readonly [string, unknown][] = Object.entries(node)
  for (const [key, value] of fields) {
    if (typeof value !== 'object' || value === null) continue
    if (key.endsWith('Comments') || key === 'tokens' || key === 'errors') continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) children.push(child)
  }
  return children
}
