import type {
  AuditResult,
  Finding,
  FindingLocation,
  SeverityName,
  UndecidedVerdict,
  Verdict,
} from '../engine/finding.ts'
import type { Range } from '../text/span.ts'
import { sarifLog } from './sarif-log.ts'
import { nothingAudited } from './words.ts'
import type { RuleInfo } from './text/rules.ts'

/** One edit of a fix, in the file as it was audited. */
export interface SarifEdit {
  readonly file: string
  readonly range: Range
  readonly text: string
}

export interface SarifOptions {
  /** Folder of the project root below the git top level, with `/` at its end; empty if they are one. */
  readonly uriPrefix: string
  readonly rules: readonly RuleInfo[]
  /** Edits by fingerprint. Leave out those of lines that hold a secret. */
  readonly edits?: ReadonlyMap<string, readonly SarifEdit[]>
  readonly includePassed?: boolean
}

export interface SarifReport {
  readonly text: string
  /** What a person has to know about the file, for standard error. */
  readonly warnings: readonly string[]
}

/** Code hosts take no more results of one run than this. */
const RESULTS = 5_000

/** https://docs.github.com: above 9 is critical, from 7 high, from 4 medium. */
const SECURITY_SEVERITY: Readonly<Record<SeverityName, string>> = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '2.0',
  INFO: '0.1',
}

const LEVEL = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', LOW: 'note', INFO: 'note' } as const
const PRECISION = { HIGH: 'high', MEDIUM: 'medium', LOW: 'low' } as const

/** SARIF 2.1.0. Open findings fail; undecided checks ask for review; dormant ones do not apply. */
export function renderSarif(audit: AuditResult, options: SarifOptions): SarifReport {
  const rules = new RuleTable(options.rules)
  const results = [
    ...audit.findings.map((finding) => findingResult(finding, rules, options)),
    ...audit.undecided.map((verdict) => verdictResult(verdict, 'review', rules, options)),
    ...(options.includePassed ? audit.passed.map((verdict) => verdictResult(verdict, 'pass', rules, options)) : []),
  ]
  const text = sarifLog({
    tool: { driver: { name: audit.tool.name, semanticVersion: audit.tool.version, rules: rules.descriptors() } },
    invocations: [
      { executionSuccessful: audit.errors.length === 0, toolExecutionNotifications: notifications(audit, options) },
    ],
    columnKind: 'utf16CodeUnits',
    results,
    properties: { project: audit.project, summary: audit.summary },
  })
  const warnings =
    results.length > RESULTS
      ? [
          `The SARIF file has ${results.length} results; code hosts show ${RESULTS} at most. Narrow it with --rule or a path.`,
        ]
      : []
  return { text, warnings }
}

/** Descriptors of the rules that occur, in order of appearance. */
class RuleTable {
  readonly #known: ReadonlyMap<string, RuleInfo>
  readonly #used = new Map<string, { index: number; finding: Finding | undefined }>()

  constructor(rules: readonly RuleInfo[]) {
    this.#known = new Map(rules.map((rule) => [rule.id, rule]))
  }

  indexOf(ruleId: string, finding?: Finding): number {
    const used = this.#used.get(ruleId) ?? { index: this.#used.size, finding }
    this.#used.set(ruleId, used)
    return used.index
  }

  descriptors(): object[] {
    return [...this.#used].map(([id, { finding }]) => {
      const rule = this.#known.get(id)
      if (rule) return described(rule)
      // Findings of another tool bring their own words; `module-not-available` has none but its id.
      return finding === undefined
        ? { id }
        : described({
            ...finding,
            id,
            severityReason: finding.message,
            version: '1',
            resources: [finding.resource.type],
          })
    })
  }
}

function described(rule: RuleInfo): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.severityReason },
    help: { text: rule.remediation },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[rule.severity],
      precision: PRECISION[rule.confidence],
      tags: ['security', ...rule.controls, ...rule.requirements, ...rule.aliases],
    },
  }
}

