import { type Command, Option } from 'commander'
import { parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface EnforceVerifyOptions {
  readonly engine?: 'rego' | 'cel' | 'both'
  readonly run?: string
  readonly format: 'text' | 'json' | 'junit'
  readonly output?: string
  readonly asOf?: Date
  readonly color: boolean
}

export function registerEnforceVerify(group: Command, setExit: SetExit): void {
  group
    .command('verify')
    .description("Run Gatekeeper's suites (test.gatekeeper.sh) below the paths")
    .argument('<paths...>', 'suites, or folders of them; ./... means the same as .')
    .addOption(
      new Option('--engine <engine>', 'default: CEL where a template has it, else Rego').choices([
        'rego',
        'cel',
        'both',
      ]),
    )
    .option('--run <filter>', 'only tests and cases whose name matches; or test//case')
    .addOption(
      new Option('-f, --format <format>', 'how to print the result').choices(['text', 'json', 'junit']).default('text'),
    )
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .option('--as-of <date>', 'the day that stands for today in policies', parseDate)
    .option('--no-color', 'no colour, also on a terminal')
    .addHelpText(
      'after',
      `
Examples:
  $ secops enforce verify ./...
  $ secops enforce verify policies --run 'privileged//allowed'
  $ secops enforce verify policies --engine both --format json

Exit codes: 0 every case passed or was skipped, 1 one failed, 2 wrong usage.`,
    )
    .action(async (paths: readonly string[], options: EnforceVerifyOptions) => {
      const { runEnforceVerify } = await import('../actions/enforce-verify.ts')
      setExit(await runEnforceVerify(paths, options))
    })
}
