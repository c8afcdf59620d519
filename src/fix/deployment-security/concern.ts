import type { Rank } from '../../edit/rank.ts'
import type { Complaint, FixRefusal, FixValues, Need } from '../fixer.ts'
import type { Draft } from './draft.ts'
import { containerOf, type Workload, type WorkloadContainer } from './view.ts'

/** What one part of the fixer says of a complaint; the workload's group and dependents are added to it. */
export interface Judgement {
  readonly rank: Exclude<Rank, 'S'>
  readonly title: string
  /** A person's remaining minutes; default 1 for what needs approval, else none. */
  readonly minutes?: number
  readonly reason?: string
  /** One Markdown list item each: what to do or watch, in order. */
  readonly steps?: readonly string[]
  readonly needs?: readonly Need[]
}

export interface Subject {
  readonly workload: Workload
  readonly values: FixValues
}

/** One part of the fixer: the rules it answers for, how it judges a complaint, and the changes it asks for. */
export interface Concern {
  readonly rules: readonly string[]
  assess(complaint: Complaint, subject: Subject): Judgement | FixRefusal
  /** Asks for the changes for its complaints; all released ones of the workload are given at once. */
  change(complaints: readonly Complaint[], subject: Subject, draft: Draft): void
}

export function refuse(refused: string, code: FixRefusal['code'] = 'no-fix'): FixRefusal {
  return { code, refused }
}

/** A concern about single containers. */
export function containerConcern(parts: {
  readonly rules: readonly string[]
  assess(container: WorkloadContainer, subject: Subject, complaint: Complaint): Judgement | FixRefusal
  change(container: WorkloadContainer, subject: Subject, draft: Draft, complaint: Complaint): void
}): Concern {
  return {
    rules: parts.rules,
    assess(complaint, subject) {
      const container = containerOf(complaint, subject.workload)
      if (container === undefined) return refuse('the container that this is about cannot be told', 'undecidable')
      return parts.assess(container, subject, complaint)
    },
    change(complaints, subject, draft) {
      // In the rules' order and not the findings', which go by severity: requests are written before limits.
      const order = (complaint: Complaint): number => parts.rules.indexOf(complaint.ruleId)
      for (const complaint of [...complaints].sort((a, b) => order(a) - order(b))) {
        const container = containerOf(complaint, subject.workload)
        if (container !== undefined) parts.change(container, subject, draft, complaint)
      }
    },
  }
}
