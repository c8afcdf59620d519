import type { Audit, JudgedFinding } from '../engine/audit.ts'
import { type Finding, SEVERITIES } from '../engine/finding.ts'
import type { LockFiles } from '../resources/terraform/aws-provider.ts'
import { schemaErrors } from './schema-check.ts'
import { silencings } from './scope-guard.ts'

/** What is wrong with a set of edits; empty if nothing is. */
export interface Objections {
  /** Findings that were to be fixed and are still there, or no longer decided. */
  readonly unfixed: ReadonlySet<string>
  readonly newFindings: readonly string[]
  readonly parseErrors: readonly string[]
  readonly unresolved: readonly string[]
  readonly vanished: readonly string[]
  /** Suppressions added, resources switched off, scopes widened. */
  readonly silenced: readonly string[]
  /** What the provider would refuse. */
  readonly schemaErrors: readonly string[]
  /** Resources replaced or disrupted by edits whose rank does not say so. */
  readonly unannounced: readonly string[]
}

/** Lesser findings that a fix brings along knowingly. */
export interface Trade {
  readonly rules: readonly string[]
  /** Those that the fix touches. */
  readonly files: readonly string[]
  /** Index in `SEVERITIES` of the worst finding that it settles; what is traded in must lie behind it. */
  readonly worst: number
}

export function isClean(objections: Objections): boolean {
  return (
    objections.unfixed.size === 0 &&
    objections.newFindings.length === 0 &&
    objections.parseErrors.length === 0 &&
    objections.unresolved.length === 0 &&
    objections.vanished.length === 0 &&
    objections.silenced.length === 0 &&
    objections.schemaErrors.length === 0 &&
    objections.unannounced.length === 0
  )
}

/** One sentence for people: the first thing that is wrong. */
export function firstObjection(objections: Objections): string {
  const [unfixed] = objections.unfixed
  if (objections.parseErrors[0] !== undefined) return `the file would no longer parse: ${objections.parseErrors[0]}`
  if (objections.unresolved[0] !== undefined) return `a reference would dangle: ${objections.unresolved[0]}`
  if (objections.vanished[0] !== undefined) return `${objections.vanished[0]} would no longer be audited`
  if (objections.silenced[0] !== undefined) return objections.silenced[0]
  if (objections.schemaErrors[0] !== undefined) return `the provider would refuse it: ${objections.schemaErrors[0]}`
  if (objections.unannounced[0] !== undefined) return `it needs rank B: ${objections.unannounced[0]}`
  if (objections.newFindings[0] !== undefined) return `it would cause a new finding: ${objections.newFindings[0]}`
  return unfixed === undefined ? '' : 'the rule does not pass afterwards'
}

/**
 * Judges edits by their effect: the same project read again after them.
 * @param fixed the findings that the edits claim
 */
export function compareAudits(
  before: Audit,
  after: Audit,
  fixed: readonly JudgedFinding[],
  locks: LockFiles = new Map(),
  trades: readonly Trade[] = [],
): Objections {
  return {
    unfixed: findUnfixed(before, after, fixed),
    newFindings: findNew(before, after, trades),
    parseErrors: newDiagnostics(before, after, (code) => !REFERENCE_CODES.has(code)),
    unresolved: newDiagnostics(before, after, (code) => REFERENCE_CODES.has(code)),
    vanished: findVanished(before, after),
    silenced: [...silencings(before.estate, after.estate), ...findBlinded(before, after, fixed)],
    schemaErrors: schemaErrors(before.estate, after.estate, locks),
    unannounced: [],
  }
}

const REFERENCE_CODES: ReadonlySet<string> = new Set(['terraform-unknown-reference', 'kubernetes-dangling-reference'])

