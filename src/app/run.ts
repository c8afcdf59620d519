import type { ComplianceResult } from '../compliance/comply.ts'
import type { Approval, Scope } from '../verify/approval.ts'
import type { RunParts } from '../verify/results.ts'
import { attachRequirements } from '../compliance/requirements.ts'
import { applyFix } from './apply-fix.ts'
import { complyWith } from './comply.ts'
import { prepareFix, type PreparedFix } from './fix.ts'
import { openSession, type Session, type SessionOptions, withDiagnostics } from './session.ts'
import { validate } from './validate.ts'

type RunResult = RunParts<ComplianceResult>

export interface RunRequest {
  readonly session: SessionOptions
  readonly approval: (session: Session) => Approval
  readonly scope: (session: Session) => Scope
  readonly dryRun: boolean
  /** Shown what would change; false stops the run before anything is written. */
  readonly confirm: (prepared: PreparedFix, session: Session) => Promise<boolean>
}

/** The session whose state the results describe, with them; undefined if the user said no. */
export interface RunOutcome {
  readonly result: RunResult
  readonly before: Session
  readonly after: Session
}

/** Audit, fix what is released, validate by a fresh audit, comply. */
export async function runLoop(request: RunRequest): Promise<RunOutcome | undefined> {
  const before = openSession(request.session)
  const prepared = await prepareFix(before, request.approval(before), request.scope(before))
  const changes = prepared.plan.changes.length > 0
  if (changes && !request.dryRun && !(await request.confirm(prepared, before))) return undefined

  const fix = request.dryRun ? prepared.result : await applyFix(before, prepared)
  // After writing, everything is read from the disk again: the proof must not rest on what was meant to be written.
  const after = request.dryRun || !changes ? inMemory(before, prepared) : openSession(request.session)
  const comply = after.frameworks.map((framework) => complyWith(after, framework))
  return {
    before,
    after,
    result: { audit: before.result, fix, validate: validate(after, fix.runId, before.result), comply },
  }
}

/** The session as it would be after a dry run. */
function inMemory(session: Session, { plan }: PreparedFix): Session {
  const diagnostics = session.result.diagnostics.filter((one) => !session.audit().result.diagnostics.includes(one))
  return {
    ...session,
    project: { ...session.project, files: { ...session.project.files, files: plan.files } },
    audit: () => plan.after,
    result: withDiagnostics(attachRequirements(plan.after.result, session.frameworks), diagnostics),
  }
}
