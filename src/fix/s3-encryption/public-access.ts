import { type EditRefusal, setOwnAttribute, setPlace } from '../../edit/hcl/index.ts'
import type { Place } from '../../resources/place.ts'
import type { Complaint } from '../fixer.ts'
import { confinePrincipal, enclosingBlock } from '../shared/confine.ts'
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
  if (origin?.language !== 'hcl' || origin.node.kind !== 'block' || !target.estate.isOwn(origin.document.path)) {
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
  return confinePrincipal(session, at)
}
