/** INI as Conftest reads it: sections of keys; numbers and booleans by their look; what stands before the first section is left out. */
import type { Value } from '../../../rego/value/value.ts'
import type { Span } from '../../../text/span.ts'
import { type InputNode, map, scalar, underKey } from '../node.ts'
import { fault } from './faults.ts'
import { linesOf, type TextLine } from './lines.ts'
import { numberOf } from './numbers.ts'

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False'])

export function parseIniInput(text: string): InputNode {
  const sections = new Map<string, { readonly members: Map<string, InputNode>; readonly span: Span }>()
  let members = new Map<string, InputNode>()
  const lines = linesOf(text)
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const trimmed = line.text.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    const start = line.start + line.text.indexOf(trimmed)
    const span = { start, end: start + trimmed.length }
    if (trimmed.startsWith('[')) {
      const end = trimmed.lastIndexOf(']')
      if (end < 0) throw fault(span, 'ini-unclosed-section', 'This section has no closing bracket.')
      const name = trimmed.slice(1, end).trim()
      const known = sections.get(name)
      members = known?.members ?? new Map()
      if (known === undefined) sections.set(name, { members, span })
      continue
    }
    const { key, rest } = keyOf(trimmed, span)
    const keySpan = { start, end: start + key.length }
    const { value, quoted } = valueOf(rest, lines)
    const at = { start: span.end - rest.trim().length, end: span.end }
    members.set(key, underKey(scalar(quoted ? typed(value) : typed(value), at), keySpan))
  }
  const root = new Map<string, InputNode>()
  for (const [name, { members: inner, span }] of sections) {
    if (name !== 'DEFAULT') root.set(name, underKey(map(inner, span), span))
  }
  return map(root)
}

function keyOf(line: string, span: Span): { key: string; rest: string } {
  const quote = /^(?:"""|"|`)/.exec(line)?.[0]
  if (quote !== undefined) {
    const end = line.indexOf(quote, quote.length)
    const at = end < 0 ? -1 : line.slice(end).search(/[=:]/)
    if (at >= 0) return { key: line.slice(quote.length, end).trim(), rest: line.slice(end + at + 1) }
  }
  const at = line.search(/[=:]/)
  if (at <= 0) throw fault(span, 'ini-no-key', 'This line is no section, no comment, and no `key = value`.')
  return { key: line.slice(0, at).trim(), rest: line.slice(at + 1) }
}

function valueOf(raw: string, lines: { next(): TextLine | undefined }): { value: string; quoted: boolean } {
  let text = raw.trim()
  const quote = /^(?:"""|`)/.exec(text)?.[0]
  if (quote !== undefined) {
    let value = text.slice(quote.length)
    while (!value.includes(quote)) {
      const line = lines.next()
      if (line === undefined) break
      value += `\n${line.text}`
    }
    const end = value.lastIndexOf(quote)
    return { value: end < 0 ? value : value.slice(0, end), quoted: true }
  }
  while (text.endsWith('\\')) {
    const line = lines.next()
    text = text.slice(0, -1) + (line?.text.trim() ?? '')
    if (line === undefined) break
  }
  const comment = text.search(/[#;]/)
  if (comment >= 0) text = text.slice(0, comment).trim()
  const inner = /^(["'])([\s\S]*)\1$/.exec(text)
  return inner === null ? { value: text, quoted: false } : { value: inner[2] ?? '', quoted: true }
}

/** By the look of the value, quoted or not. */
function typed(text: string): Value {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) {
    return numberOf(
      text
        .replace(/^\+/, '')
        .replace(/^(-?)\./, '$10.')
        .replace(/\.(?=$|[eE])/, ''),
    )
  }
  if (TRUE.has(text)) return true
  return FALSE.has(text) ? false : text
}
