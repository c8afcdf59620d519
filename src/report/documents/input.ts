import type { ComplianceResult, RequirementResult } from '../../compliance/comply.ts'
import type { HistoryEntry } from '../../compliance/history.ts'
import type { AuditResult, Finding } from '../../engine/finding.ts'
import type { FixResult } from '../../verify/results.ts'
import { SEVERITIES } from '../../engine/finding.ts'
import { percent } from '../words.ts'
import { code, type Inline } from './model.ts'

/** An object of the cluster that decides what may enter it. */
export interface AdmissionObject {
  readonly kind: string
  readonly name: string
  readonly file: string
  readonly line: number
  /** What it does with a request that it does not like: `deny`, `warn`, `Fail`, `Ignore`, `enforce=restricted`. */
  readonly action: string
}

/** Everything that a document is made from. */
export interface DocumentInput {
  readonly project: string
  readonly asOf: string
  readonly audit: AuditResult
  /** One for each framework that was asked for; the first has the projection. */
  readonly results: readonly ComplianceResult[]
  /** What `fix` without approval would do now; undefined if no plan was made. */
  readonly fix?: FixResult
  readonly history: readonly HistoryEntry[]
  readonly admission: readonly AdmissionObject[]
}

/** Said where a plan would stand. */
export const NO_PLAN =
  'No plan was made, since there are very many findings: --plan makes it, and takes minutes; or narrow the path.'

export function openFindings({ audit }: DocumentInput): readonly Finding[] {
  return audit.findings
    .filter(({ status }) => status === 'open')
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

export function inPlace({ status }: RequirementResult): boolean {
  return status === 'PASS' || status === 'ATTESTED'
}

export function applicable({ status }: RequirementResult): boolean {
  return status !== 'NOT APPLICABLE'
}

/** Only a person can show it, and nobody has. */
export function waitsForPerson({ kind, status, attestation }: RequirementResult): boolean {
  return kind !== 'A' && attestation === undefined && (status === 'NOT TESTED' || status === 'PARTIAL')
}

export function placeOf({ location }: Finding): Inline {
  return code(`${location.file}:${location.range.start.line}`)
}

export function scoresRow({ title, scores }: ComplianceResult): Inline[] {
  return [title, percent(scores.strict), percent(scores.progress), percent(scores.coverage)]
}

export function minutes(number: number): string {
  return number < 90 ? `${number} min` : `${(number / 60).toFixed(1)} h`
}

/** Findings of one rule as one row: the rule, how many, where the first is. */
export function byRule(findings: readonly Finding[]): readonly (readonly [Finding, number])[] {
  const groups = new Map<string, [Finding, number]>()
  for (const finding of findings) {
    const group = groups.get(finding.ruleId)
    if (group === undefined) groups.set(finding.ruleId, [finding, 1])
    else group[1] += 1
  }
  return [...groups.values()]
}
