import { type Alias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { isMergeKey, keyText, mergedMaps, ownPair, pairValue, resolveAlias } from '../parse/yaml/nodes.ts'
import { canonicalNumber } from '../rego/number/decimal.ts'

type Aliases = ReadonlyMap<Alias, Node>

/** Kubernetes reads YAML 1.1, where a leading zero makes a number octal (`defaultMode: 0644`). */
const OCTAL = /^0[0-7]+$/

/**
 * A node as plain JSON values. Numbers that JavaScript cannot hold are `Decimal`, which Rego's values take as they are.
 * The document must be valid: its aliases end, and its depth is bounded.
 */
export function plainValue(node: Node | undefined, aliases: Aliases): unknown {
  const target = node && resolveAlias(node, aliases)
  if (isMap(target)) return plainMap(target, aliases)
  if (isSeq(target)) return target.items.map((item) => plainValue(isNode(item) ? item : undefined, aliases))
  if (!isScalar(target)) return null
  const { value, source = '' } = target
  if (typeof value === 'number') {
    if (OCTAL.test(source)) return Number.parseInt(source, 8)
    return Number.isSafeInteger(value) ? value : (canonicalNumber(source) ?? value)
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

function plainMap(map: YAMLMap, aliases: Aliases): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const pair of map.items) {
    const key = keyText(pair)
    if (key !== undefined) put(result, key, plainValue(pairValue(pair), aliases))
  }
  if (map.items.some(isMergeKey)) {
    for (const source of mergedMaps(map, aliases)) {
      for (const [key, value] of Object.entries(plainMap(source, aliases))) {
        if (!Object.hasOwn(result, key)) put(result, key, value)
      }
    }
  }
  return result
}

function put(result: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') result[key] = value
  else Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true })
}

export interface Located {
  readonly node: Node
  /** How many keys of the path lead to the node; the others are missing. */
  readonly depth: number
}

/** The node at a path of keys and indexes, or the deepest one on the way to it. */
export function nodeAt(root: Node, path: readonly unknown[], aliases: Aliases): Located {
  let node = root
  for (const [depth, key] of path.entries()) {
    const next = child(node, key, aliases)
    if (next === undefined) return { node, depth }
    node = next
  }
  return { node, depth: path.length }
}

function child(node: Node, key: unknown, aliases: Aliases): Node | undefined {
  const target = resolveAlias(node, aliases)
  if (isSeq(target) && typeof key === 'number') {
    const item = target.items[key]
    return isNode(item) ? resolveAlias(item, aliases) : undefined
  }
  return isMap(target) && typeof key === 'string' ? mapMember(target, key, aliases) : undefined
}

function mapMember(map: YAMLMap, key: string, aliases: Aliases): Node | undefined {
  const own = ownPair(map, key)
  if (own !== undefined) {
    const value = pairValue(own)
    return value === undefined ? (isNode(own.key) ? own.key : undefined) : resolveAlias(value, aliases)
  }
  for (const source of map.items.some(isMergeKey) ? mergedMaps(map, aliases) : []) {
    const found = mapMember(source, key, aliases)
    if (found !== undefined) return found
  }
  return undefined
}
