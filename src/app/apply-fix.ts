import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { applyChanges } from '../apply/apply-changes.ts'
import { nodeDisk } from '../apply/files.ts'
import { readJournal } from '../apply/journal.ts'
import { type RollbackResult, rollback } from '../apply/rollback.ts'
import { withProject } from '../apply/project.ts'
import { type Recovery, rollbackFolder } from '../apply/recover.ts'
import { saveRunFile } from '../apply/runs.ts'
import { openState, runFolders } from '../apply/state.ts'
import type { AuditResult } from '../engine/finding.ts'
import { VERSION } from '../version.ts'
import type { FixResult } from '../verify/results.ts'
import type { PreparedFix } from './fix.ts'
import type { Session } from './session.ts'

/** What a run keeps in its `result.json`: the fix, and the audit that it started from, for `validate`. */
export interface StoredResult {
  readonly fix: FixResult
  readonly before: AuditResult
}

/**
 * Writes a prepared fix as one run: every file or none.
 * @throws ApplyError and nothing is written, also if a file changed since the session was opened
 */
export async function applyFix(session: Session, prepared: PreparedFix): Promise<FixResult> {
  if (prepared.plan.changes.length === 0) return { ...prepared.result, dryRun: false }
  return withProject(session.project.root, async () => {
    const run = await applyChanges(session.project.root, prepared.plan.changes, {
      createdAt: session.now,
      toolVersion: VERSION,
    })
    const result: FixResult = { ...prepared.result, dryRun: false, runId: run.id ?? '' }
    const { folder } = run
    if (folder !== undefined) {
      const stored: StoredResult = { fix: result, before: session.result }
      await saveRunFile({ folder }, 'result.json', session.mask.mask(`${JSON.stringify(stored, null, 2)}\n`))
      await saveRunFile({ folder }, 'diff.patch', result.diff)
      await saveRunFile({ folder }, 'run.log', runLog(result))
    }
    return result
  })
}

function runLog(result: FixResult): string {
  const lines = [
    ...result.applied.map((fix) => `applied ${fix.fingerprint} ${fix.ruleId} ${fix.address} by ${fix.fixer}`),
    ...result.held.map((fix) => `held ${fix.fingerprint} ${fix.ruleId} ${fix.address} rank ${fix.rank}`),
    ...result.refused.map(
      (fix) => `refused ${fix.fingerprint} ${fix.ruleId} ${fix.address} ${fix.code}: ${fix.reason}`,
    ),
    ...result.files.map((file) => `${file.created ? 'created' : 'changed'} ${file.path} ${file.sha256After}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Undoes a run; the default is the last one that changed something. */
export async function rollbackRun(root: string, run: string, now: Date): Promise<RollbackResult> {
  return withProject(root, async () => rollback(root, run, now))
}

/**
 * Brings back what a killed command left half done, before anything is read: an audit of a half-written project would
 * judge a state that nobody made.
 */
export async function recover(root: string): Promise<Recovery> {
  return withProject(root, async (_state, recovery) => recovery)
}

/** Tells without loading more that nothing was ever written here, which is so before most audits. */
function hasRuns(root: string): boolean {
  const runs = join(root, '.secops', 'runs')
  try {
    return readdirSync(runs).length > 0
  } catch {
    return existsSync(runs)
  }
}

/**
 * True if a killed command left files half written, or one is writing them now. Changes nothing, so that a command that
 * only reads can say so.
 */
export async function isHalfWritten(root: string): Promise<boolean> {
  if (!hasRuns(root)) return false
  const state = await openState(root)
  const runs = state.available ? await runFolders(state, nodeDisk) : []
  for (const folder of runs.flatMap((run) => [run.folder, rollbackFolder(run.folder)])) {
    // A damaged record is no proof of anything; the next command that writes names it.
    const journal = await readJournal(nodeDisk, folder).catch(() => undefined)
    if (journal?.state === 'committing') return true
  }
  return false
}
