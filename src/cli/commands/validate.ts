import type { Command } from 'commander'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface ValidateOptions extends CommonOptions {
  readonly all?: boolean
}

export function registerValidate(program: Command, setExit: SetExit): void {
  const command = program
    .command('validate')
    .description("Compare the last run's before with a fresh audit")
    .argument('<path>', 'a project')
    .option('--all', 'list everything')
  addCommonOptions(command, ['text', 'json', 'markdown'])
    .addHelpText(
      'after',
      `
Examples:
  $ secops validate .
  $ secops validate . --format json --output validate.json`,
    )
    .action(async (path: string, options: ValidateOptions) => {
      const { runValidate } = await import('../actions/validate.ts')
      setExit(await runValidate(path, options))
    })
}
