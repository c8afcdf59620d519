import { isScalar, type Node } from 'yaml'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { isInline, type YamlData } from './data.ts'
import {
  blockStart,
  contentEnd,
  headEnd,
  isBlockCollection,
  isEmptyNode,
  lineEnd,
  lineStart,
  rangeOf,
  type Slot,
} from './positions.ts'
import { Refusal } from './refusal.ts'
import { type FlowStyle, type Quote, renderCompact, renderFlow, renderNested, renderScalar } from './render.ts'
import type { Splices } from './splices.ts'
import { blockIndent, type YamlStyle } from './style.ts'

interface ReplaceContext {
  readonly file: YamlFile
  readonly style: YamlStyle
  readonly splices: Splices
}

/**
 * Writes another value into a slot: on one line where the value or the surroundings ask for it, else as a block.
 * @throws Refusal
 */
export function replaceValue(slot: Slot, data: YamlData, context: ReplaceContext, flow: FlowStyle): void {
  const { node } = slot
  const { text } = context.file
  if (node?.tag !== undefined) throw new Refusal(`the value carries the tag ${node.tag}`)
  if (slot.kind === 'root') throw new Refusal('the whole document would be replaced')
  const indent = blockIndent(slot.parent)
  const inFlow = indent === undefined || (node !== undefined && isFlowWithContent(node))
  if (!inFlow && !isInline(data)) {
    replaceByBlock(slot, data, indent, context)
    return
  }
  const quotes = flow.json ? undefined : quotesOf(node)
  const inline =
    typeof data === 'string' && quotes !== undefined ? renderScalar(data, quotes, true) : renderFlow(data, flow)
  replaceInline(slot, inline, text, context.splices)
}

function isFlowWithContent(node: Node): boolean {
  return 'items' in node && node.items.length > 0 && !isBlockCollection(node)
}

function quotesOf(node: Node | undefined): Quote | undefined {
  if (!isScalar(node)) return undefined
  return node.type === 'QUOTE_DOUBLE' ? 'double' : node.type === 'QUOTE_SINGLE' ? 'single' : undefined
}

export function replaceInline(slot: Slot, inline: string, text: string, splices: Splices): void {
  const { node } = slot
  const head = headEnd(slot)
  if (node === undefined || isEmptyNode(node)) {
    if (head !== undefined) splices.insert(head, ` ${inline}`)
    else if (slot.kind === 'pair' && slot.pair.srcToken?.key && !slot.pair.srcToken.start.some(isExplicitMark)) {
      const { key } = slot.pair.srcToken
      splices.insert(key.offset + ('source' in key ? key.source.length : 0), `: ${inline}`)
    } else throw new Refusal('the value is missing in an unusual way')
    return
  }
  const end = contentEnd(text, node)
  if (!isBlockCollection(node)) {
    splices.replace({ start: rangeOf(node)[0], end }, inline)
    return
  }
  const start = blockStart(text, node)
  if (head === undefined || lineStart(text, start) === lineStart(text, head)) {
    splices.replace({ start, end }, inline)
  } else {
    splices.insert(head, ` ${inline}`)
    splices.remove({ start: lineEnd(text, head), end: lineEnd(text, end) })
  }
}

function isExplicitMark(part: { readonly type: string }): boolean {
  return part.type === 'explicit-key-ind'
}

function replaceByBlock(slot: Slot, data: YamlData, indent: number, context: ReplaceContext): void {
  const { file, style, splices } = context
  const { text } = file
  const { node } = slot
  const head = headEnd(slot)
  if (head === undefined) throw new Refusal('the value is missing in an unusual way')
  const end = node === undefined || isEmptyNode(node) ? head : contentEnd(text, node)
  if (slot.kind === 'item') {
    const lines = renderCompact(data, indent + 2, style)
    splices.replace({ start: head, end }, ` ${lines.join(style.eol).slice(indent + 2)}`)
    return
  }
  if (slot.kind === 'pair' && slot.pair.srcToken?.start.some(isExplicitMark)) {
    throw new Refusal('a key written with ? is not changed')
  }
  const lines = renderNested(data, indent, style)
  if (isBlockCollection(node)) {
    splices.replace({ start: lineEnd(text, head), end: lineEnd(text, end) }, style.eol + lines.join(style.eol))
  } else {
    splices.remove({ start: head, end })
    splices.insertLines(lineEnd(text, end), lines)
  }
}
