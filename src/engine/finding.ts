import type { FixClass, Rank } from '../edit/rank.ts'
import type { ResourceKind } from '../resources/resource.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Range } from '../text/span.ts'

export type SeverityName = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFO'
export type ConfidenceName = 'HIGH' | 'MEDIUM' | 'LOW'

export const SEVERITIES: readonly SeverityName[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']

/** The shapes of `contracts.md`, "Findings JSON". `requirements` are filled in above the engine. */
export interface FindingResource {
  readonly kind: ResourceKind
  readonly type: string
  readonly address: string
  readonly root: string
}

export interface FindingLocation {
  /** Relative to the project root. */
  readonly file: string
  readonly range: Range
}

export interface Finding {
  readonly fingerprint: string
  readonly ruleId: string
  readonly aliases: readonly string[]
  readonly severity: SeverityName
  readonly confidence: ConfidenceName
  readonly rank: Rank
  readonly title: string
  readonly message: string
  readonly remediation: string
  readonly resource: FindingResource
  readonly location: FindingLocation
  readonly controls: readonly string[]
  readonly requirements: readonly string[]
  readonly fix?: FindingFix
  readonly status: 'open' | 'suppressed' | 'dormant'
  /** With a baseline only. */
  readonly baseline?: 'new' | 'known'
  readonly suppression?: { readonly reason: string; readonly owner?: string; readonly expires?: string }
  readonly sources: readonly { readonly tool: string; readonly ruleId: string }[]
}

export interface FindingFix {
  readonly fixer: string
  readonly class: FixClass
  readonly title: string
  readonly estimatedMinutes: number
}

export interface Verdict {
  readonly ruleId: string
  readonly aliases: readonly string[]
  readonly resource: FindingResource
  readonly location: FindingLocation
}

/** Stands for a rule where a module call is undecided because the module is not on disk. */
export const UNAVAILABLE_MODULE = 'module-not-available'

export interface UndecidedVerdict extends Verdict {
  readonly reason: string
}

export interface RuleError {
  readonly ruleId: string
  readonly resource: FindingResource
  readonly message: string
}

export interface AuditSummary {
  readonly CRITICAL: number
  readonly HIGH: number
  readonly MEDIUM: number
  readonly LOW: number
  readonly INFO: number
  readonly total: number
  readonly byRank: Readonly<Record<Rank, number>>
  readonly fixable: number
  readonly undecided: number
  readonly suppressed: number
  readonly dormant: number
}

export interface AuditResult {
  readonly schemaVersion: '1.0'
  readonly tool: { readonly name: string; readonly version: string }
  readonly project: {
    readonly root: '.'
    readonly files: number
    readonly resources: number
    readonly unchecked: readonly { readonly type: string; readonly count: number }[]
  }
  readonly summary: AuditSummary
  readonly findings: readonly Finding[]
  /** Always collected; printed only with `--include-passed`. */
  readonly passed: readonly Verdict[]
  readonly undecided: readonly UndecidedVerdict[]
  readonly errors: readonly RuleError[]
  readonly diagnostics: readonly Diagnostic[]
}
