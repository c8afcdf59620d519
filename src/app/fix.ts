import { createHash } from 'node:crypto'
import { findUnwritable } from '../apply/target.ts'
import { classOfRank } from '../edit/rank.ts'
import type { Audit, JudgedFinding } from '../engine/audit.ts'
import { SecretMask } from '../engine/secrets.ts'
import { sensitiveValues } from '../engine/sensitive-values.ts'
import type { NextStep } from '../fix/fixer.ts'
import type { LockFiles } from '../resources/terraform/aws-provider.ts'
import { type FileChange, unifiedDiff } from '../text/diff.ts'
import { type Approval, fixerName, NO_APPROVAL, type Scope } from '../verify/approval.ts'
import { type FixPlan, type PlannedFix, planFixes } from '../verify/plan.ts'
import { disruptiveChanges } from '../verify/replacement.ts'
import type { AppliedFix, ChangedFile, FixResult, HeldFix, RefusedFix } from '../verify/results.ts'
import { nextStepsOf } from './next-steps.ts'
import { readInside } from './project/files.ts'
import { UsageError } from './project/root.ts'
import { type WalkOptions, wouldWalk } from './project/walk.ts'
import type { Session } from './session.ts'

/** What `fix` would do, and the result to report of it. Nothing has been written. */
export interface PreparedFix {
  readonly plan: FixPlan
  /** `runId` is empty until the run was stored. */
  readonly result: FixResult
}

export async function prepareFix(session: Session, approval: Approval, scope: Scope): Promise<PreparedFix> {
  const closed = closedFiles(session)
  const first = plan(session, approval, scope, closed)
  const paths = first.changes.map(({ path }) => path)
  const unwritable = await findUnwritable(session.project.root, paths)
  if (unwritable.length === 0) return { plan: first, result: describePlan(session, first) }
  // Known before anything is written: the fixes that need such a file are left out, and the rest is planned anew.
  for (const { path, reason } of unwritable) closed.set(path, reason)
  const second = plan(session, approval, scope, closed)
  return { plan: second, result: describePlan(session, second) }
}

/** Files that no fix may touch, and why. */
function closedFiles(session: Session): Map<string, string> {
  const closed = new Map<string, string>()
  for (const { code, file } of session.audit().estate.diagnostics) {
    // Where the parts of such a file end is a guess.
    if (/^(?:hcl|yaml|json)-/.test(code)) closed.set(file, 'it cannot be parsed completely, so it is left alone')
  }
  for (const path of session.rendered.keys()) closed.set(path, 'rendered, not a file: change its source')
  return closed
}

function plan(session: Session, approval: Approval, scope: Scope, unwritable: ReadonlyMap<string, string>): FixPlan {
  return planFixes({
    files: session.project.files,
    before: session.audit(),
    audit: session.auditFiles,
    rules: session.rules,
    values: session.project.config.values,
    approval,
    scope,
    unwritable,
    locks: lockFiles(session),
    isAudited: (path) => !INFRASTRUCTURE.test(path) || wouldWalk(session.project.root, path, walkOptions(session)),
  })
}

/** New files of other kinds, such as `terraform.tfvars`, are often ignored by git on purpose. */
const INFRASTRUCTURE = /\.(?:tf|tofu)(?:\.json)?$|\.ya?ml$|(?:^|\/)Dockerfile[^/]*$/

function walkOptions({ project }: Session): WalkOptions {
  return { exclude: project.config.exclude, within: project.within }
}

/** `.terraform.lock.hcl` of each root module: it settles which version of a provider is used. */
export function lockFiles({ project, audit }: Session): LockFiles {
  const roots = new Set(audit().estate.resources.flatMap(({ kind, root }) => (kind === 'terraform' ? [root] : [])))
  return new Map(
    [...roots].flatMap((root) => {
      const text = readInside(project.root, root === '.' ? LOCK_FILE : `${root}/${LOCK_FILE}`)
      return text === undefined ? [] : [[root, text] as const]
    }),
  )
}

const LOCK_FILE = '.terraform.lock.hcl'

/**
 * `--approve C`, `--approve B` and fingerprints or prefixes of at least 8 digits, as given.
 * @throws UsageError for a prefix that fits no finding or several
 */
export function parseApproval(given: readonly string[], session: Session): Approval {
  let approval: Approval = NO_APPROVAL
  for (const word of given.flatMap((part) => part.split(',')).map((part) => part.trim())) {
    if (word === 'B' || (word === 'C' && approval.rank !== 'B')) approval = { ...approval, rank: word }
    else if (word !== 'C')
      approval = { ...approval, fingerprints: [...approval.fingerprints, wholeFingerprint(word, session)] }
  }
  return approval
}