function findUnfixed(before: Audit, after: Audit, fixed: readonly JudgedFinding[]): Set<string> {
  const remaining = count(open(after).map(({ identity }) => identity))
  const had = count(open(before).map(({ identity }) => identity))
  const claimed = count(fixed.map(({ identity }) => identity))
  const undecidedBefore = undecidedKeys(before)
  const undecidedAfter = undecidedKeys(after)
  const unfixed = new Set<string>()
  for (const { identity, finding } of fixed) {
    const allowed = (had.get(identity) ?? 0) - (claimed.get(identity) ?? 0)
    const key = subjectKey(finding)
    const lost = undecidedAfter.has(key) && !undecidedBefore.has(key)
    if ((remaining.get(identity) ?? 0) > allowed || lost) unfixed.add(finding.fingerprint)
  }
  return unfixed
}

function findNew(before: Audit, after: Audit, trades: readonly Trade[]): string[] {
  const had = count(before.judged.map(({ identity }) => identity))
  const seen = new Map<string, number>()
  const added: string[] = []
  for (const { identity, finding } of open(after)) {
    const number = (seen.get(identity) ?? 0) + 1
    seen.set(identity, number)
    if (number <= (had.get(identity) ?? 0)) continue
    if (trades.some((trade) => accepts(trade, finding))) continue
    added.push(`${finding.ruleId} at ${finding.resource.address}`)
  }
  for (const error of after.result.errors.slice(before.result.errors.length)) {
    added.push(`${error.ruleId} fails at ${error.resource.address}`)
  }
  return added
}

function accepts({ rules, files, worst }: Trade, { ruleId, severity, location }: Finding): boolean {
  return rules.includes(ruleId) && files.includes(location.file) && SEVERITIES.indexOf(severity) > worst
}

function newDiagnostics(before: Audit, after: Audit, wanted: (code: string) => boolean): string[] {
  const had = count(before.estate.diagnostics.filter(({ code }) => wanted(code)).map(diagnosticKey))
  const seen = new Map<string, number>()
  const added: string[] = []
  for (const diagnostic of after.estate.diagnostics) {
    if (!wanted(diagnostic.code)) continue
    const key = diagnosticKey(diagnostic)
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    if (number > (had.get(key) ?? 0)) added.push(`${diagnostic.file}: ${diagnostic.message}`)
  }
  return added
}

function diagnosticKey(diagnostic: { file: string; code: string; message: string }): string {
  return `${diagnostic.file}\u0000${diagnostic.code}\u0000${diagnostic.message}`
}

function findVanished(before: Audit, after: Audit): string[] {
  const there = new Map(
    after.estate.resources.map((resource) => [`${resource.root}\u0000${resource.address}`, resource]),
  )
  return before.estate.resources
    .filter((resource) => {
      // What is switched off is not audited yet: switching it on may give it an index.
      if (resource.dormant) return false
      const now = there.get(`${resource.root}\u0000${resource.address}`)
      return now === undefined || now.dormant
    })
    .map((resource) => resource.address)
}

/** Checks that had an answer, a finding nobody claimed or a pass, and whose rule can no longer decide: hidden, not cured. */
function findBlinded(before: Audit, after: Audit, fixed: readonly JudgedFinding[]): string[] {
  const claimed = new Set(fixed.map(({ finding }) => subjectKey(finding)))
  const had = undecidedKeys(before)
  const decided = new Set([...open(before).map(({ finding }) => finding), ...before.result.passed].map(subjectKey))
  return after.result.undecided
    .filter(
      (verdict) =>
        decided.has(subjectKey(verdict)) && !had.has(subjectKey(verdict)) && !claimed.has(subjectKey(verdict)),
    )
    .map((verdict) => `${verdict.ruleId} could no longer decide at ${verdict.resource.address}`)
}

function open(audit: Audit): JudgedFinding[] {
  return audit.judged.filter(({ finding }) => finding.status === 'open')
}

function undecidedKeys(audit: Audit): Set<string> {
  return new Set(audit.result.undecided.map(subjectKey))
}

function subjectKey(verdict: { ruleId: string; resource: { root: string; address: string } }): string {
  return `${verdict.ruleId}\u0000${verdict.resource.root}\u0000${verdict.resource.address}`
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
