import { comply, type ComplianceResult, type ProjectionStep } from '../compliance/comply.ts'
import type { Framework } from '../compliance/framework.ts'
import { attachRequirements } from '../compliance/requirements.ts'
import type { Audit, JudgedFinding } from '../engine/audit.ts'
import type { AuditResult } from '../engine/finding.ts'
import { compareText } from '../engine/summary.ts'
import type { Need } from '../fix/fixer.ts'
import { type Approval, fixerName, NO_APPROVAL } from '../verify/approval.ts'
import { planFixes } from '../verify/plan.ts'
import type { FrameworkScores, Scores } from '../verify/results.ts'
import { lockFiles } from './fix.ts'
import { complyContext, type Session } from './session.ts'

/** Requirement by requirement, for the project as it lies on the disk. */
export function complyWith(session: Session, framework: Framework): ComplianceResult {
  return comply(framework, session.result, complyContext(session, session.project.files.files))
}

/** Every configured framework by another audit of the project, such as the one after a fix. */
export function complyWithAudit(session: Session, audit: AuditResult): ComplianceResult[] {
  const attached = attachRequirements(audit, session.frameworks)
  const context = complyContext(session, session.project.files.files)
  return session.frameworks.map((framework) => comply(framework, attached, context))
}

/** As `complyWith`, with the scores after each fixer of the plan: without approval, then with everything approved. */
export function complyWithProjection(session: Session, framework: Framework): ComplianceResult {
  const result = complyWith(session, framework)
  return { ...result, projection: project(session, framework) }
}

function scoresOfAudit(
  session: Session,
  framework: Framework,
  audit: AuditResult,
  files: ReadonlyMap<string, string>,
): Scores {
  const { strict, progress, coverage } = comply(framework, audit, complyContext(session, files)).scores
  return { strict, progress, coverage }
}

/** The scores of every configured framework before and after. */
export function compareScores(
  session: Session,
  before: { audit: AuditResult; files: ReadonlyMap<string, string> },
  after: { audit: AuditResult; files: ReadonlyMap<string, string> },
): FrameworkScores[] {
  return session.frameworks.map((framework) => ({
    framework: framework.id,
    before: scoresOfAudit(session, framework, before.audit, before.files),
    after: scoresOfAudit(session, framework, after.audit, after.files),
  }))
}

/**
 * The plan, step by step: each fixer applied in memory on top of the steps before it, and the whole audited again. What a
 * step promises is therefore what running it gives.
 */
function project(session: Session, framework: Framework): ProjectionStep[] {
  const steps: ProjectionStep[] = []
  let files = session.project.files
  let audit = session.audit()
  const locks = lockFiles(session)
  for (const approve of ['none', 'B'] as const) {
    const approval: Approval = { ...NO_APPROVAL, rank: approve }
    for (const fixer of fixersOf(audit)) {
      const findings = audit.judged.filter((judged) => fixerName(judged) === fixer && judged.finding.status === 'open')
      const plan = planFixes({
        files,
        before: audit,
        audit: session.auditFiles,
        rules: session.rules,
        values: session.project.config.values,
        approval,
        scope: { fixers: [fixer], rules: [] },
        locks,
      })
      const released = findings.filter(({ finding }) => approve === 'B' || finding.rank === 'E' || finding.rank === 'D')
      const needs = needsOf(released)
      if (plan.changes.length === 0 && (approve === 'none' || needs.length === 0)) continue
      files = { ...files, files: plan.files }
      audit = plan.after
      steps.push({
        step: steps.length + 1,
        fixer,
        approve,
        scores: scoresOfAudit(session, framework, attachRequirements(audit.result, session.frameworks), files.files),
        minutes: minutesOf(released),
        needs,
      })
    }
  }
  return steps
}

function fixersOf(audit: Audit): string[] {
  const names = audit.judged
    .filter(({ finding }) => finding.status === 'open')
    .map(fixerName)
    .filter((name) => name !== undefined)
  return [...new Set(names)].sort(compareText)
}

/** A person's minutes: findings that are fixed together cost the longest of them once. */
function minutesOf(findings: readonly JudgedFinding[]): number {
  const groups = new Map<string, number>()
  for (const { remedy, finding } of findings) {
    const group = remedy.kind === 'fixer' ? remedy.assessment.group : finding.fingerprint
    groups.set(group, Math.max(groups.get(group) ?? 0, finding.fix?.estimatedMinutes ?? 0))
  }
  return [...groups.values()].reduce((sum, minutes) => sum + minutes, 0)
}

function needsOf(findings: readonly JudgedFinding[]): Need[] {
  const needs = findings.flatMap(({ remedy }) => (remedy.kind === 'fixer' ? (remedy.assessment.needs ?? []) : []))
  return [...new Map(needs.map((need) => [need.key, need])).values()]
}
