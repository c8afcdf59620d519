import { type HistoryEntry, history } from '../../app/run-history.ts'
import { findRoot, UsageError } from '../../app/project/root.ts'
import { visible } from '../../report/escape.ts'
import { table } from '../../report/table.ts'
import { count } from '../../report/words.ts'
import type { HistoryOptions } from '../commands/history.ts'
import { EXIT } from '../exit.ts'
import { writeResult } from '../output.ts'
import { warnOfHalfWritten } from '../session.ts'

export async function runHistory(options: HistoryOptions): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json') {
    throw new UsageError(`--format ${options.format}: expected text or json`)
  }
  await warnOfHalfWritten(options.path)
  const runs = await history(findRoot(options.path).root)
  await writeResult(options.format === 'json' ? `${JSON.stringify({ runs }, null, 2)}\n` : describe(runs), options)
  return EXIT.ok
}

function describe(runs: readonly HistoryEntry[]): string {
  if (runs.length === 0) return 'No run has changed anything here.\n'
  const rows = runs.map((run) => [
    visible(run.run),
    run.at.slice(0, 16).replace('T', ' '),
    count(run.findings, 'finding'),
    count(run.files, 'file'),
    run.rolledBack === undefined ? '' : `taken back ${run.rolledBack.slice(0, 10)}`,
    visible(run.fixers.map(({ name, findings }) => `${name} ${findings}`).join(', ')),
  ])
  return `${table(rows).join('\n')}\n`
}
