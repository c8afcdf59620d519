import type { Command } from 'commander'
import { addCommonOptions, collect, type CommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface FixOptions extends CommonOptions {
  readonly dryRun?: boolean
  readonly fixer?: readonly string[]
  readonly approve?: readonly string[]
  readonly all?: boolean
  readonly interactive?: boolean
  readonly commit?: boolean
  readonly gitHooks?: boolean
  /** True without a file: then the text is the output. */
  readonly prBody?: string | true
  readonly terraformFmt?: boolean
}

/** What `fix` and `run` have in common. */
export function addFixOptions(command: Command): Command {
  return command
    .option('--dry-run', 'show the changes as one unified diff and write nothing')
    .option('--fixer <name>', 'only this fixer; may be repeated', collect)
    .option('--approve <what>', 'release what is held: C, B (includes C), or a fingerprint; may be repeated', collect)
    .option('--all', 'list everything, not the first of each kind')
}

export function registerFix(program: Command, setExit: SetExit): void {
  const command = addFixOptions(
    program
      .command('fix')
      .description('Fix what may be fixed: verified in memory, then every file or none')
      .argument('<path>', 'a project, a folder or a file of it'),
  )
    .option('-i, --interactive', 'go through what is held, one fix at a time, and ask for missing values')
    .option('--commit', 'one git commit for each fixer; refuses on a dirty tree')
    .option('--git-hooks', 'let the hooks and filters of the repository run for --commit')
    .option('--pr-body [file]', 'write the text of a pull request to a file, or print it instead of the result')
    .option('--terraform-fmt', 'run terraform fmt -check on what would be written (terraform must be on the path)')
  addCommonOptions(command, ['text', 'json', 'markdown', 'html'])
    .addHelpText(
      'after',
      `
Ranks: E and D are fixed; C and B are held until --approve; S stays a person's decision.

Examples:
  $ secops fix . --dry-run
  $ secops fix . --fixer s3-encryption
  $ secops fix . --approve C
  $ secops fix . --approve 3f1eb928
  $ secops fix . --interactive
  $ secops fix . --commit --pr-body=pull-request.md`,
    )
    .action(async (path: string, options: FixOptions) => {
      const { runFix } = await import('../actions/fix.ts')
      setExit(await runFix(path, options))
    })
}
