import { type Command, Option } from 'commander'
import { parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface EnforceLintOptions {
  readonly fix?: boolean
  readonly format: 'text' | 'json' | 'sarif'
  readonly output?: string
  readonly failOn: 'error' | 'warning' | 'none'
  readonly asOf?: Date
  readonly strict?: boolean
  readonly color: boolean
}

export function registerEnforceLint(group: Command, setExit: SetExit): void {
  group
    .command('lint')
    .description(
      'Find faults in templates and constraints, and references of the manifests beside them that lead nowhere',
    )
    .argument('<paths...>', 'files and folders; all are judged together')
    .option('--fix', 'mend what can be mended mechanically')
    .addOption(
      new Option('-f, --format <format>', 'how to print the result').choices(['text', 'json', 'sarif']).default('text'),
    )
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if a fault at or above it is left')
        .choices(['error', 'warning', 'none'])
        .default('error'),
    )
    .option('--as-of <date>', 'the day that stands for today: the id of the run with --fix', parseDate)
    .option('--strict', 'exit with 1 if a file cannot be parsed')
    .option('--no-color', 'no colour, also on a terminal')
    .addHelpText(
      'after',
      `
Examples:
  $ secops enforce lint policies
  $ secops enforce lint infrastructure/k8s --format sarif --output lint.sarif
  $ secops enforce lint policies --fix

Exit codes: 0 no error, 1 errors, 2 wrong usage.`,
    )
    .action(async (paths: readonly string[], options: EnforceLintOptions) => {
      const { runEnforceLint } = await import('../actions/enforce-lint.ts')
      setExit(await runEnforceLint(paths, options))
    })
}
