import { RANKS } from '../../edit/rank.ts'
import type { AuditResult, AuditSummary, Finding } from '../../engine/finding.ts'
import type { CodeReader } from '../code.ts'
import { type FindingGroup, groupFindings } from '../groups.ts'
import { count, nothingAudited, placeOf, RANK_MEANING, severityCounts, uncheckedTypes } from '../words.ts'
import { severityChart } from './charts.ts'
import { type Content, markup, type Markup } from './markup.ts'
import { codeLine, dataTable, name, place, ruleAnchor, type Section, severityBadge } from './parts.ts'

/** Places shown with their code under one rule; the rest are listed in short. */
const WITH_CODE = 8
/** Entries of the longer lists under "What this report does not cover". */
const LISTED = 500

export function overviewSection(audit: AuditResult, before: AuditSummary | undefined): Section {
  const nothing = nothingAudited(audit)
  const { summary } = audit
  return {
    id: 'overview',
    title: 'Overview',
    content: [
      nothing !== undefined && markup`<p class="notice">${nothing}</p>`,
      nothing === undefined &&
        markup`<p>${before !== undefined && markup`Before: ${count(before.total, 'finding')} (${severityCounts(before)}). After: `}${count(summary.total, 'finding')} (${severityCounts(summary)}), ${summary.fixable} fixable; ${count(audit.passed.length, 'check')} passed, ${summary.undecided} undecided, ${summary.suppressed} suppressed.</p>`,
      nothing === undefined && severityChart(summary, before),
      nothing === undefined &&
        before !== undefined &&
        markup`<p class="small quiet">The paler bar of each pair is before, the other after.</p>`,
      summary.total > 0 &&
        dataTable(
          'Open findings by what it takes to fix them',
          [{ title: 'Rank' }, { title: 'Findings', number: true }, { title: 'Meaning' }],
          RANKS.filter((rank) => summary.byRank[rank] > 0).map((rank) => [
            rank,
            summary.byRank[rank],
            RANK_MEANING[rank],
          ]),
        ),
    ],
  }
}

export function findingsSection(audit: AuditResult, code: CodeReader): Section {
  const groups = groupFindings(audit.findings, 'rule')
  return {
    id: 'findings',
    title: 'Open findings',
    content: groups.length === 0 ? markup`<p>None.</p>` : groups.map((group) => groupDetails(group, code)),
  }
}

function groupDetails(group: FindingGroup, code: CodeReader): Content {
  const [first] = group.findings
  if (first === undefined) return undefined
  const rest = group.findings.slice(WITH_CODE)
  const aliases = [...new Set(group.findings.flatMap((finding) => finding.aliases))]
  return markup`<details class="group"><summary>${severityBadge(first.severity)} <strong>${first.title}</strong> <span class="quiet">${count(group.findings.length, 'place')}, <span class="id">${group.key}</span></span></summary><div class="inside" id="${ruleAnchor(group.key)}"><p>${first.remediation}</p><p class="small quiet">${fixWords(first)}${first.requirements.length > 0 && ` Speaks to ${first.requirements.join(', ')}.`}${aliases.length > 0 && ` Also known as ${aliases.join(', ')}.`}</p><ol class="places">${group.findings
    .slice(0, WITH_CODE)
    .map((finding) => findingItem(finding, code))}</ol>${
    rest.length > 0 &&
    markup`<details><summary>${count(rest.length, 'more place')}</summary><ol class="places" start="${WITH_CODE + 1}">${rest.map((finding) => markup`<li>${place(finding.location)} ${name(finding.resource.address)}</li>`)}</ol></details>`
  }</div></details>`
}

function findingItem(finding: Finding, code: CodeReader): Markup {
  return markup`<li>${place(finding.location)} ${name(finding.resource.address)}<br>${finding.message}${codeLine(finding.location, code)}</li>`
}

function fixWords(finding: Finding): string {
  if (finding.fix === undefined) return 'No automatic fix.'
  const { fixer, title, estimatedMinutes } = finding.fix
  return `Fix by ${fixer}, rank ${finding.rank}: ${title} (${count(estimatedMinutes, 'minute')} of a person).`
}

/** What was not decided, not checked or not read: without it the rest would claim too much. */
export function limitsSection(audit: AuditResult): Section {
  const unchecked = uncheckedTypes(audit, Infinity)
  const list = (title: string, items: readonly Markup[]): Content => {
    if (items.length === 0) return undefined
    const more = items.length - LISTED
    return markup`<details class="group"><summary>${title} (${items.length})</summary><div class="inside"><ul>${items.slice(0, LISTED).map((item) => markup`<li>${item}</li>`)}</ul>${more > 0 && markup`<p>and ${more} more in the JSON</p>`}</div></details>`
  }
  const suppressed = audit.findings.filter(({ status }) => status === 'suppressed')
  return {
    id: 'limits',
    title: 'What this report does not cover',
    content: [
      unchecked === undefined
        ? markup`<p>Every resource type found has at least one rule.</p>`
        : markup`<p>Resource types without any rule: ${name(unchecked)}.</p>`,
      list(
        'Undecided checks: their values are not known',
        audit.undecided.map(
          (one) => markup`${place(one.location)} ${name(one.ruleId)} ${name(one.resource.address)}: ${one.reason}`,
        ),
      ),
      list(
        'Suppressed findings',
        suppressed.map(
          (one) =>
            markup`${place(one.location)} ${name(one.ruleId)} ${name(one.resource.address)}: ${one.suppression?.reason}${one.suppression?.owner !== undefined && ` (${one.suppression.owner}${one.suppression.expires === undefined ? '' : `, until ${one.suppression.expires}`})`}`,
        ),
      ),
      list(
        'Rules that failed inside; their checks count as undecided',
        audit.errors.map((one) => markup`${name(one.ruleId)} ${name(one.resource.address)}: ${one.message}`),
      ),
      list(
        'Files not read completely',
        audit.diagnostics.map((one) => markup`${name(placeOf(one))} ${one.message} (${one.code})`),
      ),
    ],
  }
}
