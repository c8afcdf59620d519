import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml'
import type { YamlDocument, YamlFile } from '../../parse/yaml/ast.ts'
import { isMergeKey, pairValue, resolveAlias } from '../../parse/yaml/nodes.ts'
import { changeBlock } from './block.ts'
import { alignItems } from './align.ts'
import type { ItemOrigins } from './change.ts'
import {
  dataKey,
  isMapping,
  isSequence,
  mergedEntries,
  nodeData,
  sameData,
  type YamlData,
  type YamlMapping,
} from './data.ts'
import { changeFlow, flowStyle } from './flow.ts'
import { blockStart, contentEnd, entries, rangeOf, type Slot, type YamlCollection } from './positions.ts'
import { Refusal } from './refusal.ts'
import { type FlowStyle, renderEntry, renderFlow, renderFlowEntry, renderItem } from './render.ts'
import { replaceInline, replaceValue } from './replace.ts'
import type { Splices } from './splices.ts'
import { blockIndent, type YamlStyle } from './style.ts'

export interface ReconcileContext {
  readonly file: YamlFile
  readonly document: YamlDocument
  readonly style: YamlStyle
  readonly splices: Splices
  readonly origins: ItemOrigins
  readonly throughAlias: 'refuse' | 'anchor'
}

/**
 * Changes the text of a value so that it reads as `data`, touching only what differs.
 * @param shared why an edit in here would change other places too; undefined if it would not
 * @throws Refusal
 */
export function reconcile(slot: Slot, data: YamlData, shared: string | undefined, context: ReconcileContext): void {
  const { node } = slot
  const { aliases } = context.document
  if (sameData(nodeData(node, aliases), data)) return
  const target = node && resolveAlias(node, aliases)
  const nested = (isMap(target) && isMapping(data)) || (isSeq(target) && isSequence(data))
  if (node !== undefined && target !== undefined && nested) {
    const reason = isAlias(node) ? `*${node.source} stands here and shares the value with other places` : undefined
    const inner: Slot = isAlias(node) ? { kind: 'root', node: target } : slot
    const innerShared = shared ?? reason ?? anchorShared(target, context)
    if (isMap(target) && isMapping(data)) reconcileMap(inner, target, data, innerShared, context)
    else if (isSeq(target) && isSequence(data)) reconcileSequence(inner, target, data, innerShared, context)
    return
  }
  requireOwn(shared ?? (node && !isAlias(node) ? anchorShared(node, context) : undefined), context)
  if (node !== undefined) keepAnchors(node, context, false)
  replaceValue(slot, data, context, flowOf(slot, context))
}

function requireOwn(shared: string | undefined, context: ReconcileContext): void {
  if (shared !== undefined && context.throughAlias === 'refuse') throw new Refusal(shared)
}

function anchorShared(node: Node, { document, file }: ReconcileContext): string | undefined {
  if (isAlias(node) || node.anchor === undefined) return undefined
  const uses = [...document.aliases].filter(([, target]) => target === node).map(([alias]) => lineOf(alias, file))
  return uses.length === 0
    ? undefined
    : `&${node.anchor} marks this value and it is used again in line ${uses.join(', ')}`
}

function lineOf(alias: Alias, file: YamlFile): number {
  return file.lines.position(rangeOf(alias)[0]).line
}

/**
 * Refuses to take away a text that holds an anchor needed elsewhere.
 * @param whole true if the node goes altogether; false if it gets another content behind its own anchor
 */
function keepAnchors(node: Node, { document, file }: ReconcileContext, whole: boolean): void {
  const [start, end] = rangeOf(node)
  const inside = (other: Node): boolean => start <= rangeOf(other)[0] && rangeOf(other)[1] <= end
  for (const [alias, target] of document.aliases) {
    const lost = target === node ? whole : inside(target) && !inside(alias)
    if (lost) throw new Refusal(`an anchor in here is used in line ${lineOf(alias, file)}`)
  }
}

function reconcileMap(
  slot: Slot,
  map: YAMLMap,
  data: YamlMapping,
  shared: string | undefined,
  context: ReconcileContext,
): void {
  const { aliases } = context.document
  const merged = mergedEntries(map, aliases)
  const removed = new Set<number>()
  const own = new Set<string>()
  for (const [index, pair] of map.items.entries()) {
    if (isMergeKey(pair)) continue
    const key = dataKey(pair, aliases)
    const value = pairValue(pair)
    const wanted = Object.hasOwn(data, key) ? data[key] : undefined
    const again = own.has(key) || map.items.some((other) => other !== pair && dataKey(other, aliases) === key)
    own.add(key)
    if (wanted !== undefined && sameData(nodeData(value, aliases), wanted)) continue
    if (again) throw new Refusal(`the key ${key} is there twice`)
    if (wanted !== undefined) reconcile({ kind: 'pair', parent: map, pair, node: value }, wanted, shared, context)
    else if (merged.has(key)) throw new Refusal(`${key} would come back through <<`)
    else {
      if (value !== undefined) keepAnchors(value, context, true)
      removed.add(index)
    }
  }
  const added = Object.entries(data).filter(([key, value]) => {
    const inherited = merged.get(key)
    return !own.has(key) && (inherited === undefined || !sameData(inherited, value))
  })
  for (const key of merged.keys()) if (!Object.hasOwn(data, key)) throw new Refusal(`${key} comes through <<`)
  if (removed.size === 0 && added.length === 0) return
  requireOwn(shared, context)
  const indent = blockIndent(map)
  if (indent === undefined) {
    const style = styleInside(map, context)
    changeFlowCollection(
      slot,
      map,
      data,
      removed,
      added.map(([key, value]) => renderFlowEntry(key, value, style)),
      context,
    )
  } else {
    const lines = added.flatMap(([key, value]) => renderEntry(key, value, indent, context.style))
    changeBlockCollection(slot, map, removed, lines, indent, context)
  }
}

