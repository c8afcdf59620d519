import type { Rank } from '../edit/rank.ts'
import { type AuditResult, type AuditSummary, SEVERITIES } from '../engine/finding.ts'
import type { Range } from '../text/span.ts'

/** Ranks in plain words, for people who have not read the contract. */
export const RANK_MEANING: Readonly<Record<Rank, string>> = {
  E: 'mechanical; fixed without asking',
  D: 'safe default with something to read; fixed without asking',
  C: 'waits for approval: somebody may rely on the old behaviour, or a value is needed',
  B: 'waits for approval: replacement, downtime, lock-out or rotation',
  S: 'for a person to decide; nothing is applied',
}

/** "1 finding", "2 findings"; "1 entry" with a plural of its own. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`
}

/** "3 critical, 12 high"; "none" if nothing is open. */
export function severityCounts(summary: AuditSummary): string {
  const parts = SEVERITIES.filter((name) => summary[name] > 0).map((name) => `${summary[name]} ${name.toLowerCase()}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

/** A score as a percentage that never rounds up to 100 or down to 0. */
export function percent(score: number): string {
  const rounded = Math.round(score * 100)
  if (rounded === 100 && score < 1) return '99%'
  return rounded === 0 && score > 0 ? '1%' : `${rounded}%`
}

/** US dollars: `$11,400,000`. */
export function dollars(amount: number): string {
  return `$${String(Math.round(amount)).replace(/\B(?=(\d{3})+$)/g, ',')}`
}

/**
 * Why an audit says nothing, or undefined if at least one check ran. A report must never let this pass for success.
 */
export function nothingAudited(audit: AuditResult): string | undefined {
  const checks = audit.findings.length + audit.passed.length + audit.undecided.length + audit.errors.length
  if (checks > 0) return undefined
  const { files, resources, unchecked } = audit.project
  if (files === 0) return 'Nothing was audited: no file that this tool reads was found.'
  if (resources === 0) return `Nothing was audited: no resource was found in ${count(files, 'file')}.`
  const types = unchecked.length === 0 ? '' : ` (${unchecked.map(({ type, count: n }) => `${type} ${n}`).join(', ')})`
  return `Nothing was audited: ${count(resources, 'resource')} found, but no rule in use is for ${resources === 1 ? 'its type' : 'their types'}${types}.`
}

/** Types without any rule, as "google_storage_bucket (3)", at most `limit` of them. */
export function uncheckedTypes(audit: AuditResult, limit: number): string | undefined {
  const { unchecked } = audit.project
  if (unchecked.length === 0) return undefined
  const shown = unchecked.slice(0, limit).map(({ type, count: n }) => `${type} (${n})`)
  const rest = unchecked.length - shown.length
  return shown.join(', ') + (rest > 0 ? ` and ${count(rest, 'more type', 'more types')}` : '')
}

/** `main.tf:12:3`, or the file alone. */
export function placeOf(at: { readonly file: string; readonly range?: Range }): string {
  return at.range ? `${at.file}:${at.range.start.line}:${at.range.start.column}` : at.file
}
