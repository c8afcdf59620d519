import { type Alias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { ownPair, pairValue, resolveAlias } from '../../parse/yaml/nodes.ts'

/** One Kubernetes object in a document. */
export interface ManifestObject {
  readonly apiVersion: string
  readonly kind: string
  readonly node: YAMLMap
}

/** Nested Lists are legal, though nobody nests them; this only keeps a hostile file from recursing far. */
const MAX_LIST_NESTING = 5

/**
 * The objects of a document: none, one, or the items of a `List` (also of a typed one such as `PodList`, whose items
 * may leave out their kind). A mapping without string `apiVersion` and `kind` is no object.
 */
export function manifestObjects(root: Node, aliases: ReadonlyMap<Alias, Node>): ManifestObject[] {
  return objectsOf(root, aliases, undefined, 0)
}

interface ItemType {
  readonly apiVersion: string
  readonly kind: string
}

function objectsOf(
  node: Node,
  aliases: ReadonlyMap<Alias, Node>,
  implied: ItemType | undefined,
  depth: number,
): ManifestObject[] {
  const map = resolveAlias(node, aliases)
  if (!isMap(map)) return []
  const apiVersion = stringAt(map, 'apiVersion', aliases) ?? implied?.apiVersion
  const kind = stringAt(map, 'kind', aliases) ?? implied?.kind
  if (apiVersion === undefined || kind === undefined) return []
  const items = kind.endsWith('List') ? valueAt(map, 'items', aliases) : undefined
  if (!isSeq(items)) return [{ apiVersion, kind, node: map }]
  if (depth === MAX_LIST_NESTING) return []
  const itemKind = kind.slice(0, -'List'.length)
  const itemType = itemKind === '' ? undefined : { apiVersion, kind: itemKind }
  return items.items.filter(isNode).flatMap((item) => objectsOf(item, aliases, itemType, depth + 1))
}

export function valueAt(map: YAMLMap, key: string, aliases: ReadonlyMap<Alias, Node>): Node | undefined {
  const pair = ownPair(map, key)
  const value = pair && pairValue(pair)
  return value && resolveAlias(value, aliases)
}

function stringAt(map: YAMLMap, key: string, aliases: ReadonlyMap<Alias, Node>): string | undefined {
  const value = valueAt(map, key, aliases)
  return isScalar(value) && typeof value.value === 'string' && value.value !== '' ? value.value : undefined
}
