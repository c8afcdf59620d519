import type { Block, HclDocument } from '../../parse/hcl/ast.ts'

/** How a file is written, for what is added to it. */
export interface HclStyle {
  readonly eol: string
  /** One level of indentation. */
  readonly step: string
}

const known = new WeakMap<HclDocument, HclStyle>()

/** The habits of a file; where it shows none, those of `terraform fmt`. */
export function documentStyle(document: HclDocument): HclStyle {
  const there = known.get(document) ?? readStyle(document)
  known.set(document, there)
  return there
}

function readStyle(document: HclDocument): HclStyle {
  const { text } = document
  const crlf = text.match(/\r\n/g)?.length ?? 0
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf
  return { eol: crlf > lf ? '\r\n' : '\n', step: document.syntax === 'json' ? jsonStep(text) : nativeStep(document) }
}

function nativeStep(document: HclDocument): string {
  for (const block of document.body.items) {
    if (block.kind !== 'block') continue
    const outer = indentAt(document, block.span.start)
    const inner = bodyIndent(document, block)
    if (inner !== undefined && inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length)
  }
  return '  '
}

function jsonStep(text: string): string {
  return /^\s*[{[][ \t]*\r?\n([ \t]+)/.exec(text)?.[1] ?? '  '
}

/** The white space that begins the line of an offset. */
export function indentAt(document: HclDocument, offset: number): string {
  const { lines, text } = document
  const start = lines.lineStart(lines.position(offset).line)
  return /^\uFEFF?([ \t]*)/.exec(text.slice(start, offset))?.[1] ?? ''
}

/** The indentation of a block's items; undefined if none begins a line of its own. */
export function bodyIndent(document: HclDocument, block: Block): string | undefined {
  for (const item of block.body.items) {
    const indent = indentAt(document, item.span.start)
    const { line, column } = document.lines.position(item.span.start)
    if (column - 1 === indent.length && line !== document.lines.position(block.body.span.start).line) return indent
  }
  return undefined
}
