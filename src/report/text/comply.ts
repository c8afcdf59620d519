import type { ComplianceResult, RequirementResult } from '../../compliance/comply.ts'
import type { Status } from '../../compliance/status.ts'
import { visible } from '../escape.ts'
import { exposureSentences, scoreWords } from '../compliance-words.ts'
import { type Style, styleFor } from '../style.ts'
import { padEnd, table, wrap } from '../table.ts'
import { count } from '../words.ts'
import type { TextOptions } from './audit.ts'

export interface ComplyTextOptions extends TextOptions {
  /** Every check under its requirement. */
  readonly all?: boolean
}

/** Requirement by requirement, with the three scores first and side by side. */
export function renderComplyText(result: ComplianceResult, options: ComplyTextOptions): string {
  const style = styleFor(options.colour)
  const waiting = options.all === true ? [] : result.requirements.filter(waitsForPerson)
  const shown = result.requirements.filter((requirement) => !waiting.includes(requirement))
  const idWidth = Math.max(...shown.map(({ id }) => id.length), 0)
  const lines = [
    style.bold(`${visible(result.title)}, as of ${result.asOf}`),
    ...(result.retired === undefined ? [] : [style.warning(`This version was retired on ${result.retired}.`)]),
    ...table(
      scoreWords(result.scores).map(({ name, value, meaning }) => [`  ${name}`, value, meaning]),
      ['left', 'right'],
    ),
    '',
    ...shown.flatMap((requirement) => requirementLines(requirement, idWidth, options, style)),
    ...waitingLines(waiting, options, style),
    ...notCountedLines(result, options, style),
    ...projectionLines(result, style),
    '',
    ...exposureSentences(result.exposure).flatMap((sentence) => wrap(visible(sentence), options.width)),
  ]
  return `${lines.join('\n')}\n`
}

/** Nothing in the repository speaks to it, and nobody has stated it yet. */
function waitsForPerson({ kind, status, evidence, attestation }: RequirementResult): boolean {
  return kind === 'M' && status === 'NOT TESTED' && evidence.length === 0 && attestation === undefined
}

/** Their numbers only: most of a standard is about people, paper and buildings. */
function waitingLines(waiting: readonly RequirementResult[], options: TextOptions, style: Style): string[] {
  if (waiting.length === 0) return []
  const framework = waiting[0]?.id.split(':')[0] ?? ''
  const numbers = waiting.map(({ id }) => id.slice(framework.length + 1)).join(', ')
  const indent = ' '.repeat(17)
  const about = `${count(waiting.length, 'requirement')} of ${framework} that only people can show, without attestation (--all says what is wanted): ${numbers}`
  const [first = '', ...rest] = wrap(visible(about), Math.max(40, options.width - indent.length))
  return [
    `${padEnd(statusStyle(style, 'NOT TESTED')('NOT TESTED'), 14)}   ${first}`,
    ...rest.map((line) => style.dim(indent + line)),
  ]
}

function requirementLines(
  requirement: RequirementResult,
  idWidth: number,
  options: ComplyTextOptions,
  style: Style,
): string[] {
  const status = statusStyle(style, requirement.status)(requirement.status)
  const indent = ' '.repeat(17)
  const detail = options.all
    ? requirement.evidence.map((one) =>
        visible(
          `${indent}${one.outcome.padEnd(10)} ${one.ruleId}  ${one.address}${one.file === '' ? '' : `  ${one.file}:${one.line}`}`,
        ),
      )
    : []
  return [
    `${padEnd(status, 14)}   ${requirement.id.padEnd(idWidth)}  ${requirement.subject}`,
    ...wrap(visible(requirement.reason), Math.max(40, options.width - indent.length)).map((line) =>
      style.dim(`${indent}${line}`),
    ),
    ...requirement.exceptions.flatMap((exception) =>
      wrap(
        visible(
          `Exception for ${exception.target}: ${exception.reason} (${exception.owner}, until ${exception.expires})`,
        ),
        Math.max(40, options.width - indent.length),
      ).map((line) => `${indent}${line}`),
    ),
    ...detail,
  ]
}

function statusStyle(style: Style, status: Status): (text: string) => string {
  if (status === 'PASS' || status === 'ATTESTED') return style.good
  if (status === 'FAIL') return style.bad
  return status === 'READY' || status === 'PARTIAL' ? style.warning : style.dim
}

function notCountedLines(result: ComplianceResult, options: TextOptions, style: Style): string[] {
  if (result.notCounted.length === 0) return []
  return [
    '',
    style.warning(`${count(result.notCounted.length, 'statement')} not counted:`),
    ...result.notCounted.flatMap(({ kind, subject, owner, reason }) =>
      wrap(
        visible(`- ${kind} ${subject}${owner === undefined ? '' : ` by ${owner}`}: ${reason}`),
        options.width - 2,
      ).map((line) => `  ${line}`),
    ),
  ]
}

function projectionLines(result: ComplianceResult, style: Style): string[] {
  if (result.projection === undefined || result.projection.length === 0) return []
  const rows = result.projection.map(({ step, fixer, approve, scores, minutes, needs }) => [
    `  ${step}`,
    visible(fixer),
    approve === 'none' ? 'no approval' : `approve ${approve}`,
    scoreWords(scores)
      .map(({ name, value }) => `${name} ${value}`)
      .join(', '),
    `${minutes} min`,
    needs.length === 0 ? '' : visible(`needs ${needs.map(({ key }) => key).join(', ')}`),
  ])
  return ['', style.bold('After each step'), ...table(rows)]
}
