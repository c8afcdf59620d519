import type { Command } from 'commander'
import { parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface RollbackOptions {
  readonly path: string
  readonly format: string
  readonly output?: string
  readonly asOf?: Date
}

export function registerRollback(program: Command, setExit: SetExit): void {
  program
    .command('rollback')
    .description('Undo a run: every file as it was, or nothing')
    .argument('[run]', 'id of the run, or its beginning (default: the last that changed something)', 'last')
    .option('--path <path>', 'the project', '.')
    .option('-f, --format <format>', 'text or json', 'text')
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .option('--as-of <date>', 'the day that stands for today (default: SOURCE_DATE_EPOCH or now)', parseDate)
    .addHelpText(
      'after',
      `
Edits made since the run are kept where they do not overlap its own; where they do, nothing is written.

Examples:
  $ secops rollback
  $ secops rollback 20261121T204815Z --path services/payments`,
    )
    .action(async (run: string, options: RollbackOptions) => {
      const { runRollback } = await import('../actions/rollback.ts')
      setExit(await runRollback(run, options))
    })
}
