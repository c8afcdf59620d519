import type { AuditSummary } from '../engine/finding.ts'
import type { Scores } from '../verify/results.ts'
import type { ComplianceResult } from './comply.ts'

/** One line of `.secops/history.jsonl`: where a project stood when a command ended. */
export interface HistoryEntry {
  readonly schemaVersion: '1.0'
  /** ISO 8601. */
  readonly at: string
  readonly command: string
  /** Empty if the command changed nothing. */
  readonly runId: string
  readonly tool: string
  readonly summary: AuditSummary
  readonly scores: readonly (Scores & { readonly framework: string })[]
}

export function historyEntry(
  at: string,
  command: string,
  runId: string,
  tool: string,
  summary: AuditSummary,
  results: readonly ComplianceResult[],
): HistoryEntry {
  const scores = results.map(({ framework, scores: { strict, progress, coverage } }) => ({
    framework,
    strict,
    progress,
    coverage,
  }))
  return { schemaVersion: '1.0', at, command, runId, tool, summary, scores }
}

/** The entries of a history, oldest first; a line that is not one, such as a torn last line, is left out. */
export function parseHistory(text: string): HistoryEntry[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    try {
      const entry: unknown = JSON.parse(line)
      return isEntry(entry) ? [entry] : []
    } catch {
      return []
    }
  })
}

function isEntry(entry: unknown): entry is HistoryEntry {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'schemaVersion' in entry &&
    entry.schemaVersion === '1.0' &&
    'at' in entry &&
    typeof entry.at === 'string' &&
    'summary' in entry &&
    typeof entry.summary === 'object' &&
    entry.summary !== null &&
    'scores' in entry &&
    Array.isArray(entry.scores)
  )
}
