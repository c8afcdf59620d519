import type { ComplianceResult } from '../compliance/comply.ts'
import type { AuditResult } from '../engine/finding.ts'
import type { FixResult, ValidateResult } from '../verify/results.ts'

/** `run`: each part in the shape of its own command, comply once per framework. `audit` is the one after the fix. */
export interface RunResult {
  readonly audit: AuditResult
  readonly fix: FixResult
  readonly validate: ValidateResult
  readonly comply: readonly ComplianceResult[]
}
