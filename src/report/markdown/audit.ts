import { RANKS } from '../../edit/rank.ts'
import type { AuditResult, Finding } from '../../engine/finding.ts'
import { escapeMarkdown, markdownCode } from '../escape.ts'
import { groupFindings } from '../groups.ts'
import { count, nothingAudited, placeOf, RANK_MEANING, severityCounts, uncheckedTypes } from '../words.ts'
import { document, markdownTable, section } from './blocks.ts'

/** Places listed under one rule; a comment on a pull request has to stay readable. */
const PLACES = 20

export function renderAuditMarkdown(audit: AuditResult): string {
  return document(['# Audit', '', ...auditLines(audit, 2)])
}

/** The audit without its title, its headings starting at `level`. */
export function auditLines(audit: AuditResult, level: number): string[] {
  const nothing = nothingAudited(audit)
  if (nothing !== undefined) return [escapeMarkdown(nothing), ...limitLines(audit, level)]
  const { summary, project } = audit
  return [
    `${count(summary.total, 'open finding')} (${severityCounts(summary)}) in ${count(project.files, 'file')} and ${count(project.resources, 'resource')}: ` +
      `${summary.fixable} fixable, ${count(audit.passed.length, 'check')} passed, ${summary.undecided} undecided, ${summary.suppressed} suppressed.`,
    ...section(
      level,
      'By rank',
      summary.total === 0
        ? []
        : markdownTable(
            ['rank', 'findings', 'meaning'],
            RANKS.filter((rank) => summary.byRank[rank] > 0).map((rank) => [
              rank,
              String(summary.byRank[rank]),
              RANK_MEANING[rank],
            ]),
            ['left', 'right'],
          ),
    ),
    ...section(level, 'Findings', ruleLines(audit.findings, level + 1)),
    ...limitLines(audit, level),
  ]
}

function ruleLines(findings: readonly Finding[], level: number): string[] {
  return groupFindings(findings, 'rule').flatMap((group) => {
    const [first] = group.findings
    if (first === undefined) return []
    const shown = group.findings.slice(0, PLACES)
    const more = group.findings.length - shown.length
    return [
      ...section(level, `${first.severity}: ${escapeMarkdown(first.title)} (${group.findings.length})`, [
        `${markdownCode(group.key)}. ${escapeMarkdown(first.remediation)}`,
        '',
        ...shown.map(
          (finding) =>
            `- ${markdownCode(placeOf(finding.location))} ${markdownCode(finding.resource.address)}: ${escapeMarkdown(finding.message)}`,
        ),
        ...(more > 0 ? [`- and ${more} more`] : []),
      ]),
      '',
    ]
  })
}

function limitLines(audit: AuditResult, level: number): string[] {
  const unchecked = uncheckedTypes(audit, Infinity)
  return section(level, 'Not covered', [
    ...(unchecked === undefined ? [] : [`- No rule for the type: ${escapeMarkdown(unchecked)}`]),
    ...audit.errors.map(
      (error) =>
        `- Rule ${markdownCode(error.ruleId)} failed inside at ${markdownCode(error.resource.address)}, which counts as undecided: ${escapeMarkdown(error.message)}`,
    ),
    ...audit.diagnostics.map(
      (diagnostic) => `- ${markdownCode(placeOf(diagnostic))}: ${escapeMarkdown(diagnostic.message)}`,
    ),
  ])
}
