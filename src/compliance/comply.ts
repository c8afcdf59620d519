import type { AuditResult } from '../engine/finding.ts'
import type { Need } from '../fix/fixer.ts'
import type { Scores } from '../verify/results.ts'
import { type Attestation, type EvidenceFiles, whyAttestationFails } from './attestations.ts'
import { type Evidence, gather, type RuleFacts } from './evidence.ts'
import { type Exception, whyExceptionFails } from './exceptions.ts'
import { type Exposure, type ExposureSettings, exposureOf } from './exposure.ts'
import { type Framework, type QualifiedId, qualified, type Requirement, type RequirementKind } from './framework.ts'
import { type CountedScores, scoresOf } from './scores.ts'
import { judge, type Status } from './status.ts'

/** Everything besides the audit that a judgement depends on. */
export interface ComplyContext {
  /** ISO date against which attestations and exceptions are held. */
  readonly asOf: string
  readonly rule: (ruleId: string) => RuleFacts | undefined
  /** Hash of an audited file, lower-case hexadecimal. */
  readonly sha256: (file: string) => string | undefined
  readonly evidenceFile: EvidenceFiles
  readonly attestations: readonly Attestation[]
  readonly exceptions: readonly Exception[]
  /** `compliance.notApplicable`; requirements qualified. An empty reason does not count. */
  readonly notApplicable: readonly { readonly requirement: string; readonly reason: string }[]
  readonly exposure: ExposureSettings
}

export interface RequirementResult {
  readonly id: QualifiedId
  readonly subject: string
  readonly status: Status
  readonly reason: string
  readonly kind: RequirementKind
  readonly note?: string
  readonly evidenceWanted?: string
  readonly predecessors: readonly QualifiedId[]
  readonly successors: readonly QualifiedId[]
  readonly evidence: readonly Evidence[]
  readonly attestation?: Attestation
  /** The first exception that counts; all of them in `exceptions`. */
  readonly exception?: Exception
  readonly exceptions: readonly Exception[]
}

/** An attestation, exception or exclusion that was given, but counts for nothing. */
interface NotCounted {
  readonly kind: 'attestation' | 'exception' | 'not-applicable'
  /** The requirement, or the target of an exception by rule. */
  readonly subject: string
  readonly owner?: string
  readonly reason: string
}

/** One step of the plan: the scores after it, computed by applying it in memory and auditing again. */
export interface ProjectionStep {
  readonly step: number
  readonly fixer: string
  readonly approve: 'none' | 'C' | 'B'
  readonly scores: Scores
  readonly minutes: number
  readonly needs: readonly Need[]
}

export interface ComplianceResult {
  readonly framework: string
  readonly title: string
  readonly retired?: string
  readonly asOf: string
  readonly scores: CountedScores
  readonly requirements: readonly RequirementResult[]
  readonly notCounted: readonly NotCounted[]
  readonly projection?: readonly ProjectionStep[]
  readonly exposure: Exposure
}

/** Judges every requirement of a framework by one audit. Same input, same result. */
export function comply(framework: Framework, audit: AuditResult, context: ComplyContext): ComplianceResult {
  const ids = new Set<string>(framework.requirements.map((requirement) => qualified(framework, requirement)))
  const notCounted: NotCounted[] = []

  const exceptions = context.exceptions.filter((exception) => {
    const reason = whyExceptionFails(exception, context.asOf)
    const ours = exception.requirement === undefined || ids.has(exception.requirement)
    if (reason !== undefined && ours) {
      notCounted.push({
        kind: 'exception',
        subject: `${exception.requirement ?? exception.rule ?? exception.policy ?? ''} for ${exception.target}`,
        owner: exception.owner,
        reason,
      })
    }
    return reason === undefined
  })
  const attestations = context.attestations.filter((attestation) => {
    if (!ids.has(attestation.requirement)) return false
    const reason = whyAttestationFails(attestation, context.asOf, context.evidenceFile)
    if (reason !== undefined) {
      notCounted.push({ kind: 'attestation', subject: attestation.requirement, owner: attestation.owner, reason })
    }
    return reason === undefined
  })
  const excluded = new Map<string, string>()
  for (const { requirement, reason } of context.notApplicable) {
    if (!ids.has(requirement)) continue
    if (reason.trim() !== '') excluded.set(requirement, reason)
    else notCounted.push({ kind: 'not-applicable', subject: requirement, reason: 'it gives no reason' })
  }

  const requirements = framework.requirements.map((requirement) =>
    requirementResult(framework, requirement, audit, { ...context, attestations, exceptions }, excluded),
  )
  return {
    framework: framework.id,
    title: framework.title,
    ...(framework.retired !== undefined && { retired: framework.retired }),
    asOf: context.asOf,
    scores: scoresOf(requirements.map((requirement) => requirement.status)),
    requirements,
    notCounted,
    exposure: exposureOf(
      new Map(requirements.map((requirement) => [requirement.id, requirement.status])),
      context.exposure,
    ),
  }
}

function requirementResult(
  framework: Framework,
  requirement: Requirement,
  audit: AuditResult,
  context: ComplyContext,
  excluded: ReadonlyMap<string, string>,
): RequirementResult {
  const id = qualified(framework, requirement)
  const gathered = gather(framework, requirement, audit, context)
  const attestation = newest(context.attestations.filter((candidate) => candidate.requirement === id))
  const [exception] = gathered.exceptions
  return {
    id,
    subject: requirement.subject,
    ...judge(requirement, gathered, attestation, excluded.get(id)),
    kind: requirement.kind,
    ...(requirement.note !== undefined && { note: requirement.note }),
    ...(requirement.evidenceWanted !== undefined && { evidenceWanted: requirement.evidenceWanted }),
    predecessors: requirement.predecessors ?? [],
    successors: requirement.successors ?? [],
    evidence: gathered.evidence,
    ...(attestation && { attestation }),
    ...(exception && { exception }),
    exceptions: gathered.exceptions,
  }
}

function newest(attestations: readonly Attestation[]): Attestation | undefined {
  return [...attestations].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))[0]
}
