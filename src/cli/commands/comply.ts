import type { Command } from 'commander'
import { addCommonOptions, type CommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface ComplyOptions extends CommonOptions {
  readonly framework?: string
  readonly portfolio?: string
  readonly all?: boolean
}

export function registerComply(program: Command, setExit: SetExit): void {
  const command = program
    .command('comply')
    .description('Requirement by requirement: status, evidence, and the scores after each fixer')
    .argument('[path]', 'a project')
    .option('--framework <id>', 'such as pci-dss-4.0.1, or a YAML file of your own')
    .option('--portfolio <file>', 'judge several projects, each by its own profile, worst first')
    .option('--all', 'every check under its requirement')
  addCommonOptions(command, ['text', 'json', 'markdown', 'html'])
    .addHelpText(
      'after',
      `
Examples:
  $ secops comply . --framework pci-dss-4.0.1
  $ secops comply --portfolio portfolio.yaml --format html --output overview.html
  $ secops comply . --framework hipaa-security-rule
  $ secops comply . --framework pci-dss-3.2.1 --format html --output pci.html`,
    )
    .action(async (path: string | undefined, options: ComplyOptions) => {
      const { runComply } = await import('../actions/comply.ts')
      setExit(await runComply(path, options))
    })
}
