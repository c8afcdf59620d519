import type { JudgedFinding } from '../engine/audit.ts'
import { namesRule } from '../engine/aliases.ts'
import type { Rule } from '../rules/rule.ts'

/** What `--approve` released: a rank (B includes C), and fingerprints or unique prefixes of at least 8 digits. */
export interface Approval {
  readonly rank: 'none' | 'C' | 'B'
  readonly fingerprints: readonly string[]
  /** Those of the fingerprints whose giver was shown what the fix replaces or interrupts: they release that too. */
  readonly informed?: readonly string[]
}

export const NO_APPROVAL: Approval = { rank: 'none', fingerprints: [] }

/** `--fixer` and `--rule`; empty lists select everything. */
export interface Scope {
  readonly fixers: readonly string[]
  readonly rules: readonly string[]
}

export const EVERYTHING: Scope = { fixers: [], rules: [] }

export function fixerName(judged: JudgedFinding): string | undefined {
  return judged.finding.fix?.fixer
}

export function inScope(judged: JudgedFinding, scope: Scope, rules: readonly Rule[]): boolean {
  if (scope.fixers.length > 0 && !scope.fixers.includes(fixerName(judged) ?? '')) return false
  if (scope.rules.length === 0) return true
  const rule = rules.find(({ id }) => id === judged.finding.ruleId)
  return rule !== undefined && scope.rules.some((given) => namesRule(rule, given))
}

/** True if nothing holds the fix: its rank is released and no value is missing. */
export function isReleased(judged: JudgedFinding, approval: Approval): boolean {
  if (judged.remedy.kind === 'none') return false
  if (judged.remedy.kind === 'fixer' && (judged.remedy.assessment.needs ?? []).length > 0) return false
  const { rank, fingerprint } = judged.finding
  if (rank === 'E' || rank === 'D') return true
  if (approval.fingerprints.some((given) => fingerprint.startsWith(given))) return true
  return approval.rank === 'B' || (approval.rank === 'C' && rank === 'C')
}
