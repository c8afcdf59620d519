import type { Command } from 'commander'
import type { SetExit } from '../program.ts'

export interface RulesOptions {
  readonly format: string
  readonly output?: string
  readonly rules?: string
  readonly color: boolean
}

export function registerRules(program: Command, setExit: SetExit): void {
  program
    .command('rules')
    .description('List the rules, or explain one')
    .argument('[id]', 'a rule, by id or any alias')
    .option('-f, --format <format>', 'text or json', 'text')
    .option('-o, --output <file>', 'write to a file; standard output stays empty')
    .option('--rules <dir>', 'with rules of your own from a folder (runs their code)')
    .option('--no-color', 'no colour, also on a terminal')
    .addHelpText(
      'after',
      `
Examples:
  $ secops rules
  $ secops rules CKV_AWS_20`,
    )
    .action(async (id: string | undefined, options: RulesOptions) => {
      const { runRules } = await import('../actions/rules.ts')
      setExit(await runRules(id, options))
    })
}
