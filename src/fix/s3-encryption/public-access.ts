import {
  type EditRefusal,
  findAttribute,
  folderOf,
  isOwnFile,
  setOwnAttribute,
  setPlace,
} from '../../edit/hcl/index.ts'
import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { accountRoot } from '../shared/account.ts'
import type { Place } from '../../resources/place.ts'
import { type Span, spanContains } from '../../text/span.ts'
import type { Complaint } from '../fixer.ts'
import { decidesExistence } from '../shared/existence.ts'
import type { Session } from './session.ts'

/** Makes a canned ACL private, and removes an explicit grant to everybody. */
export function makePrivate(session: Session, { at }: Complaint): EditRefusal | undefined {
  const { edits, target } = session
  if (at.path.length === 1) {
    if (decidesExistence(target.estate, at)) return setOwnAttribute(edits, target.estate, at, 'private')
    return setPlace(edits, target.estate, at, 'private', { orReplace: true })
  }
  let grant: Place | undefined = at
  while (grant !== undefined && grant.parent?.path.at(-1) !== 'grant') grant = grant.parent
  const origin = grant?.value?.origin
  if (origin?.language !== 'hcl' || origin.node.kind !== 'block' || !isOwnFile(target.estate, origin.document.path)) {
    return { refused: 'the grant is not written as a block of its own' }
  }
  const { document, node } = origin
  const outer = enclosingBlock(document, node.span)
  if (outer === undefined || node.type !== 'grant') return { refused: 'the grant comes from a dynamic block' }
  if (
    outer.type === 'access_control_policy' &&
    outer.body.items.filter((item) => item.kind === 'block' && item.type === 'grant').length < 2
  ) {
    return { refused: 'it is the only grant of the ACL, which needs one: say whom it is to let in instead' }
  }
  edits.delete(document, outer, node)
  return undefined
}

/** Lets only the bucket's own account in, where everybody was: what its IAM policies allow goes on working. */
export function confineToAccount(session: Session, { at }: Complaint): EditRefusal | undefined {
  const { edits, target } = session
  const stars = starsIn(at)
  if (at.path.at(-1) !== 'Principal' || stars.length === 0)
    return { refused: 'the statement lets in everybody but some, which no principal stands for' }
  for (const star of stars) {
    const origin = star.value?.origin
    if (origin === undefined || origin.language === 'yaml' || !isOwnFile(target.estate, origin.document.path)) {
      return { refused: 'the principal is not written in this project' }
    }
    const { document } = origin
    const account = accountRoot(session, folderOf(document.path))
    const plain = star.path.at(-1) === 'Principal'
    if (origin.language === 'embedded-json') {
      edits.replace(document, origin.span, plain ? `{ "AWS": "${account}" }` : `"${account}"`)
      continue
    }
    if (document.syntax === 'json') return { refused: 'the policy is an expression inside a JSON string' }
    if (origin.node.kind !== 'template' || origin.node.parts.length !== 1 || origin.node.parts[0]?.kind !== 'text') {
      return { refused: 'the principal is computed' }
    }
    const principals = enclosingBlock(document, origin.node.span)
    if (principals?.type === 'principals') {
      const type = findAttribute(principals, 'type')
      if (type !== undefined) edits.replace(document, type.value.span, '"AWS"')
      edits.replace(document, origin.node.span, `"${account}"`)
    } else {
      edits.replace(document, origin.node.span, plain ? `{ AWS = "${account}" }` : `"${account}"`)
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
function enclosingBlock(document: HclDocument, span: Span): Block | undefined {
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