function findingResult(finding: Finding, rules: RuleTable, options: SarifOptions): object {
  const edits = options.edits?.get(finding.fingerprint) ?? []
  return {
    ruleId: finding.ruleId,
    ruleIndex: rules.indexOf(finding.ruleId, finding),
    // A result that is not a failure must have level none.
    ...(finding.status === 'dormant'
      ? { kind: 'notApplicable', level: 'none' }
      : { kind: 'fail', level: LEVEL[finding.severity] }),
    message: { text: `${finding.message} ${finding.remediation}`.trim() },
    locations: [locationOf(finding.location, finding.resource.address, options)],
    // The first is what GitHub tracks an alert by; the second is ours.
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'secopsFingerprint/v1': finding.fingerprint },
    ...(finding.status === 'suppressed' && { suppressions: [suppression(finding)] }),
    ...(edits.length > 0 && { fixes: [fixOf(finding, edits, options)] }),
    properties: {
      'security-severity': SECURITY_SEVERITY[finding.severity],
      confidence: finding.confidence,
      rank: finding.rank,
      controls: finding.controls,
      requirements: finding.requirements,
      ...(finding.fix && { fixer: finding.fix.fixer, fixClass: finding.fix.class }),
    },
  }
}

function verdictResult(
  verdict: Verdict | UndecidedVerdict,
  kind: 'review' | 'pass',
  rules: RuleTable,
  options: SarifOptions,
): object {
  return {
    ruleId: verdict.ruleId,
    ruleIndex: rules.indexOf(verdict.ruleId),
    kind,
    level: 'none',
    message: { text: 'reason' in verdict ? `Undecided: ${verdict.reason}` : 'Passed.' },
    locations: [locationOf(verdict.location, verdict.resource.address, options)],
  }
}

function suppression({ suppression: given }: Finding): object {
  const owner =
    given?.owner === undefined
      ? ''
      : ` (${given.owner}${given.expires === undefined ? '' : `, until ${given.expires}`})`
  return {
    kind: given?.owner === undefined ? 'inSource' : 'external',
    status: 'accepted',
    ...(given && { justification: `${given.reason}${owner}` }),
  }
}

function fixOf(finding: Finding, edits: readonly SarifEdit[], options: SarifOptions): object {
  const files = [...new Set(edits.map(({ file }) => file))]
  return {
    description: { text: finding.fix?.title ?? finding.remediation },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(file, options) },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, text }) => ({ deletedRegion: regionOf(range), insertedContent: { text } })),
    })),
  }
}

function notifications(audit: AuditResult, options: SarifOptions): object[] {
  const nothing = nothingAudited(audit)
  return [
    // A run without results reads as a clean one unless it says that it looked at nothing.
    ...(nothing === undefined
      ? []
      : [{ level: 'warning', descriptor: { id: 'nothing-audited' }, message: { text: nothing } }]),
    ...audit.errors.map((error) => ({
      level: 'error',
      message: { text: `Rule ${error.ruleId} failed inside at ${error.resource.address}: ${error.message}` },
    })),
    ...audit.diagnostics.map((diagnostic) => ({
      level: 'warning',
      descriptor: { id: diagnostic.code },
      message: { text: diagnostic.message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(diagnostic.file, options) },
            ...(diagnostic.range && { region: regionOf(diagnostic.range) }),
          },
        },
      ],
    })),
    ...audit.project.unchecked.map(({ type, count }) => ({
      level: 'note',
      descriptor: { id: 'unchecked-type' },
      message: { text: `No rule is for ${type}: ${count} of them not checked.` },
    })),
  ]
}

function locationOf(location: FindingLocation, address: string, options: SarifOptions): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(location.file, options), uriBaseId: '%SRCROOT%' },
      region: regionOf(location.range),
    },
    logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
  }
}

function regionOf({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A relative URI: each segment percent-encoded, lone surrogates replaced as a file system would. */
function uriOf(file: string, options: SarifOptions): string {
  return `${options.uriPrefix}${file}`
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
}
