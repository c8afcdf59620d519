import { type Command, Option } from 'commander'
import { type CommonOptions, addCommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'

interface AuditOptions extends CommonOptions {
  readonly all?: boolean
  readonly groupBy: 'rule' | 'file' | 'requirement'
}

export function registerAudit(program: Command, setExit: SetExit): void {
  const command = program
    .command('audit')
    .description('Find what is wrong; changes nothing but .secops/')
    .argument('<path>', 'a project, a folder or a file of it')
    .option('--all', 'every place, not the first three of each rule')
    .addOption(
      new Option('--group-by <what>', 'how to group findings (text)')
        .choices(['rule', 'file', 'requirement'])
        .default('rule'),
    )
  addCommonOptions(command, ['text', 'json', 'sarif', 'markdown', 'html'])
    .addHelpText(
      'after',
      `
Examples:
  $ secops audit .
  $ secops audit infrastructure/terraform --var-file prod.tfvars --fail-on critical
  $ secops audit . --format sarif --output secops.sarif
  $ secops audit . --rule CKV_AWS_20 --all`,
    )
    .action(async (path: string, options: AuditOptions) => {
      const { runAudit } = await import('../actions/audit.ts')
      setExit(await runAudit(path, options))
    })
}

export type { AuditOptions }
