import type { EditRefusal } from '../../edit/hcl/index.ts'
import type { Place } from '../../resources/place.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import type { TerraformTarget } from '../shared/target.ts'

/** One building of edits for one database. */
export interface Session extends FixSession {
  readonly target: TerraformTarget
  /** The database, or what the finding is about beside it. */
  readonly database: Place
}

/** Judges a finding, and adds the edits that settle it. */
export interface Remedy {
  readonly judge: (complaint: Complaint, context: FixContext, target: TerraformTarget) => Judgement | FixRefusal
  readonly apply: (session: Session, complaint: Complaint) => EditRefusal | undefined
}

export type Judgement = Pick<Assessment, 'rank' | 'title' | 'minutes'> &
  Partial<Pick<Assessment, 'reason' | 'blastRadius'>> & {
    /** Steps before and after, for what is held. */
    readonly steps?: readonly string[]
  }
