import { type EditRefusal, findAttribute, folderOf } from '../../edit/hcl/index.ts'
import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import type { Place } from '../../resources/place.ts'
import { type Span, spanContains } from '../../text/span.ts'
import { accountRoot } from './account.ts'
import type { FixSession } from './session.ts'

/**
 * Lets only the own account in where a statement's `Principal` says everybody: what IAM policies of the account allow
 * goes on working.
 * @param who others than the account, as the insides of Terraform strings; services among them are told by their name
 */
export function confinePrincipal(
  session: FixSession,
  principal: Place,
  who?: readonly string[],
): EditRefusal | undefined {
  const { edits, estate } = session
  const stars = starsIn(principal)
  if (principal.path.at(-1) !== 'Principal' || stars.length === 0)
    return { refused: 'the statement lets in everybody but some, which no principal stands for' }
  for (const star of stars) {
    const origin = star.value?.origin
    if (origin === undefined || origin.language === 'yaml' || !estate.isOwn(origin.document.path)) {
      return { refused: 'the principal is not written in this project' }
    }
    const { document } = origin
    const names = who ?? [accountRoot(session, folderOf(document.path))]
    const type = names.every((name) => name.endsWith('.amazonaws.com')) ? 'Service' : 'AWS'
    if (type === 'AWS' && names.some((name) => name.endsWith('.amazonaws.com'))) {
      return { refused: 'services and identities cannot be let in by one principal: give one kind of them' }
    }
    const texts = names.map((name) => `"${name}"`)
    const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`
    const step = star.path.at(-1)
    const plain = step === 'Principal'
    const inList = typeof step === 'number'
    const value = inList ? texts.join(', ') : list
    if (type === 'Service' && !plain && origin.language === 'embedded-json') {
      return { refused: 'a service is another kind of principal: write it with the key Service' }
    }
    if (origin.language === 'embedded-json') {
      edits.replace(document, origin.span, plain ? `{ "${type}": ${list} }` : value)
      continue
    }
    if (document.syntax === 'json') return { refused: 'the policy is an expression inside a JSON string' }
    if (origin.node.kind !== 'template' || origin.node.parts.length !== 1 || origin.node.parts[0]?.kind !== 'text') {
      return { refused: 'the principal is computed' }
    }
    const principals = enclosingBlock(document, origin.node.span)
    if (principals?.type === 'principals') {
      const written = findAttribute(principals, 'type')
      if (written !== undefined) edits.replace(document, written.value.span, `"${type}"`)
      edits.replace(document, origin.node.span, texts.join(', '))
    } else {
      if (type === 'Service' && !plain) {
        return { refused: 'a service is another kind of principal: write it with the key Service' }
      }
      edits.replace(document, origin.node.span, plain ? `{ ${type} = ${list} }` : value)
    }
  }
  return undefined
}

function starsIn(place: Place): readonly Place[] {
  const { value } = place
  if (value?.kind === 'string') return value.value === '*' ? [place] : []
  if (value?.kind === 'list') return place.items().flatMap(starsIn)
  return place.keys().flatMap((key) => starsIn(place.get(key)))
}

/** The innermost block around a span, without a block of the very span. */
export function enclosingBlock(document: HclDocument, span: Span): Block | undefined {
  let found: Block | undefined
  let items: readonly (Attribute | Block)[] = document.body.items
  for (;;) {
    const next = items.find(
      (item): item is Block => item.kind === 'block' && item.span !== span && spanContains(item.body.span, span),
    )
    if (next === undefined) return found
    found = next
    items = next.body.items
  }
}
