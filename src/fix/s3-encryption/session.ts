import type { EditRefusal, HclEdits } from '../../edit/hcl/index.ts'
import type { Complaint, FixValues } from '../fixer.ts'
import type { Target } from './target.ts'

/** One building of edits for one bucket. */
export interface Session {
  readonly target: Target
  readonly values: FixValues
  readonly edits: HclEdits
  /** What was added already for another instance of the same block. */
  readonly done: Set<string>
}

/** Adds the edits that settle one complaint, or says why they cannot be made. */
export type Remedy = (session: Session, complaint: Complaint) => EditRefusal | undefined

/** Runs a piece of work once for each bucket block: its instances share what is added for it. */
export function once(session: Session, what: string, work: () => EditRefusal | undefined): EditRefusal | undefined {
  const key = `${session.target.block.span.start} ${what}`
  if (session.done.has(key)) return undefined
  session.done.add(key)
  return work()
}
