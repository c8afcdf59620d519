import { type Command, Option } from 'commander'
import { collect, parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface EnforceTestOptions {
  readonly policy?: readonly string[]
  readonly engine?: 'rego' | 'cel'
  readonly enforcementPoint: 'gator.gatekeeper.sh' | 'validation.gatekeeper.sh' | 'audit.gatekeeper.sh' | 'vap.k8s.io'
  readonly format: 'text' | 'json' | 'sarif' | 'junit'
  readonly output?: string
  readonly includePassed?: boolean
  readonly config?: string
  readonly asOf?: Date
  readonly strict?: boolean
  readonly color: boolean
}

export function registerEnforceTest(group: Command, setExit: SetExit): void {
  group
    .command('test')
    .description('Evaluate templates and constraints against manifests, as admission would')
    .argument('<files...>', 'manifests, folders of them, or - for standard input')
    .option(
      '--policy <path>',
      'templates, constraints and expansions; may be repeated (those among the files count too)',
      collect,
    )
    .addOption(
      new Option('--engine <engine>', 'which one where a template has both (default: cel)').choices(['rego', 'cel']),
    )
    .addOption(
      new Option('--enforcement-point <name>', 'whose scopedEnforcementActions count')
        .choices(['gator.gatekeeper.sh', 'validation.gatekeeper.sh', 'audit.gatekeeper.sh', 'vap.k8s.io'])
        .default('gator.gatekeeper.sh'),
    )
    .addOption(
      new Option('-f, --format <format>', 'how to print the result')
        .choices(['text', 'json', 'sarif', 'junit'])
        .default('text'),
    )
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .option('--include-passed', 'list policies that hold too (json, sarif)')
    .option('--config <file>', 'configuration instead of the secops.yaml of the project')
    .option('--as-of <date>', 'the day that stands for today: expiries, the clock of policies', parseDate)
    .option('--strict', 'exit with 1 if a file cannot be parsed')
    .option('--no-color', 'no colour, also on a terminal')
    .addHelpText(
      'after',
      `
Examples:
  $ secops enforce test k8s --policy policies
  $ secops enforce test deployment.yaml --policy policies --format sarif --output policies.sarif
  $ helm template chart | secops enforce test - --policy policies

Exit codes: 0 nothing is denied (warn and dryrun do not count), 1 something is, 2 wrong usage or a policy that cannot be used.`,
    )
    .action(async (files: readonly string[], options: EnforceTestOptions) => {
      const { runEnforceTest } = await import('../actions/enforce-test.ts')
      setExit(await runEnforceTest(files, options))
    })
}
