import type { Command } from 'commander'
import type { SetExit } from '../program.ts'

export interface HistoryOptions {
  readonly path: string
  readonly format: string
  readonly output?: string
}

export function registerHistory(program: Command, setExit: SetExit): void {
  program
    .command('history')
    .description('List the runs that changed files, the latest first')
    .option('--path <path>', 'the project', '.')
    .option('-f, --format <format>', 'text or json', 'text')
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .addHelpText(
      'after',
      `
Any run of the list can be taken back: secops rollback RUN.

Examples:
  $ secops history
  $ secops history --path services/payments --format json`,
    )
    .action(async (options: HistoryOptions) => {
      const { runHistory } = await import('../actions/history.ts')
      setExit(await runHistory(options))
    })
}
