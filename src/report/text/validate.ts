import type { Finding } from '../../engine/finding.ts'
import type { Scores, ValidateResult } from '../../verify/results.ts'
import { visible } from '../escape.ts'
import { severityStyle, type Style, styleFor } from '../style.ts'
import { table } from '../table.ts'
import { percent, placeOf } from '../words.ts'
import type { TextOptions } from './audit.ts'
import { beforeAfter } from './fix.ts'

export interface ValidateTextOptions extends TextOptions {
  readonly all?: boolean
}

const LISTED = 10

/** What a run changed: new findings first, since those are why somebody validates. */
export function renderValidateText(result: ValidateResult, options: ValidateTextOptions): string {
  const style = styleFor(options.colour)
  const limit = options.all ? Infinity : LISTED
  const lines = [
    style.bold(
      `${result.runId === '' ? '' : `Run ${visible(result.runId)}: `}${result.fixed.length} fixed, ${result.remaining.length} remaining, ${result.new.length} new.`,
    ),
    beforeAfter(result.before, result.after),
    ...findingLines('New', result.new, style, limit),
    ...findingLines('Remaining', result.remaining, style, limit),
    ...(options.all ? findingLines('Fixed', result.fixed, style, limit) : []),
    ...scoreLines(result, style),
  ]
  return `${lines.join('\n')}\n`
}

function findingLines(title: string, findings: readonly Finding[], style: Style, limit: number): string[] {
  if (findings.length === 0) return []
  const rows = findings
    .slice(0, limit)
    .map((finding) => [
      `  ${severityStyle(style, finding.severity)(finding.severity)}`,
      visible(finding.ruleId),
      `${style.place(visible(placeOf(finding.location)))}  ${visible(finding.resource.address)}`,
    ])
  const more = findings.length - rows.length
  return [
    '',
    style.bold(`${title} (${findings.length})`),
    ...table(rows),
    ...(more > 0 ? [`  and ${more} more (--all)`] : []),
  ]
}

function scoreLines(result: ValidateResult, style: Style): string[] {
  if (result.scores.length === 0) return []
  const change = (before: Scores, after: Scores, key: keyof Scores): string =>
    `${percent(before[key])} -> ${percent(after[key])}`
  const rows = [
    ['  framework', 'strict', 'progress', 'coverage'],
    ...result.scores.map(({ framework, before, after }) => [
      `  ${visible(framework)}`,
      change(before, after, 'strict'),
      change(before, after, 'progress'),
      change(before, after, 'coverage'),
    ]),
  ]
  return ['', style.bold('Scores before and after'), ...table(rows)]
}
