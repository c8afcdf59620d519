import { type Command, InvalidArgumentError, Option } from 'commander'
import type { RegoVersion } from '../../rego/ast.ts'
import { collect, collectNames, parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface ConftestOptions {
  readonly policy?: readonly string[]
  readonly data?: readonly string[]
  readonly namespace?: readonly string[]
  readonly allNamespaces?: boolean
  readonly combine?: boolean
  readonly regoVersion: RegoVersion
  readonly parser?: string
  readonly ignore?: RegExp
  readonly stdinFilename?: string
  readonly format: 'text' | 'json' | 'sarif' | 'junit' | 'tap' | 'table'
  readonly output?: string
  readonly failOnWarn?: boolean
  /** False with `--no-fail`. */
  readonly fail: boolean
  readonly suppressExceptions?: boolean
  readonly verify?: boolean
  readonly report?: 'full' | 'notes' | 'fails'
  readonly coverage?: boolean
  readonly strict?: boolean
  readonly asOf?: Date
  readonly quiet?: boolean
  readonly color: boolean
}

export function registerEnforceConftest(enforce: Command, setExit: SetExit): void {
  const command = enforce
    .command('conftest')
    .description('Policies with deny, violation, warn and exception, asked about files, as Conftest does')
    .argument('[files...]', 'files, folders, or - for standard input; `verify` runs the tests of the policies')
    .option('-p, --policy <path>', 'folder or file with policies; may be repeated (default: policy)', collect)
    .option('-d, --data <path>', 'folder or file with data, YAML or JSON; may be repeated', collect)
    .option('-n, --namespace <names>', 'packages, also with * ? [...]; may be repeated (default: main)', collectNames)
    .option('--all-namespaces', 'all packages that the policies have')
    .option('--combine', 'all files as one input: a list of {path, contents}')
    .addOption(new Option('--rego-version <version>', 'syntax of the policies').choices(['v0', 'v1']).default('v1'))
    .option('--parser <name>', 'read all files with this parser')
    .option('--ignore <regex>', 'leave out files whose path matches', parseRegex)
    .option('--stdin-filename <name>', 'name for standard input in the output')
    .addOption(
      new Option('-f, --format <format>', 'how to print the result')
        .choices(['text', 'json', 'sarif', 'junit', 'tap', 'table'])
        .default('text'),
    )
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .option('--fail-on-warn', 'exit with 1 for warnings too')
    .option('--no-fail', 'exit with 0 also if a policy fails')
    .option('--suppress-exceptions', 'do not list exceptions')
    .option('--verify', 'run the tests of the policies (test_ rules) instead')
    .addOption(
      new Option(
        '--report <kind>',
        'verify: list every test (full), those that print (notes) or that fail (fails)',
      ).choices(['full', 'notes', 'fails']),
    )
    .option('--coverage', 'verify: which lines of the policies the tests run')
    .option('--strict', 'exit with 1 if a file cannot be read')
    .option('--as-of <date>', 'the time that policies see (default: SOURCE_DATE_EPOCH or now)', parseDate)
    .option('--no-color', 'no colour, also on a terminal')
    .option('-q, --quiet', 'print nothing if all is well')
    .addHelpText(
      'after',
      `
Examples:
  $ secops enforce conftest deployment.yaml --policy policy
  $ secops enforce conftest infrastructure/ --all-namespaces --format sarif --output conftest.sarif
  $ secops enforce conftest verify --policy policy --coverage

Exit codes: 0 no failures, 1 failures, 2 wrong usage or policies that do not compile, 3 a rule ended in an error.`,
    )
    .action(async (files: readonly string[], options: ConftestOptions) => {
      const { runEnforceConftest } = await import('../actions/enforce-conftest.ts')
      setExit(await runEnforceConftest(files, options))
    })
  command.exitOverride().configureOutput({ writeErr: () => {} })
}

function parseRegex(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw new InvalidArgumentError('expected a regular expression.')
  }
}
