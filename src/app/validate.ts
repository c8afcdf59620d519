import { openState } from '../apply/state.ts'
import { listRuns, readRunFile } from '../apply/runs.ts'
import type { AuditResult } from '../engine/finding.ts'
import type { ValidateResult } from '../verify/results.ts'
import type { StoredResult } from './apply-fix.ts'
import { compareScores } from './comply.ts'
import { UsageError } from './project/root.ts'
import type { Session } from './session.ts'

/**
 * The last run's before against the project as it is now.
 * @throws UsageError if there is no run that still stands
 */
export async function validateLastRun(session: Session): Promise<ValidateResult> {
  const { root } = session.project
  const state = await openState(root)
  const runs = state.available ? await listRuns(state) : []
  const standing = runs.filter(({ manifest }) => manifest.rolledBack === undefined && manifest.status === 'complete')
  let last: (typeof runs)[number] | undefined
  let text: string | undefined
  // A run without a result fixed no finding: `enforce lint --fix`.
  for (const run of standing.toReversed()) {
    last = run
    text = await readRunFile(run, 'result.json')
    if (text !== undefined) break
  }
  if (last === undefined || text === undefined) {
    throw new UsageError('no run to validate: nothing was fixed here yet (secops fix PATH)')
  }
  const stored = parseStored(text)
  if (stored === undefined) throw new UsageError(`the record of run ${last.manifest.id} cannot be read`)
  return validate(session, last.manifest.id, stored.before)
}

/** Compares two audits by fingerprint; only open findings count. */
export function validate(session: Session, runId: string, before: AuditResult): ValidateResult {
  const after = session.result
  const had = open(before)
  const has = open(after)
  const hadIds = new Set(had.map(({ fingerprint }) => fingerprint))
  const hasIds = new Set(has.map(({ fingerprint }) => fingerprint))
  const { files } = session.project.files
  return {
    runId,
    before: before.summary,
    after: after.summary,
    fixed: had.filter(({ fingerprint }) => !hasIds.has(fingerprint)),
    remaining: has.filter(({ fingerprint }) => hadIds.has(fingerprint)),
    new: has.filter(({ fingerprint }) => !hadIds.has(fingerprint)),
    scores: compareScores(session, { audit: before, files }, { audit: after, files }),
  }
}

function open(audit: AuditResult): AuditResult['findings'] {
  return audit.findings.filter(({ status }) => status === 'open')
}

/** The run's own record: written by this program into a folder that only its owner reads. */
function parseStored(text: string): StoredResult | undefined {
  try {
    const data: unknown = JSON.parse(text)
    return isStored(data) ? data : undefined
  } catch {
    return undefined
  }
}

function isStored(data: unknown): data is StoredResult {
  if (typeof data !== 'object' || data === null || !('before' in data)) return false
  const { before } = data
  return (
    typeof before === 'object' &&
    before !== null &&
    'schemaVersion' in before &&
    before.schemaVersion === '1.0' &&
    'findings' in before &&
    Array.isArray(before.findings) &&
    'passed' in before &&
    Array.isArray(before.passed)
  )
}
