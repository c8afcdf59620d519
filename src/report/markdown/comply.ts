import type { ComplianceResult } from '../../compliance/comply.ts'
import { exposureSentences, scoreWords } from '../compliance-words.ts'
import { escapeMarkdown, markdownCode } from '../escape.ts'
import { percent } from '../words.ts'
import { document, markdownTable, section } from './blocks.ts'

export function renderComplyMarkdown(results: readonly ComplianceResult[]): string {
  return document(['# Compliance', ...results.flatMap((result) => complyLines(result, 2))])
}

/** One framework under a heading of `level`. */
export function complyLines(result: ComplianceResult, level: number): string[] {
  return section(level, `${escapeMarkdown(result.title)}, as of ${result.asOf}`, [
    ...(result.retired === undefined ? [] : [`This version was retired on ${result.retired}.`, '']),
    ...markdownTable(
      ['score', 'value', 'counts'],
      scoreWords(result.scores).map(({ name, value, meaning }) => [`**${name}**`, value, meaning]),
      ['left', 'right'],
    ),
    '',
    ...markdownTable(
      ['status', 'requirement', 'subject', 'reason'],
      result.requirements.map(({ id, subject, status, reason }) => [
        `**${status}**`,
        markdownCode(id),
        escapeMarkdown(subject),
        escapeMarkdown(reason),
      ]),
    ),
    ...section(
      level + 1,
      'Statements that do not count',
      result.notCounted.map(
        ({ kind, subject, owner, reason }) =>
          `- ${kind} ${markdownCode(subject)}${owner === undefined ? '' : ` by ${escapeMarkdown(owner)}`}: ${escapeMarkdown(reason)}`,
      ),
    ),
    ...section(level + 1, 'After each step', projectionLines(result)),
    ...section(
      level + 1,
      'Exposure',
      exposureSentences(result.exposure).map((sentence) => `- ${escapeMarkdown(sentence)}`),
    ),
  ])
}

function projectionLines({ projection = [] }: ComplianceResult): string[] {
  if (projection.length === 0) return []
  return markdownTable(
    ['step', 'fixer', 'approval', 'strict', 'progress', 'coverage', 'minutes', 'needs'],
    projection.map(({ step, fixer, approve, scores, minutes, needs }) => [
      String(step),
      markdownCode(fixer),
      approve,
      percent(scores.strict),
      percent(scores.progress),
      percent(scores.coverage),
      String(minutes),
      needs.map(({ key }) => markdownCode(key)).join(', '),
    ]),
  )
}
