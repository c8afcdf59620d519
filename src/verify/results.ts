import type { AuditResult, AuditSummary, Finding } from '../engine/finding.ts'
import type { FixClass, Rank } from '../edit/rank.ts'
import type { Need, NextStep } from '../fix/fixer.ts'

/** The shapes of `contracts.md`, "Other JSON". */
export interface AppliedFix {
  readonly fingerprint: string
  readonly ruleId: string
  readonly fixer: string
  readonly class: FixClass
  readonly rank: Rank
  readonly title: string
  readonly address: string
  readonly files: readonly string[]
  /** Set if no edit was made for this finding: the fix of that other finding cured it too. */
  readonly curedBy?: string
}

export interface HeldFix {
  readonly fingerprint: string
  readonly ruleId: string
  readonly fixer: string
  readonly rank: Rank
  readonly class: FixClass
  readonly title: string
  readonly address: string
  readonly reason: string
  readonly blastRadius: readonly string[]
  readonly runbook: string
  readonly needs: readonly Need[]
}

export type RefusalCode = 'advice' | 'no-fix' | 'undecidable' | 'verification-failed' | 'conflict' | 'out-of-scope'

export interface RefusedFix {
  readonly fingerprint: string
  readonly ruleId: string
  readonly address: string
  readonly code: RefusalCode
  readonly reason: string
}

export interface ChangedFile {
  readonly path: string
  readonly sha256Before: string | null
  readonly sha256After: string
  readonly created: boolean
}

export interface Verification {
  readonly fingerprint: string
  readonly decidesPass: boolean
  readonly nothingNew: boolean
  readonly parses: boolean
  readonly referencesResolve: boolean
  readonly nothingVanished: boolean
  /** No provider error that was not there before. */
  readonly schemaValid: boolean
  /** Nothing is replaced or disrupted but by fixes of rank B that were approved. */
  readonly disruptionApproved: boolean
}

export interface FixResult {
  /** Empty if nothing was changed (also for a dry run). */
  readonly runId: string
  readonly dryRun: boolean
  readonly applied: readonly AppliedFix[]
  readonly held: readonly HeldFix[]
  readonly refused: readonly RefusedFix[]
  readonly files: readonly ChangedFile[]
  readonly before: AuditSummary
  readonly after: AuditSummary
  readonly verification: readonly Verification[]
  readonly nextSteps: readonly NextStep[]
  /** With `--commit`: one for each fixer, in their order. `runId` is the run of the last. */
  readonly commits?: readonly FixCommit[]
  /** Unified; lines that hold a secret are masked, and then the first line says that it is not appliable. */
  readonly diff: string
}

export interface FixCommit {
  readonly fixer: string
  /** Abbreviated hash; empty if git ignores every file that changed. */
  readonly commit: string
  readonly runId: string
  /** How many were fixed. */
  readonly findings: number
}

export interface Scores {
  readonly strict: number
  readonly progress: number
  readonly coverage: number
}

export interface FrameworkScores {
  readonly framework: string
  readonly before: Scores
  readonly after: Scores
}

export interface ValidateResult {
  readonly runId: string
  readonly before: AuditSummary
  readonly after: AuditSummary
  readonly fixed: readonly Finding[]
  readonly remaining: readonly Finding[]
  readonly new: readonly Finding[]
  readonly scores: readonly FrameworkScores[]
}

/** `run`: each part in the shape of its own command; comply once per framework. */
export interface RunParts<Comply> {
  readonly audit: AuditResult
  readonly fix: FixResult
  readonly validate: ValidateResult
  readonly comply: readonly Comply[]
}
