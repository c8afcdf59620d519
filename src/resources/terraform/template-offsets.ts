import type { TemplateExpression } from '../../parse/hcl/ast.ts'
import type { Span } from '../../text/span.ts'

/**
 * For every character of a template text's value, the piece of source that spells it. Undefined if value and spelling
 * cannot be aligned.
 * @param raw the spelling, which begins at offset `base` of the document
 */
export function sourceSpans(
  value: string,
  raw: string,
  base: number,
  style: TemplateExpression['style'],
): readonly Span[] | undefined {
  const spans: Span[] = []
  const escapes = style === 'quoted' || style === 'json'
  let at = 0
  const spell = (width: number) => ({ start: base + at, end: base + at + width })
  while (spans.length < value.length) {
    if (at >= raw.length) return undefined
    const wanted = value[spans.length]
    const width = escapes && raw[at] === '\\' ? escapeWidth(raw, at) : 1
    if (width > 1) {
      spans.push(spell(width))
      // `\U0001F600` is one escape for two units.
      if (width === 10 && isSurrogatePair(value, spans.length - 1)) spans.push(spell(width))
      at += width
    } else if (raw.startsWith('$${', at) || raw.startsWith('%%{', at)) {
      spans.push(spell(2))
      at += 2
    } else if (raw[at] === wanted) {
      spans.push(spell(1))
      at++
    } else if (raw[at] === '\r' || raw[at] === ' ' || raw[at] === '\t' || raw[at] === '\n') {
      // Indentation that `<<-` takes off, a CR before the LF, or what a `~` marker trims.
      at++
    } else {
      return undefined
    }
  }
  return spans
}

function escapeWidth(raw: string, at: number): number {
  const code = raw[at + 1]
  if (code === 'u') return 6
  return code === 'U' ? 10 : 2
}

function isSurrogatePair(value: string, at: number): boolean {
  return (value.codePointAt(at) ?? 0) > 0xff_ff
}
