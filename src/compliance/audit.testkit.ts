import type { AuditResult, Finding, FindingResource, RuleError, UndecidedVerdict, Verdict } from '../engine/finding.ts'
import { summarize } from '../engine/summary.ts'
import { type ComplyContext } from './comply.ts'

/** Audits made by hand, for the tests of this layer and the next. */

export function resource(address: string, more: Partial<FindingResource> = {}): FindingResource {
  return { kind: 'terraform', type: address.split('.')[0] ?? '', address, root: '.', ...more }
}

export function verdict(ruleId: string, address: string, line = 1): Verdict {
  const range = { start: { line, column: 1 }, end: { line, column: 4 } }
  return { ruleId, aliases: [], resource: resource(address), location: { file: 'main.tf', range } }
}

export function finding(ruleId: string, address: string, more: Partial<Finding> = {}): Finding {
  return {
    ...verdict(ruleId, address),
    fingerprint: `${ruleId}/${address}`,
    severity: 'HIGH',
    confidence: 'HIGH',
    rank: 'D',
    title: `Title of ${ruleId}`,
    message: `What is wrong with ${address}.`,
    remediation: 'Mend it.',
    controls: [],
    requirements: [],
    fix: { fixer: 's3-encryption', class: 'notice', title: 'Mend it', estimatedMinutes: 2 },
    status: 'open',
    sources: [{ tool: 'gp-copilot', ruleId }],
    ...more,
  }
}

/** A finding that nothing can fix. */
export function unfixable(ruleId: string, address: string): Finding {
  const { fix: _, ...rest } = finding(ruleId, address, { rank: 'S' })
  return rest
}

export function audit(parts: {
  readonly findings?: readonly Finding[]
  readonly passed?: readonly Verdict[]
  readonly undecided?: readonly UndecidedVerdict[]
  readonly errors?: readonly RuleError[]
  readonly project?: Partial<AuditResult['project']>
  readonly diagnostics?: AuditResult['diagnostics']
}): AuditResult {
  const findings = parts.findings ?? []
  const undecided = parts.undecided ?? []
  return {
    schemaVersion: '1.0',
    tool: { name: 'gp-copilot', version: '0.0.0-test' },
    project: { root: '.', files: 3, resources: 7, unchecked: [], ...parts.project },
    summary: summarize(findings, undecided.length),
    findings,
    passed: parts.passed ?? [],
    undecided,
    errors: parts.errors ?? [],
    diagnostics: parts.diagnostics ?? [],
  }
}

export function context(more: Partial<ComplyContext> = {}): ComplyContext {
  return {
    asOf: '2026-06-01',
    rule: () => ({ version: '1', controls: [], kind: 'terraform' }),
    sha256: () => 'a'.repeat(64),
    evidenceFile: () => undefined,
    attestations: [],
    exceptions: [],
    notApplicable: [],
    exposure: {},
    ...more,
  }
}
