import {
  type CST,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { pairValue } from '../../parse/yaml/nodes.ts'
import type { Span } from '../../text/span.ts'
import { Refusal } from './refusal.ts'
import { blockIndent } from './style.ts'

export type YamlCollection = YAMLMap | YAMLSeq

/** Where a value stands: what has to be known to replace it. */
export type Slot =
  | { readonly kind: 'root'; readonly node: Node }
  | {
      readonly kind: 'pair'
      readonly parent: YAMLMap
      readonly pair: Pair
      readonly node: Node | undefined
    }
  | {
      readonly kind: 'item'
      readonly parent: YAMLSeq
      readonly index: number
      readonly node: Node | undefined
    }

/** One pair or item of a collection in the text: from its key, dash or first character to the end of its content. */
export interface Entry extends Span {
  /** What its text ends with; undefined for a key without a value. */
  readonly last: Node | undefined
  /** True for `? key`. */
  readonly explicit: boolean
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** The end of the line that holds an offset, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  if (newline === -1) return text.length
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline
}

/** The start of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline === -1 ? text.length : newline + 1
}

export function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === ''
}

export function isBlockCollection(node: Node | undefined): node is YamlCollection {
  return node !== undefined && blockIndent(node) !== undefined
}

export function isBlockScalar(node: Node | undefined): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
}

/** True if nothing is written where the node stands: `key:`. */
export function isEmptyNode(node: Node | undefined): boolean {
  if (node === undefined) return true
  const [start, end] = rangeOf(node)
  return isScalar(node) && start === end
}

export function rangeOf(node: Node): readonly [number, number] {
  const [start, end] = node.range ?? [0, 0]
  return [start, end]
}

/** Where the content of a node ends: before comments, trailing space and the last line break. */
export function contentEnd(text: string, node: Node): number {
  const [start, end] = rangeOf(node)
  if (isBlockCollection(node)) {
    const last = lastEntry(text, node)
    return last === undefined ? end : last.end
  }
  if (!isBlockScalar(node)) return end
  return start + text.slice(start, end).trimEnd().length
}

/** Where a block collection's text begins, the properties of its first key included. */
export function blockStart(text: string, node: YamlCollection): number {
  return Math.min(rangeOf(node)[0], entries(text, node)[0]?.start ?? Number.POSITIVE_INFINITY)
}

function lastEntry(text: string, collection: YamlCollection): Entry | undefined {
  return entries(text, collection).at(-1)
}

/** @throws Refusal for the mapping in `[a: 1]`, which has no text of its own. */
export function entries(text: string, collection: YamlCollection): Entry[] {
  if (isMap(collection)) return collection.items.map((pair) => pairEntry(text, pair))
  const tokens = itemTokens(collection)
  return collection.items.map((item, index) => {
    const node = isPair(item) || !isNode(item) ? undefined : item
    const token = tokens[index]
    if (token === undefined || node === undefined) throw new Refusal('a sequence here is written in an unusual way')
    const own = token.start.find((part) => part.type === 'seq-item-ind') ?? properties(token.start)[0]
    const start = own?.offset ?? rangeOf(node)[0]
    return {
      start,
      end: Math.max(contentEnd(text, node), afterParts(token.start) ?? 0),
      last: node,
      explicit: false,
    }
  })
}

function pairEntry(text: string, pair: Pair): Entry {
  const token = pair.srcToken
  if (token === undefined) throw new Refusal('a mapping here is written in an unusual way')
  const key = isNode(pair.key) ? pair.key : undefined
  const value = pairValue(pair)
  const explicit = token.start.some((part) => part.type === 'explicit-key-ind')
  const first =
    token.start.find((part) => part.type === 'explicit-key-ind') ??
    properties(token.start)[0] ??
    token.key ??
    token.sep?.find((part) => part.type === 'map-value-ind')
  const start = first?.offset ?? (key ? rangeOf(key)[0] : 0)
  const last = value ?? key
  const end = Math.max(last === undefined ? start : contentEnd(text, last), afterParts(token.sep) ?? 0)
  return { start, end, last: value, explicit }
}

/** The tokens of a sequence's items, one for each; those that hold only comments left out. */
function itemTokens(sequence: YAMLSeq): CST.CollectionItem[] {
  const token = sequence.srcToken
  if (token?.type === 'block-seq') {
    return token.items.filter((item) => item.start.some((part) => part.type === 'seq-item-ind'))
  }
  if (token?.type === 'flow-collection') {
    return token.items.filter(
      (item) => item.value != null || item.key != null || item.sep !== undefined || properties(item.start).length > 0,
    )
  }
  return []
}

/** The end of what precedes the value: `key:`, a dash, and its anchor or tag. Undefined for a key alone. */
export function headEnd(slot: Slot): number | undefined {
  if (slot.kind === 'root') return undefined
  return afterParts(slot.kind === 'pair' ? slot.pair.srcToken?.sep : itemTokens(slot.parent)[slot.index]?.start)
}

function afterParts(parts: readonly CST.SourceToken[] | undefined): number | undefined {
  const last = parts?.findLast((part) => /^(?:map-value-ind|seq-item-ind|anchor|tag)$/.test(part.type))
  return last && last.offset + last.source.length
}

function properties(parts: readonly CST.SourceToken[]): CST.SourceToken[] {
  return parts.filter((part) => part.type === 'anchor' || part.type === 'tag')
}

/** Where whole lines can be added after an entry: the end of its last line, or past a block scalar. */
export function pointAfter(text: string, entry: Entry): number {
  const scalar = entry.last && trailingBlockScalar(text, entry.last)
  // Blank lines may belong to a block scalar, so what follows it comes after all of it.
  return scalar === undefined ? lineEnd(text, entry.end) : rangeOf(scalar)[1]
}

function trailingBlockScalar(text: string, node: Node): Node | undefined {
  if (isBlockScalar(node)) return node
  if (!isCollection(node) || !isBlockCollection(node)) return undefined
  const last = lastEntry(text, node)?.last
  return last && trailingBlockScalar(text, last)
}
