import type { EditRefusal } from '../../edit/hcl/index.ts'
import type { Complaint } from '../fixer.ts'
import { type FixSession, once } from '../shared/session.ts'
import type { Target } from './target.ts'

/** One building of edits for one bucket. */
export interface Session extends FixSession {
  readonly target: Target
}

/** Adds the edits that settle one complaint, or says why they cannot be made. */
export type Remedy = (session: Session, complaint: Complaint) => EditRefusal | undefined

/** Runs a piece of work once for each bucket block: its instances share what is added for it. */
export function oncePerBlock(
  session: Session,
  what: string,
  work: () => EditRefusal | undefined,
): EditRefusal | undefined {
  return once(session, `${session.target.block.span.start} ${what}`, work)
}
