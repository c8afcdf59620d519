import { documentStyle, findAttribute, folderOf, type HclEdits, indentAt, literalText } from '../../edit/hcl/index.ts'
import type { Attribute, Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { type Span, spanContains } from '../../text/span.ts'

/** Where a literal stands: the top-level block around it, and the attribute of that which holds it. */
export interface Standing {
  readonly document: HclDocument
  readonly dir: string
  /** Undefined in a `.tfvars` file. */
  readonly block: Block | undefined
  readonly attribute: Attribute
  /** True if the literal is all that the attribute has. */
  readonly whole: boolean
}

export function standingOf(document: HclDocument, span: Span): Standing | undefined {
  const dir = folderOf(document.path)
  for (const item of document.body.items) {
    if (!spanContains(item.span, span)) continue
    if (item.kind === 'attribute')
      return { document, dir, block: undefined, attribute: item, whole: sameSpan(item.value.span, span) }
    const attribute = attributeAround(item, span)
    if (attribute !== undefined)
      return { document, dir, block: item, attribute, whole: sameSpan(attribute.value.span, span) }
  }
  return undefined
}

function attributeAround(block: Block, span: Span): Attribute | undefined {
  for (const item of block.body.items) {
    if (!spanContains(item.span, span)) continue
    return item.kind === 'attribute' ? item : attributeAround(item, span)
  }
  return undefined
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end
}

export function isLiteralExpression(node: Attribute | Block | Expression): node is Expression {
  return (
    node.kind !== 'attribute' && node.kind !== 'block' && (node.kind === 'literal' || literalText(node) !== undefined)
  )
}

const CLOSED = { sensitive: true, nullable: false } as const

/** Takes the default of a variable away and makes it sensitive and never null. */
export function closeVariable(edits: HclEdits, document: HclDocument, block: Block): void {
  const preset = findAttribute(block, 'default')
  const missing = (['sensitive', 'nullable'] as const).filter((name) => findAttribute(block, name) === undefined)
  const group = preset === undefined ? [] : neighbours(document, block, preset)
  if (preset === undefined || group.length === 0 || missing.length === 0) {
    if (preset !== undefined) edits.delete(document, block, preset)
    for (const [name, value] of Object.entries(CLOSED)) edits.setAttribute(document, block, name, value)
    return
  }
  for (const [name, value] of Object.entries(CLOSED))
    if (findAttribute(block, name) !== undefined) edits.setAttribute(document, block, name, value)
  const rest = group.filter((attribute) => attribute !== preset)
  const width = Math.max(...[...rest.map(({ name }) => name), ...missing].map((name) => name.length))
  const { eol } = documentStyle(document)
  const lines = missing.map((name) => `${name.padEnd(width)} = ${String(CLOSED[name])}`)
  edits.replace(document, preset.span, lines.join(eol + indentAt(document, preset.span.start)))
  align(edits, document, rest, width)
}

/** Removes attributes; the lines that stood together with them are aligned anew, as `terraform fmt` would. */
export function removeAttributes(
  edits: HclEdits,
  document: HclDocument,
  block: Block,
  removed: readonly Attribute[],
): void {
  for (const attribute of removed) {
    edits.delete(document, block, attribute)
    const rest = neighbours(document, block, attribute).filter((other) => !removed.includes(other))
    align(edits, document, rest, Math.max(0, ...rest.map(({ name }) => name.length)))
  }
}

/** The attributes on lines next to each other, if their `=` stand below each other; else none. */
function neighbours(document: HclDocument, block: Block, attribute: Attribute): readonly Attribute[] {
  if (document.syntax === 'json') return []
  const line = (offset: number): number => document.lines.position(offset).line
  const single = block.body.items.filter(
    (item): item is Attribute => item.kind === 'attribute' && line(item.span.start) === line(item.span.end),
  )
  const at = single.indexOf(attribute)
  if (at < 0 || line(block.span.start) === line(attribute.span.start)) return []
  let [first, last] = [at, at]
  const follows = (a: number, b: number): boolean => {
    const [above, below] = [single[a], single[b]]
    return above !== undefined && below !== undefined && line(above.span.start) + 1 === line(below.span.start)
  }
  while (follows(first - 1, first)) first--
  while (follows(last, last + 1)) last++
  const group = single.slice(first, last + 1)
  const columns = new Set(group.map((one) => document.lines.position(one.value.span.start).column))
  return columns.size === 1 ? group : []
}

function align(edits: HclEdits, document: HclDocument, group: readonly Attribute[], width: number): void {
  for (const { name, nameSpan, value } of group) {
    const span = { start: nameSpan.end, end: value.span.start }
    const text = `${' '.repeat(width - name.length)} = `
    if (document.text.slice(span.start, span.end) !== text) edits.replace(document, span, text)
  }
}
