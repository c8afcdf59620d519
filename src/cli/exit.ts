import type { AuditResult, AuditSummary, SeverityName } from '../engine/finding.ts'
import { SEVERITIES } from '../engine/finding.ts'
import { isReadProblem } from '../text/diagnostic.ts'

/** 0 nothing at or above `--fail-on`; 1 findings; 2 wrong usage or configuration; 3 a failure inside. */
export const EXIT = { ok: 0, findings: 1, usage: 2, internal: 3 } as const

export type FailOn = 'critical' | 'high' | 'medium' | 'low' | 'none'

export const FAIL_ON: readonly FailOn[] = ['critical', 'high', 'medium', 'low', 'none']

/** What the state of a project means for the caller; errors inside beat findings. */
export function exitFor(summary: AuditSummary, audit: AuditResult, failOn: FailOn, strict: boolean): number {
  if (audit.errors.length > 0) return EXIT.internal
  if (strict && audit.diagnostics.some(isReadProblem)) return EXIT.findings
  return isAtOrAbove(summary, failOn) ? EXIT.findings : EXIT.ok
}

export function isAtOrAbove(summary: AuditSummary, failOn: FailOn): boolean {
  return countFrom(summary, failOn) > 0
}

function countFrom(summary: AuditSummary, failOn: FailOn): number {
  if (failOn === 'none') return 0
  const threshold = SEVERITIES.indexOf(severityOf(failOn))
  return SEVERITIES.slice(0, threshold + 1).reduce((sum, severity) => sum + summary[severity], 0)
}

const NAMES: Readonly<Record<Exclude<FailOn, 'none'>, SeverityName>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
}

function severityOf(failOn: Exclude<FailOn, 'none'>): SeverityName {
  return NAMES[failOn]
}
