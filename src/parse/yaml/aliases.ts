import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { isMergeKey } from './nodes.ts'

/** A document whose aliases write out to more nodes than this is taken for an attack. */
const MAX_EXPANDED_NODES = 100_000
/** As the nesting limit of the parser, but counted through aliases. */
const MAX_EXPANDED_DEPTH = 400

interface NodeProblem {
  readonly code: 'yaml-unknown-alias' | 'yaml-alias-cycle' | 'yaml-alias-bomb' | 'yaml-duplicate-key'
  readonly node: Node
  readonly message: string
  /** False if the document can still be read. */
  readonly fatal: boolean
}

export interface LinkedNodes {
  readonly aliases: ReadonlyMap<Alias, Node>
  readonly problems: readonly NodeProblem[]
  /** True if a mapping is the key of another one, which is how `{{ .Values.x }}` reads as YAML. */
  readonly hasMapAsKey: boolean
}

interface Extent {
  readonly nodes: number
  readonly depth: number
}

interface Anchor {
  readonly node: Node
  /** Undefined while the anchored node is still being walked: an alias to it would be a cycle. */
  extent: Extent | undefined
}

/**
 * Finds what every alias stands for, duplicate keys, and documents that would explode when aliases are written out.
 * The nesting of `root` must be bounded: this recurses.
 */
export function linkNodes(root: Node): LinkedNodes {
  const aliases = new Map<Alias, Node>()
  const anchors = new Map<string, Anchor>()
  const problems: NodeProblem[] = []
  let hasMapAsKey = false
  let exploded = false

  function walk(node: Node): Extent {
    if (isAlias(node)) return walkAlias(node)
    const anchor: Anchor | undefined =
      node.anchor === undefined || node.anchor === '' ? undefined : { node, extent: undefined }
    if (anchor && node.anchor !== undefined) anchors.set(node.anchor, anchor)
    const extent = walkChildren(node)
    if (anchor) anchor.extent = extent
    if (!exploded && (extent.nodes > MAX_EXPANDED_NODES || extent.depth > MAX_EXPANDED_DEPTH) && aliases.size > 0) {
      exploded = true
      const message = 'The aliases of this document write out to more than the reader accepts. Use fewer of them.'
      problems.push({ code: 'yaml-alias-bomb', node, message, fatal: true })
    }
    return extent
  }

  function walkAlias(node: Alias): Extent {
    const anchor = anchors.get(node.source)
    if (anchor?.extent === undefined) {
      const [code, message] =
        anchor === undefined
          ? ([
              'yaml-unknown-alias',
              `No anchor &${node.source} comes before this alias. Define it or correct the name.`,
            ] as const)
          : ([
              'yaml-alias-cycle',
              `This alias lies inside what &${node.source} marks, so it has no end. Remove it.`,
            ] as const)
      problems.push({ code, node, message, fatal: true })
      return { nodes: 1, depth: 1 }
    }
    aliases.set(node, anchor.node)
    return anchor.extent
  }

  function walkChildren(node: Node): Extent {
    let nodes = 1
    let depth = 0
    const add = (child: unknown): void => {
      if (!isNode(child)) return
      const extent = walk(child)
      nodes = Math.min(nodes + extent.nodes, Number.MAX_SAFE_INTEGER)
      depth = Math.max(depth, extent.depth)
    }
    if (isSeq(node)) node.items.forEach(add)
    if (isMap(node)) {
      const seen = new Set<unknown>()
      for (const pair of node.items) {
        checkKey(pair, seen)
        add(pair.key)
        add(pair.value)
      }
    }
    return { nodes, depth: depth + 1 }
  }

  function checkKey(pair: Pair, seen: Set<unknown>): void {
    if (isMap(pair.key)) hasMapAsKey = true
    if (!isScalar(pair.key) || isMergeKey(pair)) return
    if (seen.has(pair.key.value)) {
      const message = `The key ${String(pair.key.value)} is here twice; readers differ on which one counts. Remove one.`
      problems.push({ code: 'yaml-duplicate-key', node: pair.key, message, fatal: false })
    }
    seen.add(pair.key.value)
  }

  walk(root)
  return { aliases, problems, hasMapAsKey }
}
