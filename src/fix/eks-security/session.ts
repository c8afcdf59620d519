import type { EditRefusal } from '../../edit/hcl/index.ts'
import type { Complaint } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import type { TerraformTarget } from '../shared/target.ts'

/** One building of edits for one cluster or node group. */
export interface Session extends FixSession {
  readonly target: TerraformTarget
  /** All that is settled in this building. */
  readonly complaints: readonly Complaint[]
}

/** Adds the edits that settle one complaint, or says why they cannot be made. */
export type Remedy = (session: Session, complaint: Complaint) => EditRefusal | undefined
