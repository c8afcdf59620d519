import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import type { Span } from '../../text/span.ts'

/**
 * What goes when an item goes: its lines with a comment that trails on the last one, and one of two blank lines that
 * would otherwise meet. In a block on one line, only what is between the braces.
 */
export function deletionSpan(document: HclDocument, container: Block, item: Attribute | Block): Span {
  const { lines, text } = document
  const first = lines.position(item.span.start).line
  const last = lines.position(lastOffset(text, item.span)).line
  const open = lines.position(container.body.span.start).line
  const close = lines.position(container.body.span.end).line
  if (document.syntax === 'json') return jsonMemberSpan(text, item.span)
  if (first === open) return container.body.span
  const blank = (line: number): boolean => lines.lineText(line).trim() === ''
  const start = lines.lineStart(first)
  const end = lines.lineStart(last + 1)
  const leads = first - 1 === open || blank(first - 1)
  if (leads && last + 1 < close && blank(last + 1)) return { start, end: lines.lineStart(last + 2) }
  return { start, end }
}

/** As `deletionSpan`, for an attribute that stands in no block. */
export function topAttributeSpan({ lines, text, syntax }: HclDocument, { span }: Attribute): Span {
  if (syntax === 'json') return jsonMemberSpan(text, span)
  const last = lines.position(lastOffset(text, span)).line
  return { start: lines.lineStart(lines.position(span.start).line), end: lines.lineStart(last + 1) }
}

/** A heredoc ends behind its marker's line end. */
export function lastOffset(text: string, span: Span): number {
  let end = span.end
  while (end > span.start && /\s/.test(text[end - 1] ?? '')) end--
  return end
}

/** A member with the comma that goes with it. */
function jsonMemberSpan(text: string, span: Span): Span {
  const after = /^\s*,/.exec(text.slice(span.end))?.[0]
  const before = /\s*$/.exec(text.slice(0, span.start))?.[0] ?? ''
  if (after !== undefined) return { start: span.start - before.length, end: span.end + after.length }
  const comma = /,\s*$/.exec(text.slice(0, span.start))?.[0]
  return { start: span.start - (comma ?? before).length, end: span.end }
}
