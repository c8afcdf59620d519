import type { Attestation } from './attestations.ts'
import type { Gathered } from './evidence.ts'
import type { Requirement } from './framework.ts'

export type Status = 'PASS' | 'FAIL' | 'PARTIAL' | 'READY' | 'ATTESTED' | 'NOT TESTED' | 'NOT APPLICABLE'

export const STATUSES: readonly Status[] = [
  'PASS',
  'ATTESTED',
  'READY',
  'PARTIAL',
  'FAIL',
  'NOT TESTED',
  'NOT APPLICABLE',
]

export interface Judgement {
  readonly status: Status
  /** A sentence for people. */
  readonly reason: string
}

/**
 * The status of one requirement; the first that applies, in the order of the project's scoring rules.
 * @param attestation a valid one, or undefined
 * @param notApplicable the reason given in the configuration, or undefined
 */
export function judge(
  requirement: Requirement,
  gathered: Gathered,
  attestation: Attestation | undefined,
  notApplicable: string | undefined,
): Judgement {
  if (requirement.superseded) {
    const { by, since } = requirement.superseded
    return { status: 'NOT APPLICABLE', reason: `Superseded by ${by} since ${since}: listed, not scored.` }
  }
  if (notApplicable !== undefined) return { status: 'NOT APPLICABLE', reason: sentence(notApplicable) }
  if (gathered.evidence.length === 0) return withoutEvidence(requirement, attestation)
  if (gathered.failing.length > 0) return failing(gathered)
  const { undecided } = gathered.checks
  if (undecided > 0) {
    return { status: 'PARTIAL', reason: `${amount(undecided, gathered)} undecided, ${none(gathered)}.` }
  }
  return complete(requirement, gathered, attestation)
}

function withoutEvidence(requirement: Requirement, attestation: Attestation | undefined): Judgement {
  if (requirement.kind === 'M') {
    if (attestation) {
      return {
        status: 'ATTESTED',
        reason: `Attested by ${attestation.owner} on ${attestation.date}, valid until ${attestation.expires}.`,
      }
    }
    return { status: 'NOT TESTED', reason: `Manual: a dated attestation is needed. Wanted: ${wanted(requirement)}.` }
  }
  if (attestation) {
    return { status: 'NOT TESTED', reason: 'Attested, but nothing in the configuration was checked for it.' }
  }
  if (requirement.rules.length === 0 && (requirement.controls ?? []).length === 0) {
    return { status: 'NOT TESTED', reason: `No rule speaks to it yet. Wanted: ${wanted(requirement)}.` }
  }
  return { status: 'NOT TESTED', reason: 'Nothing that its checks look at was found.' }
}

function failing(gathered: Gathered): Judgement {
  const { checks } = gathered
  const fails = amount(checks.failed, gathered, 'fail')
  const withoutFix = gathered.failing.filter((finding) => finding.fix === undefined || finding.rank === 'S').length
  if (withoutFix === 0 && checks.undecided === 0) {
    return { status: 'READY', reason: `${fails}; ${checks.failed === 1 ? 'it has a fix' : 'all have a fix'}.` }
  }
  const open = [
    ...(withoutFix > 0 ? [`${withoutFix} of ${count(gathered.failing.length, 'finding')} without a fix`] : []),
    ...(checks.undecided > 0 ? [`${checks.undecided} undecided`] : []),
  ].join(', ')
  return { status: checks.passed > 0 ? 'PARTIAL' : 'FAIL', reason: `${fails}; ${open}.` }
}

function complete(requirement: Requirement, gathered: Gathered, attestation: Attestation | undefined): Judgement {
  const set = setAside(gathered)
  // What was only suppressed shows nothing; an exception, in contrast, has an owner and a last day.
  if (gathered.checks.passed === 0 && gathered.excepted.length === 0) {
    return { status: 'PARTIAL', reason: `Nothing passed: ${set}.` }
  }
  const passed =
    gathered.checks.passed === total(gathered)
      ? gathered.checks.passed === 1
        ? 'The one check passes'
        : `All ${gathered.checks.passed} checks pass`
      : `${amount(gathered.checks.passed, gathered, 'pass')}; ${set}`
  const silent = silentRules(requirement, gathered)
  if (requirement.kind === 'A') return { status: 'PASS', reason: `${passed}${silent}.` }
  if (attestation) {
    return {
      status: 'PASS',
      reason: `${passed}${silent}; attested by ${attestation.owner} until ${attestation.expires}.`,
    }
  }
  return {
    status: 'PARTIAL',
    reason: `${passed}: configuration complete, attestation missing. Wanted: ${wanted(requirement)}.`,
  }
}

function setAside(gathered: Gathered): string {
  return [
    ...(gathered.excepted.length > 0 ? [`${count(gathered.excepted.length, 'finding')} under a valid exception`] : []),
    ...(gathered.suppressed.length > 0 ? [`${count(gathered.suppressed.length, 'finding')} suppressed`] : []),
  ].join(', ')
}

/** A pass rests on what was there to be checked; which rules found nothing is part of the truth about it. */
function silentRules(requirement: Requirement, gathered: Gathered): string {
  const spoke = new Set(gathered.evidence.map(({ ruleId }) => ruleId))
  const silent = requirement.rules.filter(({ rule }) => !spoke.has(rule)).length
  return silent === 0 ? '' : `; ${silent} of its ${count(requirement.rules.length, 'rule')} found nothing to look at`
}

function none(gathered: Gathered): string {
  const aside = setAside(gathered)
  return aside === '' ? 'none fails' : `none fails, ${aside}`
}

function total({ checks }: Gathered): number {
  return checks.passed + checks.failed + checks.undecided + checks.suppressed
}

/** "3 of 14 checks fail", "1 of 14 checks fails". */
function amount(number: number, gathered: Gathered, verb?: string): string {
  const all = total(gathered)
  const text = all === 1 ? 'The one check' : `${number} of ${all} checks`
  if (verb === undefined) return `${text} ${number === 1 ? 'is' : 'are'}`
  return `${text} ${verb}${number !== 1 ? '' : verb === 'pass' ? 'es' : 's'}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function wanted(requirement: Requirement): string {
  const text = requirement.evidenceWanted ?? 'a statement with its evidence'
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