function reconcileSequence(
  slot: Slot,
  sequence: YAMLSeq,
  data: readonly YamlData[],
  shared: string | undefined,
  context: ReconcileContext,
): void {
  const { aliases } = context.document
  const nodes = sequence.items.map((item) => (isNode(item) ? item : undefined))
  const before = nodes.map((node) => nodeData(node, aliases))
  const origins = context.origins.get(data) ?? alignItems(before, data)
  const kept = new Set<number>()
  const added: YamlData[] = []
  for (const [index, value] of data.entries()) {
    const origin = origins[index]
    if (origin === undefined) added.push(value)
    else {
      kept.add(origin)
      reconcile({ kind: 'item', parent: sequence, index: origin, node: nodes[origin] }, value, shared, context)
    }
  }
  const removed = new Set([...nodes.keys()].filter((index) => !kept.has(index)))
  for (const index of removed) {
    const node = nodes[index]
    if (node !== undefined) keepAnchors(node, context, true)
  }
  if (removed.size === 0 && added.length === 0) return
  requireOwn(shared, context)
  const indent = blockIndent(sequence)
  if (indent === undefined) {
    const style = styleInside(sequence, context)
    changeFlowCollection(
      slot,
      sequence,
      data,
      removed,
      added.map((value) => renderFlow(value, style)),
      context,
    )
  } else {
    const lines = added.flatMap((value) => renderItem(value, indent, context.style))
    changeBlockCollection(slot, sequence, removed, lines, indent, context)
  }
}

function changeBlockCollection(
  slot: Slot,
  collection: YamlCollection,
  removed: ReadonlySet<number>,
  added: readonly string[],
  indent: number,
  context: ReconcileContext,
): void {
  const { file, style, splices } = context
  const { text } = file
  if (removed.size === collection.items.length && added.length === 0) {
    const empty = isMap(collection) ? '{}' : '[]'
    if (slot.kind === 'root') {
      splices.replace({ start: blockStart(text, collection), end: contentEnd(text, collection) }, empty)
    } else replaceInline(slot, empty, text, splices)
    return
  }
  const change = {
    text,
    eol: style.eol,
    entries: entries(text, collection),
    removed,
    added,
    indent,
  }
  changeBlock(change, splices)
}

function changeFlowCollection(
  slot: Slot,
  collection: YamlCollection,
  data: YamlData,
  removed: ReadonlySet<number>,
  added: readonly string[],
  context: ReconcileContext,
): void {
  const { file, style, splices } = context
  if (collection.srcToken === undefined) throw new Refusal('a mapping here is written in an unusual way')
  const [start, end] = rangeOf(collection)
  const close = end - 1
  if (collection.items.length === 0) {
    const commented = file.text.slice(start + 1, close).includes('#')
    const whole = renderFlow(data, flowOf(slot, context))
    if (commented) splices.insert(close, added.join(', '))
    else splices.replace({ start, end }, whole)
    return
  }
  const separator = styleInside(collection, context).compact ? ',' : ', '
  const change = {
    text: file.text,
    eol: style.eol,
    entries: entries(file.text, collection),
    removed,
    added,
    close,
    separator,
  }
  changeFlow(change, splices)
}

/** How to write an entry of this flow collection. */
function styleInside(collection: YamlCollection, { file, style }: ReconcileContext): FlowStyle {
  const keys = isMap(collection) ? collection.items.map((pair) => pair.key) : collection.items
  const quoted = keys.length > 0 && keys.every((key) => isScalar(key) && key.type === 'QUOTE_DOUBLE')
  const last = collection.items.at(-1)
  const offset = (isNode(last) ? last : undefined)?.range?.[0] ?? entries(file.text, collection).at(-1)?.start
  return flowStyle(file, style.quote, style.eol, offset ?? rangeOf(collection)[0], quoted)
}

/** How to write a value in this slot in flow style. */
function flowOf(slot: Slot, context: ReconcileContext): FlowStyle {
  const { file, style } = context
  if (slot.kind !== 'root' && blockIndent(slot.parent) === undefined) return styleInside(slot.parent, context)
  return flowStyle(file, style.quote, style.eol, slot.node ? rangeOf(slot.node)[0] : 0, false)
}
