import { findAttribute, folderOf, type HclEdits, literalText } from '../../edit/hcl/index.ts'
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

/** Sets `sensitive` and `nullable` and takes the default away, as one edit of the variable's block. */
export function closeVariable(edits: HclEdits, document: HclDocument, block: Block): void {
  const preset = findAttribute(block, 'default')
  if (preset !== undefined) edits.delete(document, block, preset)
  edits.setAttribute(document, block, 'sensitive', true)
  edits.setAttribute(document, block, 'nullable', false)
}
