import { attributeOf, folderOf } from '../../edit/hcl/index.ts'
import type { Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { walkExpressions } from '../../parse/hcl/walk.ts'
import type { Place } from '../../resources/place.ts'
import { type Span, spanContains } from '../../text/span.ts'
import type { Target } from './target.ts'

/** How a bucket policy is written, as far as statements can be added to it. */
export type PolicyForm =
  /** An object in HCL, inside `jsonencode`; `statements` is what its Statement is. */
  | { readonly kind: 'hcl'; readonly document: HclDocument; readonly statements: Expression }
  /** JSON in a heredoc or a quoted string; the span of its Statement. */
  | { readonly kind: 'json'; readonly document: HclDocument; readonly span: Span; readonly quoted: boolean }
  /** A data source, in this module. */
  | { readonly kind: 'data'; readonly document: HclDocument; readonly block: Block }

/** The form of the policy at a place; undefined if it is computed in a way that leaves nothing to edit. */
export function policyForm(target: Target, policy: Place): PolicyForm | undefined {
  const statement = policy.decoded().get('Statement')
  const origin = statement.value?.origin ?? undefined
  if (origin?.language === 'embedded-json') {
    if (!target.estate.isOwn(origin.document.path) || folderOf(origin.document.path) !== target.dir) return undefined
    return {
      kind: 'json',
      document: origin.document,
      span: origin.span,
      quoted: !origin.host.style.includes('heredoc'),
    }
  }
  if (origin?.language === 'hcl' && origin.node.kind !== 'block' && origin.node.kind !== 'attribute') {
    const { document, node } = origin
    if (target.estate.isOwn(document.path) && folderOf(document.path) === target.dir && isEncoded(document, node)) {
      return { kind: 'hcl', document, statements: node }
    }
  }
  const written = attributeOf(policy)
  const expression = written?.expression
  if (written === undefined || expression === undefined || !target.estate.isOwn(written.document.path)) return undefined
  const name = dataDocumentName(expression)
  for (const document of name === undefined ? [] : target.estate.moduleDocuments(target.dir)) {
    const data = document.body.items.find((item): item is Block => item.kind === 'block' && declares(item, name))
    if (data !== undefined) return { kind: 'data', document, block: data }
  }
  return undefined
}

function declares({ type, labels: [kind, name] }: Block, wanted: string | undefined): boolean {
  return type === 'data' && kind?.value === 'aws_iam_policy_document' && name?.value === wanted
}

/** `X` of `data.aws_iam_policy_document.X.json`, with or without an index. */
function dataDocumentName(expression: Expression): string | undefined {
  if (expression.kind !== 'get-attribute' || (expression.name !== 'json' && expression.name !== 'minified_json'))
    return undefined
  const target = expression.target.kind === 'index' ? expression.target.target : expression.target
  if (target.kind !== 'get-attribute' || target.target.kind !== 'get-attribute') return undefined
  const { target: root, name: type } = target.target
  return root.kind === 'variable' && root.name === 'data' && type === 'aws_iam_policy_document'
    ? target.name
    : undefined
}

/** True if an expression is the Statement of an object that is written out inside `jsonencode`. */
function isEncoded(document: HclDocument, statements: Expression): boolean {
  let found = false
  walkExpressions(document.body, (expression) => {
    if (found || !spanContains(expression.span, statements.span)) return false
    if (expression.kind === 'call' && expression.name === 'jsonencode') {
      const [object] = expression.args
      if (object?.kind === 'object') found ||= object.items.some(({ value }) => value === statements)
    }
    return undefined
  })
  return found
}
