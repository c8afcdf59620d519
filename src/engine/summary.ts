import type { Rank } from '../edit/rank.ts'
import { type AuditSummary, type Finding, SEVERITIES } from './finding.ts'

/** Only open findings count; suppressed and dormant ones are counted apart. */
export function summarize(findings: readonly Finding[], undecided: number): AuditSummary {
  const severities = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, INFO: 0 }
  const byRank: Record<Rank, number> = { E: 0, D: 0, C: 0, B: 0, S: 0 }
  const counts = { total: 0, fixable: 0, suppressed: 0, dormant: 0 }
  for (const finding of findings) {
    if (finding.status !== 'open') {
      counts[finding.status]++
      continue
    }
    severities[finding.severity]++
    byRank[finding.rank]++
    counts.total++
    if (finding.fix !== undefined) counts.fixable++
  }
  return {
    ...severities,
    total: counts.total,
    byRank,
    fixable: counts.fixable,
    undecided,
    suppressed: counts.suppressed,
    dormant: counts.dormant,
  }
}

/** Worst first, then by rule, file, place and address: the one order of every output. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.location.file, b.location.file) ||
    a.location.range.start.line - b.location.range.start.line ||
    a.location.range.start.column - b.location.range.start.column ||
    compareText(a.resource.address, b.resource.address) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

/** Code-unit order, so that the result does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
