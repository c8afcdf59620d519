import type { Command } from 'commander'
import type { SetExit } from '../program.ts'

export interface InitOptions {
  readonly path: string
  readonly ci?: boolean
  readonly hook?: boolean
  readonly yes?: boolean
}

export function registerInit(program: Command, setExit: SetExit): void {
  program
    .command('init')
    .description('Write a commented secops.yaml; with --ci and --hook, a workflow and a commit hook')
    .option('--path <path>', 'the project', '.')
    .option('--ci', 'also .github/workflows/secops.yml')
    .option('--hook', 'also a hook that audits before each commit (.githooks/pre-commit)')
    .option('-y, --yes', 'write without asking')
    .addHelpText(
      'after',
      `
The files are shown first. Nothing that exists is overwritten.

Examples:
  $ secops init
  $ secops init --ci --hook`,
    )
    .action(async (options: InitOptions) => {
      const { runInit } = await import('../actions/init.ts')
      setExit(await runInit(options))
    })
}
