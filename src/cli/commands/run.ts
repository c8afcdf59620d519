import type { Command } from 'commander'
import { addCommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'
import { addFixOptions, type FixOptions } from './fix.ts'

export interface RunOptions extends FixOptions {
  readonly yes?: boolean
}

export function registerRun(program: Command, setExit: SetExit): void {
  const command = addFixOptions(
    program
      .command('run')
      .description('The whole loop: audit, fix what may be fixed, validate, comply, report')
      .argument('<path>', 'a project, a folder or a file of it'),
  ).option('-y, --yes', 'do not ask before writing')
  addCommonOptions(command, ['text', 'json', 'markdown', 'html'])
    .addHelpText(
      'after',
      `
Examples:
  $ secops run .
  $ secops run . --dry-run
  $ secops run . --yes --approve B --format html --output report.html`,
    )
    .action(async (path: string, options: RunOptions) => {
      const { runRun } = await import('../actions/run.ts')
      setExit(await runRun(path, options))
    })
}
