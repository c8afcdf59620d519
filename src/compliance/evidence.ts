import { type AuditResult, type Finding, type FindingResource, UNAVAILABLE_MODULE } from '../engine/finding.ts'
import type { ResourceKind } from '../resources/resource.ts'
import { compareText } from '../engine/summary.ts'
import { type Framework, qualified, type Requirement, speaksTo } from './framework.ts'
import { type Exception, excepts } from './exceptions.ts'

type EvidenceOutcome = 'passed' | 'failed' | 'undecided' | 'suppressed'

/** One check of one resource, as it is handed to an assessor. */
export interface Evidence {
  readonly ruleId: string
  readonly ruleVersion: string
  readonly address: string
  readonly outcome: EvidenceOutcome
  readonly file: string
  readonly line: number
  /** Of the file as it was audited; empty where there is no such file, as for a plan. */
  readonly sha256: string
}

/** What the compliance part has to know about a rule. */
export interface RuleFacts {
  readonly version: string
  readonly controls: readonly string[]
  /** What it judges. */
  readonly kind: ResourceKind
}

export interface EvidenceSources {
  readonly rule: (ruleId: string) => RuleFacts | undefined
  readonly sha256: (file: string) => string | undefined
  /** Valid ones only. */
  readonly exceptions: readonly Exception[]
}

/** Everything that speaks to one requirement. */
export interface Gathered {
  readonly evidence: readonly Evidence[]
  /** Open findings that no exception covers. */
  readonly failing: readonly Finding[]
  /** Findings that somebody answers for until a day. */
  readonly excepted: readonly Finding[]
  /** Findings that are merely silenced. */
  readonly suppressed: readonly Finding[]
  /** Exceptions that cover at least one of the findings. */
  readonly exceptions: readonly Exception[]
  /** Checks, that is rule and resource, by outcome; several problems of one check count once. */
  readonly checks: Readonly<Record<EvidenceOutcome, number>>
}

const OUTCOMES: readonly EvidenceOutcome[] = ['failed', 'undecided', 'suppressed', 'passed']

/** The evidence of an audit for one requirement. A rule that crashed is undecided: it says nothing, so never a pass. */
export function gather(
  framework: Framework,
  requirement: Requirement,
  audit: AuditResult,
  sources: EvidenceSources,
): Gathered {
  const speaks = memoized((ruleId) => speaksTo(requirement, ruleId, sources.rule(ruleId)?.controls ?? []))
  const id = qualified(framework, requirement)
  const findings = audit.findings.filter((finding) => finding.status !== 'dormant' && speaks(finding.ruleId))
  const failing: Finding[] = []
  const excepted: Finding[] = []
  const suppressed: Finding[] = []
  const used = new Set<Exception>()
  const checks = new Map<string, EvidenceOutcome>()
  const evidence: Evidence[] = []

  const note = (
    outcome: EvidenceOutcome,
    ruleId: string,
    resource: FindingResource,
    at: { readonly file: string; readonly line: number },
  ): void => {
    const check = `${ruleId}\n${resource.root}\n${resource.address}`
    const before = checks.get(check)
    if (before === undefined || OUTCOMES.indexOf(outcome) < OUTCOMES.indexOf(before)) checks.set(check, outcome)
    evidence.push({
      ruleId,
      ruleVersion: sources.rule(ruleId)?.version ?? '1',
      address: resource.address,
      outcome,
      file: at.file,
      line: at.line,
      sha256: at.file === '' ? '' : (sources.sha256(at.file) ?? ''),
    })
  }

  for (const finding of findings) {
    const exception = sources.exceptions.find((candidate) => excepts(candidate, finding, id))
    if (exception) used.add(exception)
    if (exception || isExcepted(finding)) excepted.push(finding)
    else if (finding.status === 'suppressed') suppressed.push(finding)
    else failing.push(finding)
    const outcome = finding.status === 'suppressed' || exception ? 'suppressed' : 'failed'
    note(outcome, finding.ruleId, finding.resource, start(finding.location))
  }
  for (const verdict of audit.undecided) {
    if (speaks(verdict.ruleId)) note('undecided', verdict.ruleId, verdict.resource, start(verdict.location))
  }
  for (const error of audit.errors) {
    if (speaks(error.ruleId)) note('undecided', error.ruleId, error.resource, { file: '', line: 0 })
  }
  for (const verdict of audit.passed) {
    if (speaks(verdict.ruleId)) note('passed', verdict.ruleId, verdict.resource, start(verdict.location))
  }

  // What a module that is not on disk declares may fail any Terraform rule: no pass can be whole without it. By itself it
  // shows nothing, so where nothing was tested it changes nothing.
  const judgesTerraform = [...checks.keys()].some(
    (check) => sources.rule(check.split('\n')[0] ?? '')?.kind === 'terraform',
  )
  for (const verdict of judgesTerraform ? audit.undecided : []) {
    if (verdict.ruleId === UNAVAILABLE_MODULE)
      note('undecided', verdict.ruleId, verdict.resource, start(verdict.location))
  }

  const counts = { passed: 0, failed: 0, undecided: 0, suppressed: 0 }
  for (const outcome of checks.values()) counts[outcome]++
  return {
    evidence: evidence.sort(byOutcomeThenPlace),
    failing,
    excepted,
    suppressed,
    exceptions: [...used],
    checks: counts,
  }
}

/** True if the engine suppressed the finding by an exception by rule, which it has held against the date. */
function isExcepted(finding: Finding): boolean {
  const { suppression } = finding
  return finding.status === 'suppressed' && suppression?.owner !== undefined && suppression.expires !== undefined
}

function start(location: Finding['location']): { file: string; line: number } {
  return { file: location.file, line: location.range.start.line }
}

function byOutcomeThenPlace(a: Evidence, b: Evidence): number {
  return (
    OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
    compareText(a.file, b.file) ||
    a.line - b.line ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.address, b.address)
  )
}

function memoized(decide: (key: string) => boolean): (key: string) => boolean {
  const known = new Map<string, boolean>()
  return (key) => {
    let answer = known.get(key)
    if (answer === undefined) known.set(key, (answer = decide(key)))
    return answer
  }
}
