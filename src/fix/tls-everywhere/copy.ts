import { attribute, block, type BlockSpec, type HclValue, type ItemSpec, indentAt, raw } from '../../edit/hcl/index.ts'
import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'

/** The text of an attribute's expression, its further lines relative to the first. */
export function copiedValue(document: HclDocument, item: Attribute): HclValue {
  const text = document.text.slice(item.value.span.start, item.value.span.end).replaceAll('\r\n', '\n')
  const indent = indentAt(document, item.span.start)
  return raw(
    text
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n'),
  )
}

/** A nested block once more, as it is written. */
export function copiedBlock(document: HclDocument, from: Block): BlockSpec {
  const spec = block(
    from.type,
    copiedItems(document, from.body.items),
    from.labels.map(({ value }) => value),
  )
  const verbatim = bodyLines(document, from)
  return verbatim === undefined ? spec : { ...spec, verbatim }
}

/** The lines between the braces, less their indentation; undefined if the braces share a line with something. */
function bodyLines(document: HclDocument, { body }: Block): readonly string[] | undefined {
  const { start, end } = body.span
  const [first, ...lines] = document.text.slice(start, end).replaceAll('\r\n', '\n').split('\n')
  const last = lines.pop()
  if (first?.trim() !== '' || last?.trim() !== '' || /<<[-~]?\w/.test(document.text.slice(start, end))) return undefined
  const indent = /^[ \t]*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? ''
  if (lines.some((line) => line.trim() !== '' && !line.startsWith(indent))) return undefined
  return lines.map((line) => line.slice(indent.length).trimEnd())
}

function copiedItems(document: HclDocument, items: readonly (Attribute | Block)[]): ItemSpec[] {
  return items.map((item) =>
    item.kind === 'block' ? copiedBlock(document, item) : attribute(item.name, copiedValue(document, item)),
  )
}
