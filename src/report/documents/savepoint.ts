import { count, severityCounts } from '../words.ts'
import { type DocumentInput, NO_PLAN, scoresRow } from './input.ts'
import { type Block, checks, code, type Document, heading, list, section, table, text } from './model.ts'

/** Where the work stands, so that somebody else, or you next week, can go on. */
export function savepoint(input: DocumentInput): Document {
  const { audit, history, results } = input
  const fix = input.fix ?? { applied: [], held: [] }
  const last = history.at(-1)
  return {
    title: 'Savepoint',
    blocks: [
      heading('State'),
      ...list([
        `Open findings: ${severityCounts(audit.summary)} (${audit.summary.total} in all, ${audit.summary.undecided} undecided, ${audit.summary.suppressed} suppressed).`,
        input.fix === undefined
          ? NO_PLAN
          : `${count(fix.applied.length, 'finding')} would be fixed by the next run, ${fix.held.length} are held.`,
        ...(audit.errors.length === 0 ? [] : [`${count(audit.errors.length, 'rule')} failed inside: see the audit.`]),
        ...(audit.diagnostics.length === 0
          ? []
          : [`${count(audit.diagnostics.length, 'diagnostic')} about files or settings: see the audit.`]),
      ]),
      ...table('Scores', ['Framework', '#Strict', '#Progress', '#Coverage'], results.map(scoresRow)),
      ...runs(input),
      ...section('Held, and what each waits for', waits(input)),
      heading('Go on'),
      ...checks([
        ...(fix.applied.length === 0
          ? []
          : [{ text: 'Read and apply what is released', done: false, command: 'secops fix . --dry-run' }]),
        ...(fix.held.length === 0
          ? []
          : [{ text: 'Go through what is held', done: false, command: 'secops fix . --dry-run --approve C' }]),
        { text: 'Compare with the last run', done: false, command: 'secops validate .' },
        ...(last?.runId === undefined || last.runId === ''
          ? []
          : [{ text: 'Undo the last run, if it was wrong', done: false, command: `secops rollback ${last.runId}` }]),
      ]),
    ],
  }
}

function runs({ history }: DocumentInput): readonly Block[] {
  return section(
    'Runs',
    table(
      'The last ones, newest first',
      ['When', 'Command', 'Run', '#Open findings', 'Scores (strict)'],
      history
        .slice(-10)
        .toReversed()
        .map(({ at, command, runId, summary, scores }) => [
          at,
          code(command),
          runId === '' ? '' : code(runId),
          String(summary.total),
          scores.map(({ framework, strict }) => `${framework} ${Math.round(strict * 100)}%`).join(', '),
        ]),
    ),
  )
}

function waits({ fix }: DocumentInput): readonly Block[] {
  const groups = new Map<string, { title: string; reason: string; rank: string; number: number }>()
  for (const { title, reason, rank, fixer } of fix?.held ?? []) {
    const key = `${fixer} ${title} ${reason}`
    const group = groups.get(key) ?? { title, reason, rank, number: 0 }
    group.number += 1
    groups.set(key, group)
  }
  return [
    ...table(
      'One row for each reason',
      ['Rank', 'What', '#Findings', 'Reason'],
      [...groups.values()].map(({ rank, title, number, reason }) => [rank, title, String(number), reason]),
    ),
    ...(groups.size === 0 ? [text('Nothing is held.')] : []),
  ]
}
