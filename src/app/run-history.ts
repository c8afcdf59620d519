import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { listRuns, readRunFile, type StoredRun } from '../apply/runs.ts'
import { openState } from '../apply/state.ts'

/** One run that changed files. */
export interface HistoryEntry {
  readonly run: string
  /** ISO 8601. */
  readonly at: string
  /** By how many findings each fixer fixed, the most first; empty if the run's record cannot be read. */
  readonly fixers: readonly { readonly name: string; readonly findings: number }[]
  readonly findings: number
  readonly files: number
  /** Open findings before and after; undefined if the run's record cannot be read. */
  readonly before?: number
  readonly after?: number
  /** When it was taken back, ISO 8601. */
  readonly rolledBack?: string
}

/** The runs of a project, the latest first. Reads only: a project without state has none, and gets none. */
export async function history(root: string): Promise<readonly HistoryEntry[]> {
  if (!existsSync(join(root, '.secops', 'runs'))) return []
  const state = await openState(root)
  const runs = state.available ? await listRuns(state) : []
  const entries = await Promise.all(runs.map(entryOf))
  return entries.toReversed()
}

async function entryOf(run: StoredRun): Promise<HistoryEntry> {
  const { id, createdAt, files, rolledBack } = run.manifest
  const record = readRecord(await readRunFile(run, 'result.json').catch(() => undefined))
  const counts = new Map<string, number>()
  for (const fixer of record?.fixers ?? []) counts.set(fixer, (counts.get(fixer) ?? 0) + 1)
  return {
    run: id,
    at: createdAt,
    fixers: [...counts]
      .map(([name, findings]) => ({ name, findings }))
      .toSorted((a, b) => b.findings - a.findings || (a.name < b.name ? -1 : 1)),
    findings: record?.fixers.length ?? 0,
    files: files.length,
    ...(record?.before !== undefined && { before: record.before }),
    ...(record?.after !== undefined && { after: record.after }),
    ...(rolledBack !== undefined && { rolledBack }),
  }
}

/** The little of `result.json` that a list needs; whatever else stands there does no harm. */
function readRecord(text: string | undefined): { fixers: string[]; before?: number; after?: number } | undefined {
  const fix = field(parse(text), 'fix')
  const applied = field(fix, 'applied')
  if (!Array.isArray(applied)) return undefined
  const [before, after] = ['before', 'after'].map((name) => field(field(fix, name), 'total'))
  return {
    fixers: applied.flatMap((one: unknown) => {
      const fixer = field(one, 'fixer')
      return typeof fixer === 'string' ? [fixer] : []
    }),
    ...(typeof before === 'number' && { before }),
    ...(typeof after === 'number' && { after }),
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function field(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined
  return Object.entries(data).find(([key]) => key === name)?.[1]
}
