import { type Alias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { isMergeKey, keyText, mergedMaps, pairValue, resolveAlias } from '../../parse/yaml/nodes.ts'

/** What can be written into a YAML file: plain JSON data. */
export type YamlData = string | number | boolean | null | readonly YamlData[] | YamlMapping

export interface YamlMapping {
  readonly [key: string]: YamlData
}

export function isMapping(data: YamlData): data is YamlMapping {
  return typeof data === 'object' && data !== null && !isSequence(data)
}

export function isSequence(data: YamlData): data is readonly YamlData[] {
  return Array.isArray(data)
}

/** True for what is written on one line even in block style: scalars, `{}` and `[]`. */
export function isInline(data: YamlData): boolean {
  return isSequence(data) ? data.length === 0 : !isMapping(data) || Object.keys(data).length === 0
}

/** A node of a valid document as data, aliases and merge keys resolved. Keys become strings; the last of two counts. */
export function nodeData(node: Node | undefined, aliases: ReadonlyMap<Alias, Node>): YamlData {
  const target = node && resolveAlias(node, aliases)
  if (isMap(target)) return Object.fromEntries(mapEntries(target, aliases))
  if (isSeq(target)) return target.items.map((item) => nodeData(isNode(item) ? item : undefined, aliases))
  if (!isScalar(target)) return null
  const { value } = target
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : String(value)
}

function mapEntries(map: YAMLMap, aliases: ReadonlyMap<Alias, Node>): Map<string, YamlData> {
  const entries = new Map<string, YamlData>()
  for (const pair of map.items) {
    if (isMergeKey(pair)) continue
    entries.set(dataKey(pair, aliases), nodeData(pairValue(pair), aliases))
  }
  for (const [key, value] of mergedEntries(map, aliases)) if (!entries.has(key)) entries.set(key, value)
  return entries
}

/** What `<<` brings into a mapping, whether or not the mapping overrides it. */
export function mergedEntries(map: YAMLMap, aliases: ReadonlyMap<Alias, Node>): Map<string, YamlData> {
  const entries = new Map<string, YamlData>()
  for (const source of mergedMaps(map, aliases)) {
    for (const [key, value] of mapEntries(source, aliases)) if (!entries.has(key)) entries.set(key, value)
  }
  return entries
}

/** A pair's key in data; a key that is a collection gives its JSON text. */
export function dataKey(pair: Pair, aliases: ReadonlyMap<Alias, Node>): string {
  return keyText(pair) ?? JSON.stringify(nodeData(isNode(pair.key) ? pair.key : undefined, aliases))
}

/** Equality of data; the order of keys does not count. */
export function sameData(a: YamlData, b: YamlData): boolean {
  if (isSequence(a)) {
    return isSequence(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i] ?? null))
  }
  if (isMapping(a)) {
    if (!isMapping(b)) return false
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameData(a[key] ?? null, b[key] ?? null))
    )
  }
  return Object.is(a, b) || (a === 0 && b === 0)
}
