/** The public API: write rules and fixers against it; `gp-copilot/testing` tests them. */
export { defineRule, notApplicable, pass, undecided } from './rules/rule.ts'
export type { LocalFix, Outcome, Problem, Rule, RuleContext, RuleDefinition, Severity } from './rules/rule.ts'
export { CONTROLS, type Control } from './rules/controls.ts'
export { decide, type Place, type Reading, type Tri } from './resources/place.ts'
export type { AuditResult, AuditSummary, Finding } from './engine/finding.ts'
export type { FixResult, ValidateResult } from './verify/results.ts'
export { VERSION } from './version.ts'
