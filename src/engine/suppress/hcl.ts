import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { type Comment, comments } from '../../parse/hcl/comments.ts'
import { spanContains } from '../../text/span.ts'
import { type Directive, parseComment, type Suppression, type SuppressionScope } from './directive.ts'

/** The directives in the comments of a Terraform file. */
export function hclSuppressions(document: HclDocument): Suppression[] {
  return comments(document).flatMap((comment) => {
    const directive = parseComment(comment.text)
    if (directive === undefined) return []
    return [{ ...directive, file: document.path, at: comment.span, covers: scopeOf(document, comment, directive) }]
  })
}

/**
 * Beside an item, a comment is for that item; alone on a line, for the item that begins below it. Checkov's comments
 * stand anywhere inside a resource and are for all of it.
 */
function scopeOf(document: HclDocument, comment: Comment, { dialect }: Directive): SuppressionScope {
  const { body, lines } = document
  const line = lines.position(comment.span.start).line
  const whole = body.items.find((item) => spanContains(item.span, comment.span))
  if (dialect === 'checkov' && whole !== undefined) return { kind: 'declaration', span: whole.span }

  const alone = document.text.slice(lines.lineStart(line), comment.span.start).trim() === ''
  const target = alone ? nextLineOfCode(document, line) : line
  const item = outermostAt(body.items, document, target)
  if (item === undefined) return { kind: 'span', span: { start: lines.lineStart(target), end: lines.lineEnd(target) } }
  return { kind: body.items.includes(item) ? 'declaration' : 'span', span: item.span }
}

/** Comments may follow each other; what they speak of begins below the last one. */
function nextLineOfCode({ lines }: HclDocument, line: number): number {
  let next = line + 1
  while (next < lines.lineCount && /^\s*(?:#|\/\/|\/\*.*\*\/\s*$|$)/.test(lines.lineText(next))) next++
  return next
}

function outermostAt(
  items: readonly (Attribute | Block)[],
  document: HclDocument,
  line: number,
): Attribute | Block | undefined {
  for (const item of items) {
    const { start, end } = document.lines.range(item.span)
    if (start.line === line) return item
    if (start.line < line && line <= end.line && item.kind === 'block') {
      return outermostAt(item.body.items, document, line)
    }
  }
  return undefined
}
