import { type Command, Option } from 'commander'
import { addCommonOptions, collect, collectNames, type CommonOptions } from '../options.ts'
import type { SetExit } from '../program.ts'

interface AuditOptions extends CommonOptions {
  readonly all?: boolean
  readonly groupBy: 'rule' | 'file' | 'requirement'
  readonly severity?: 'critical' | 'high' | 'medium' | 'low'
  readonly path?: readonly string[]
  readonly changedSince?: string
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly dormant?: boolean
  readonly import?: readonly string[]
  readonly with?: readonly string[]
  readonly watch?: boolean
  readonly cache: boolean
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
    .addOption(
      new Option('--severity <severity>', 'only findings at or above it').choices([
        'critical',
        'high',
        'medium',
        'low',
      ]),
    )
    .option('--path <glob>', 'only findings in these files; may be repeated', collect)
    .option('--changed-since <rev>', 'only findings that touch lines changed since a git revision')
    .option('--baseline <file>', 'mark known findings; only new ones count')
    .option('--write-baseline <file>', 'write the open findings as a baseline')
    .option('--import <file>', 'add the findings of another scanner (its JSON, or SARIF); may be repeated', collect)
    .option('--with <names>', 'run other scanners that are installed: checkov,trivy,gitleaks,...', collectNames)
    .option('--no-cache', 'audit anew even if nothing has changed since the last audit')
    .option('--watch', 'audit again after each edit, until Ctrl-C')
    .option('--dormant', 'judge resources too that a count or for_each switches off')
  addCommonOptions(command, ['text', 'json', 'sarif', 'markdown', 'html', 'junit', 'github', 'csv'])
    .addHelpText(
      'after',
      `
Examples:
  $ secops audit .
  $ secops audit infrastructure/terraform --var-file prod.tfvars --fail-on critical
  $ secops audit . --format sarif --output secops.sarif
  $ secops audit . --rule CKV_AWS_20 --all
  $ secops audit . --with checkov,trivy
  $ secops audit . --write-baseline .secops-baseline.json
  $ secops audit . --baseline .secops-baseline.json --changed-since origin/main`,
    )
    .action(async (path: string, options: AuditOptions) => {
      if (options.watch === true) {
        const { runWatch } = await import('../actions/watch.ts')
        setExit(await runWatch(path, options))
        return
      }
      const { runAudit } = await import('../actions/audit.ts')
      setExit(await runAudit(path, options))
    })
}

export type { AuditOptions }
