import { type EditRefusal, HclEdits } from '../../edit/hcl/index.ts'
import { isEmptyEdit } from '../../text/workspace-edit.ts'
import type { BuiltEdit, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import type { FixSession } from './session.ts'

/** What comes of complaints that are settled one after the other in one set of edits. */
export interface Attempt {
  readonly edits: HclEdits
  /** Why those that could not be settled could not, by fingerprint, the first one first. */
  readonly refusals: ReadonlyMap<string, FixRefusal>
}

/** @param settle adds the edits of one complaint to the session, or says why it cannot */
export function attemptEach(
  complaints: Iterable<Complaint>,
  context: FixContext,
  settle: (session: FixSession, complaint: Complaint) => EditRefusal | undefined,
): Attempt {
  const session: FixSession = { ...context, edits: new HclEdits(), done: new Set() }
  const refusals = new Map<string, FixRefusal>()
  for (const complaint of complaints) {
    const refused = settle(session, complaint)
    if (refused !== undefined) refusals.set(complaint.fingerprint, { code: 'no-fix', refused: refused.refused })
  }
  return { edits: session.edits, refusals }
}

/** Complaints in the order in which a fixer names its rules; those about other rules are left out. */
export function inOrderOf(rules: Iterable<string>, complaints: readonly Complaint[]): readonly Complaint[] {
  return [...rules].flatMap((rule) => complaints.filter(({ ruleId }) => ruleId === rule))
}

export function firstRefusal({ refusals }: Attempt): FixRefusal | undefined {
  return refusals.values().next().value
}

/** The edit of an attempt, with each complaint that it leaves out and the reason; a refusal if nothing is left of it. */
export function builtFrom(attempt: Attempt): BuiltEdit | FixRefusal {
  const edit = attempt.edits.finish()
  const first = firstRefusal(attempt)
  if (first !== undefined && isEmptyEdit(edit)) return first
  return { ...edit, leftOut: [...attempt.refusals].map(([fingerprint, refusal]) => ({ fingerprint, refusal })) }
}
