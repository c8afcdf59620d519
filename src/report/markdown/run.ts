import type { Finding } from '../../engine/finding.ts'
import type { ValidateResult } from '../../verify/results.ts'
import { escapeMarkdown, markdownCode } from '../escape.ts'
import type { RunResult } from '../run-result.ts'
import { beforeAfter } from '../text/fix.ts'
import { percent, placeOf } from '../words.ts'
import { auditLines } from './audit.ts'
import { document, markdownTable, section } from './blocks.ts'
import { complyLines } from './comply.ts'
import { fixLines } from './fix.ts'

export function renderRunMarkdown(run: RunResult): string {
  return document([
    '# Security and compliance report',
    ...section(2, 'Before and after', validateLines(run.validate, 3)),
    ...run.comply.flatMap((result) => complyLines(result, 2)),
    ...section(2, 'Fixes', fixLines(run.fix, 3)),
    ...section(2, 'What is left', auditLines(run.audit, 3)),
  ])
}

export function renderValidateMarkdown(result: ValidateResult): string {
  return document(['# Before and after', '', ...validateLines(result, 2)])
}

function validateLines(result: ValidateResult, level: number): string[] {
  return [
    `Run ${markdownCode(result.runId)}: ${result.fixed.length} fixed, ${result.remaining.length} remaining, ${result.new.length} new. ${beforeAfter(result.before, result.after)}`,
    ...section(
      level,
      'Scores',
      result.scores.length === 0
        ? []
        : markdownTable(
            ['framework', 'strict', 'progress', 'coverage'],
            result.scores.map(({ framework, before, after }) => [
              markdownCode(framework),
              ...(['strict', 'progress', 'coverage'] as const).map(
                (key) => `${percent(before[key])} → ${percent(after[key])}`,
              ),
            ]),
          ),
    ),
    ...section(level, 'New findings', result.new.map(findingLine)),
  ]
}

function findingLine(finding: Finding): string {
  return `- ${finding.severity} ${markdownCode(finding.ruleId)} ${markdownCode(placeOf(finding.location))} ${markdownCode(finding.resource.address)}: ${escapeMarkdown(finding.message)}`
}