function wholeFingerprint(prefix: string, session: Session): string {
  if (!/^[0-9a-f]{8,}$/.test(prefix)) {
    throw new UsageError(`--approve ${prefix}: expected C, B, or a finding's fingerprint (8 digits at least)`)
  }
  const fits = session
    .audit()
    .judged.map(({ finding }) => finding.fingerprint)
    .filter((one) => one.startsWith(prefix))
  const [only] = fits
  if (only === undefined) throw new UsageError(`--approve ${prefix}: no open finding has that fingerprint`)
  if (fits.length > 1) throw new UsageError(`--approve ${prefix}: ${fits.length} findings begin so; give more digits`)
  return only
}

function describePlan(session: Session, plan: FixPlan): FixResult {
  const mask = maskOf(session, plan.before)
  return {
    runId: '',
    dryRun: true,
    applied: plan.applied.map((fix) => describeApplied(fix, plan)),
    held: plan.held.map(describeHeld),
    refused: plan.refused.map(({ judged, code, reason }): RefusedFix => {
      const { fingerprint, ruleId, resource } = judged.finding
      return { fingerprint, ruleId, address: resource.address, code, reason }
    }),
    files: plan.changes.map(describeFile),
    before: plan.before.result.summary,
    after: plan.after.result.summary,
    verification: plan.verification,
    nextSteps: maskSteps(mask, nextStepsOf(session, plan)),
    diff: maskedDiff(mask, plan.changes),
  }
}

/** What the rules point at as a credential, and what resources keep secret, whatever it is called where it is written. */
function maskOf(session: Session, audit: Audit): (text: string) => string {
  const found = new SecretMask([
    ...sensitiveValues(audit.estate),
    ...audit.judged.flatMap(({ complaint: { at, ruleId } }) => {
      const { value } = at
      if (!CREDENTIAL_RULES.test(ruleId) || value?.kind !== 'string' || value.value.length < 2) return []
      const { document, span } = at.location
      const { line } = document.lines.position(span.start)
      return value.value.split('\n').map((part) => ({ value: part, line: document.lines.lineText(line).trim() }))
    }),
  ])
  return (text) => found.mask(session.mask.mask(text))
}

const CREDENTIAL_RULES = /-(?:plaintext-credentials|hardcoded-(?:password|secrets))$|^provider-no-credentials$/

function describeApplied({ judged, files, curedBy }: PlannedFix, plan: FixPlan): AppliedFix {
  // Cured without an edit of its own: the work is that of the other finding's fixer.
  const cure =
    curedBy === undefined ? undefined : plan.applied.find((other) => other.judged.finding.fingerprint === curedBy)
  const { fingerprint, ruleId, rank, resource, fix, title } = judged.finding
  return {
    fingerprint,
    ruleId,
    fixer: fix?.fixer ?? cure?.judged.finding.fix?.fixer ?? '',
    class: classOfRank(rank),
    rank,
    title: fix?.title ?? title,
    address: resource.address,
    files,
    ...(curedBy !== undefined && { curedBy }),
  }
}

function describeHeld(judged: JudgedFinding): HeldFix {
  const { fingerprint, ruleId, rank, resource, fix, title } = judged.finding
  const { remedy } = judged
  const assessment = remedy.kind === 'fixer' ? remedy.assessment : undefined
  const needs = assessment?.needs ?? []
  const reason = assessment?.reason ?? (remedy.kind === 'local' ? remedy.fix.reason : undefined)
  return {
    fingerprint,
    ruleId,
    fixer: fixerName(judged) ?? '',
    rank,
    class: classOfRank(rank),
    title: fix?.title ?? title,
    address: resource.address,
    reason: reason ?? (needs.length > 0 ? 'a value is missing' : 'a person has to approve it'),
    blastRadius: assessment?.blastRadius ?? [],
    runbook: assessment?.runbook ?? '',
    needs,
  }
}

function describeFile({ path, before, after }: FileChange): ChangedFile {
  return {
    path,
    sha256Before: before === undefined ? null : sha256(before),
    sha256After: sha256(after ?? ''),
    created: before === undefined,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const MASKED_HEADER =
  '# Lines that hold a secret are masked: this diff is to be read, it cannot be applied. Apply the fixes with: secops fix\n'

function maskedDiff(mask: (text: string) => string, changes: readonly FileChange[]): string {
  const diff = unifiedDiff(changes)
  const masked = mask(diff)
  return masked === diff ? diff : MASKED_HEADER + masked
}

/** From one planned state of the project to another, secrets masked; empty if they are the same. */
export function diffBetween(
  session: Session,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  const changes = paths
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((change) => change.before !== change.after)
  return maskOf(session, session.audit())(unifiedDiff(changes))
}

/** What is replaced or interrupted on the way from one plan's outcome to another's, as sentences. */
export function disruptionsBetween(session: Session, before: FixPlan, after: FixPlan): readonly string[] {
  return disruptiveChanges(before.after.estate, after.after.estate, lockFiles(session))
}

function maskSteps(mask: (text: string) => string, steps: readonly NextStep[]): NextStep[] {
  return steps.map((step) => ({
    ...step,
    text: mask(step.text),
    ...(step.command !== undefined && { command: mask(step.command) }),
  }))
}
