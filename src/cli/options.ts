import { type Command, InvalidArgumentError, Option } from 'commander'
import { FAIL_ON, type FailOn } from './exit.ts'

export type Format = 'text' | 'json' | 'sarif' | 'markdown' | 'html' | 'junit' | 'github' | 'csv'

/** Options that every command over a project has, as commander hands them over. */
export interface CommonOptions {
  readonly format: Format
  readonly output?: string
  readonly failOn: FailOn
  readonly includePassed?: boolean
  readonly rule?: readonly string[]
  readonly varFile?: readonly string[]
  readonly config?: string
  readonly asOf?: Date
  readonly rules?: string
  readonly render?: boolean
  readonly strict?: boolean
  /** False with `--no-color`. */
  readonly color: boolean
  readonly quiet?: boolean
}

export function addCommonOptions(command: Command, formats: readonly Format[]): Command {
  return command
    .addOption(new Option('-f, --format <format>', 'how to print the result').choices(formats).default('text'))
    .option('-o, --output <file>', 'write the result to a file; standard output stays empty')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 if a finding at or above it is open')
        .choices(FAIL_ON)
        .default('high'),
    )
    .option('--include-passed', 'list passed checks too (json)')
    .option('--rule <id>', 'only this rule, by id or any alias (CKV_AWS_20, AVD-AWS-0092); may be repeated', collect)
    .option('--var-file <file>', 'Terraform variable values, as for terraform plan; may be repeated', collect)
    .option('--config <file>', 'configuration instead of the secops.yaml of the project')
    .option('--rules <dir>', 'load rules of your own from a folder (runs their code)')
    .option('--render', 'run helm and kustomize, if they are on the path, to audit what they make')
    .option(
      '--as-of <date>',
      'the day that stands for today: expiries, ids (default: SOURCE_DATE_EPOCH or now)',
      parseDate,
    )
    .option('--strict', 'exit with 1 if a file cannot be parsed')
    .option('--no-color', 'no colour, also on a terminal')
    .option('-q, --quiet', 'print no progress and no next steps')
}

export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value]
}

/** `a,b` and `--with a --with b` alike. */
export function collectNames(value: string, previous: readonly string[] = []): readonly string[] {
  const names = value.split(',').map((name) => name.trim())
  return [...previous, ...names.filter((name) => name !== '')]
}

/** @throws InvalidArgumentError for anything but `YYYY-MM-DD` or an ISO 8601 time */
export function parseDate(text: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(text) ? new Date(text) : new Date(Number.NaN)
  // Of `2026-02-31` a Date makes the third of March.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text.slice(0, 10))) {
    throw new InvalidArgumentError('expected a date such as 2026-12-31.')
  }
  return date
}

/** The moment that stands for now: `--as-of`, else SOURCE_DATE_EPOCH, else the clock. */
export function nowOf(options: Pick<CommonOptions, 'asOf'>): Date {
  if (options.asOf !== undefined) return options.asOf
  const epoch = process.env['SOURCE_DATE_EPOCH']
  if (epoch !== undefined && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000)
  return new Date()
}
