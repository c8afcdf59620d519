import { type Command, Option } from 'commander'
import { collect, type CommonOptions, parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface ReportOptions extends Omit<CommonOptions, 'format'> {
  readonly kind: string
  readonly framework?: readonly string[]
  readonly format: 'markdown' | 'html' | 'pdf'
  readonly pack?: string
  readonly plan?: boolean
  readonly import?: readonly string[]
  readonly browser?: string
}

const KINDS = [
  'executive',
  'engineer',
  'gap-analysis',
  'checklist',
  'savepoint',
  'quick-start',
  'admission-analysis',
  'audit-readiness',
]

export function registerReport(program: Command, setExit: SetExit): void {
  program
    .command('report')
    .description('Documents for people, and an evidence pack for the assessor')
    .argument('<path>', 'a project')
    .addOption(new Option('--kind <kind>', 'which document').choices(KINDS).default('executive'))
    .option('--framework <id>', 'judge this framework; may be repeated (default: those of secops.yaml)', collect)
    .addOption(
      new Option('-f, --format <format>', 'how to print it').choices(['markdown', 'html', 'pdf']).default('markdown'),
    )
    .option('-o, --output <file>', 'write the document to a file; standard output stays empty')
    .option('--pack <file>', 'write an evidence pack (zip) with everything: findings, evidence, OSCAL, documents')
    .option('--plan', 'plan and project even for very many findings, which takes minutes')
    .option('--import <file>', 'add the findings of another scanner; may be repeated', collect)
    .option('--browser <program>', 'the Chromium, Chrome or Edge that makes a PDF (default: the first on the path)')
    .option('--var-file <file>', 'Terraform variable values; may be repeated', collect)
    .option('--config <file>', 'configuration instead of the secops.yaml of the project')
    .option('--rules <dir>', 'load rules of your own from a folder (runs their code)')
    .option('--as-of <date>', 'the day of the report, YYYY-MM-DD: fixes dates, expiries and ids', parseDate)
    .option('--no-color', 'no colours')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  $ secops report .
  $ secops report . --kind gap-analysis --format html --output gaps.html
  $ secops report . --kind audit-readiness --framework hipaa-security-rule
  $ secops report . --pack evidence.zip && secops verify-pack evidence.zip`,
    )
    .action(async (path: string, options: ReportOptions) => {
      const { runReport } = await import('../actions/report.ts')
      setExit(await runReport(path, options))
    })
}
