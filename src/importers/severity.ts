import type { SeverityName } from '../engine/finding.ts'

/** What scanners call their severities, in lower case. */
const NAMES: Readonly<Record<string, SeverityName>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  error: 'HIGH',
  medium: 'MEDIUM',
  moderate: 'MEDIUM',
  warning: 'MEDIUM',
  low: 'LOW',
  note: 'LOW',
  info: 'INFO',
  informational: 'INFO',
  trace: 'INFO',
  none: 'INFO',
}

/** Undefined for no or an unknown severity. */
export function severityNamed(name: string | undefined): SeverityName | undefined {
  const key = name?.toLowerCase()
  return key !== undefined && Object.hasOwn(NAMES, key) ? NAMES[key] : undefined
}

/** A score from 0 to 10: above 9 is critical, from 7 high, from 4 medium, as code hosts read `security-severity`. */
export function severityOfScore(score: number | undefined): SeverityName | undefined {
  if (score === undefined || !(score >= 0 && score <= 10)) return undefined
  if (score >= 9) return 'CRITICAL'
  if (score >= 7) return 'HIGH'
  if (score >= 4) return 'MEDIUM'
  return score > 0 ? 'LOW' : 'INFO'
}
