import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'

/** The node behind any number of aliases. */
export function resolveAlias(node: Node, aliases: ReadonlyMap<Alias, Node>): Node | undefined {
  let current: Node | undefined = node
  while (current !== undefined && isAlias(current)) current = aliases.get(current)
  return current
}

/** A pair's key as Kubernetes and JSON see it: always a string. Undefined for a key that is a collection or an alias. */
export function keyText(pair: Pair): string | undefined {
  if (!isScalar(pair.key) || isMergeKey(pair)) return undefined
  const { value } = pair.key
  return typeof value === 'string' ? value : value === null ? 'null' : String(value)
}

/** True for `<<`, which the library turns into a symbol. */
export function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && typeof pair.key.value === 'symbol'
}

/** The pair's value if something is written there; `key:` has an empty scalar, a bare `? key` has nothing. */
export function pairValue(pair: Pair): Node | undefined {
  return isNode(pair.value) ? pair.value : undefined
}

/** The pair that sets `key` in this mapping itself, merge keys aside. The last one, if the key is there twice. */
export function ownPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => keyText(pair) === key)
}

/** The mappings that `<<` brings in, the strongest first. */
export function mergedMaps(map: YAMLMap, aliases: ReadonlyMap<Alias, Node>): YAMLMap[] {
  const sources = map.items.filter(isMergeKey).flatMap((pair) => {
    const node = pairValue(pair)
    const value = node && resolveAlias(node, aliases)
    if (isSeq(value)) return value.items.map((item) => (isNode(item) ? resolveAlias(item, aliases) : undefined))
    return [value]
  })
  return sources.filter((source) => isMap(source))
}
