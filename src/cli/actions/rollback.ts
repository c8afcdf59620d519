import type { RollbackResult } from '../../apply/rollback.ts'
import { rollbackRun } from '../../app/apply-fix.ts'
import { findRoot, UsageError } from '../../app/project/root.ts'
import { visible } from '../../report/escape.ts'
import type { RollbackOptions } from '../commands/rollback.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { writeResult } from '../output.ts'
import { recoverFirst } from '../session.ts'

export async function runRollback(run: string, options: RollbackOptions): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json') {
    throw new UsageError(`--format ${options.format}: expected text or json`)
  }
  await recoverFirst(options.path)
  const result = await rollbackRun(findRoot(options.path).root, run, nowOf(options))
  await writeResult(options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : describe(result), options)
  return EXIT.ok
}

function describe(result: RollbackResult): string {
  const list = (title: string, paths: readonly string[]): string[] =>
    paths.length === 0 ? [] : [`${title}:`, ...paths.map((path) => `  ${visible(path)}`)]
  return [
    `Run ${result.run} is undone.`,
    ...list('Restored byte for byte', result.restored),
    ...list('Changed since: only the edits of the run were taken out', result.merged),
    ...list('Removed, since the run had created them', result.removed),
    '',
  ].join('\n')
}
