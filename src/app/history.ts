import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { atomicWrite } from '../apply/atomic-write.ts'
import { openState } from '../apply/state.ts'
import type { ComplianceResult } from '../compliance/comply.ts'
import { type HistoryEntry, historyEntry, parseHistory } from '../compliance/history.ts'
import type { AuditSummary } from '../engine/finding.ts'
import type { Session } from './session.ts'

const NAME = 'history.jsonl'
/** Older ones go: years of runs stay readable in a moment. */
const KEPT = 1000

/** Adds a line to `.secops/history.jsonl`; a project that cannot be written has no history, which is no error. */
export async function recordHistory(
  session: Session,
  command: string,
  runId: string,
  summary: AuditSummary,
  results: readonly ComplianceResult[],
): Promise<void> {
  const state = await openState(session.project.root)
  if (!state.available) return
  const { name, version } = session.result.tool
  const entry = historyEntry(session.now.toISOString(), command, runId, `${name} ${version}`, summary, results)
  const entries = [...(await readHistory(session)), entry].slice(-KEPT)
  const text = entries.map((one) => `${JSON.stringify(one)}\n`).join('')
  await atomicWrite(join(state.folder, NAME), text, { mode: 0o600 })
}

/** Oldest first; empty if there is none. */
export async function readHistory(session: Session): Promise<HistoryEntry[]> {
  try {
    return parseHistory(await readFile(join(session.project.root, '.secops', NAME), 'utf8'))
  } catch {
    return []
  }
}
