import type { ComplianceResult } from '../compliance/comply.ts'
import type { AuditResult } from '../engine/finding.ts'
import type { FixResult, ValidateResult } from '../verify/results.ts'
import type { RunResult } from './run-result.ts'

export interface JsonOptions {
  /** `--include-passed`: without it an audit's passed checks are left out. */
  readonly includePassed?: boolean
}

/** The order of keys in the contract; keys that are not named follow in the order of the object. */
const ORDER = {
  audit: ['schemaVersion', 'tool', 'project', 'summary', 'findings', 'passed', 'undecided', 'errors', 'diagnostics'],
  finding: [
    'fingerprint',
    'ruleId',
    'aliases',
    'severity',
    'confidence',
    'rank',
    'title',
    'message',
    'remediation',
    'resource',
    'location',
    'controls',
    'requirements',
    'fix',
    'status',
    'baseline',
    'suppression',
    'sources',
  ],
  fix: [
    'runId',
    'applied',
    'held',
    'refused',
    'files',
    'before',
    'after',
    'verification',
    'nextSteps',
    'commits',
    'diff',
  ],
  validate: ['before', 'after', 'fixed', 'remaining', 'new', 'scores'],
  comply: ['framework', 'scores', 'requirements', 'projection', 'exposure'],
} as const

/** An audit is saved and printed: the same text. */
const PRINTED = new WeakMap<AuditResult, string>()

/** `audit --format json`, and `.secops/aggregate-findings.json`. */
export function auditJson(audit: AuditResult, options: JsonOptions = {}): string {
  if (options.includePassed === true) return print(auditObject(audit, options))
  const text = PRINTED.get(audit) ?? print(auditObject(audit, options))
  PRINTED.set(audit, text)
  return text
}

export function fixJson(fix: FixResult): string {
  return print(ordered(fix, ORDER.fix))
}

export function validateJson(result: ValidateResult): string {
  return print(validateObject(result))
}

export function complyJson(result: ComplianceResult): string {
  return print(ordered(result, ORDER.comply))
}

export function runJson(run: RunResult, options: JsonOptions = {}): string {
  return print({
    audit: auditObject(run.audit, options),
    fix: ordered(run.fix, ORDER.fix),
    validate: validateObject(run.validate),
    comply: run.comply.map((result) => ordered(result, ORDER.comply)),
  })
}

/** Any other result: two spaces, a line feed at the end. */
export function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function auditObject(audit: AuditResult, options: JsonOptions): object {
  const { passed, ...rest } = audit
  return ordered(
    {
      ...rest,
      findings: audit.findings.map((finding) => ordered(finding, ORDER.finding)),
      ...(options.includePassed && { passed }),
    },
    ORDER.audit,
  )
}

function validateObject(result: ValidateResult): object {
  const findings = (list: ValidateResult['fixed']): object[] => list.map((finding) => ordered(finding, ORDER.finding))
  return ordered(
    { ...result, fixed: findings(result.fixed), remaining: findings(result.remaining), new: findings(result.new) },
    ORDER.validate,
  )
}

function ordered(value: object, first: readonly string[]): object {
  const rest = new Map<string, unknown>(Object.entries(value))
  const result: Record<string, unknown> = {}
  for (const key of first) {
    if (rest.has(key)) result[key] = rest.get(key)
    rest.delete(key)
  }
  for (const [key, member] of rest) result[key] = member
  return result
}
