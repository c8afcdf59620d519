import type { Audit, JudgedFinding } from '../engine/audit.ts'
import { SEVERITIES } from '../engine/finding.ts'
import type { FixContext, FixValues } from '../fix/fixer.ts'
import type { EstateFiles } from '../resources/estate.ts'
import type { LockFiles } from '../resources/terraform/aws-provider.ts'
import type { Rule } from '../rules/rule.ts'
import type { FileChange } from '../text/diff.ts'
import { applyWorkspaceEdit, EMPTY_EDIT, mergeEdits, touchedPaths, type WorkspaceEdit } from '../text/workspace-edit.ts'
import { type Approval, inScope, isReleased, type Scope } from './approval.ts'
import { compareAudits, firstObjection, isClean, type Objections, type Trade } from './compare.ts'
import { buildGroup, type Proposal, propose } from './proposals.ts'
import { disruptiveChanges } from './replacement.ts'
import { controlFile } from './scope-guard.ts'
import type { RefusalCode, Verification } from './results.ts'

/** Overlapping edits wait for the next pass; what is still waiting after the tenth is refused. */
const MAX_PASSES = 10

export interface PlanInput {
  readonly files: EstateFiles
  readonly before: Audit
  /** Reads and audits a variant of the project in memory. */
  readonly audit: (files: EstateFiles) => Audit
  readonly rules: readonly Rule[]
  readonly values: FixValues
  readonly approval: Approval
  readonly scope: Scope
  /** Files that cannot be written, and why: fixes that need them are refused, the others go on. */
  readonly unwritable?: ReadonlyMap<string, string>
  /** False for the path of a new file that the next audit would pass over: excluded, ignored, of another project. */
  readonly isAudited?: (path: string) => boolean
  /** The lock files of root modules: they say which version of the AWS provider is used. */
  readonly locks?: LockFiles
}

export interface PlannedFix {
  readonly judged: JudgedFinding
  readonly files: readonly string[]
  readonly curedBy?: string
}

interface PlannedRefusal {
  readonly judged: JudgedFinding
  readonly code: RefusalCode
  readonly reason: string
}

/** The outcome for every open finding of `before`, and the project after it. Nothing has been written yet. */
export interface FixPlan {
  readonly before: Audit
  readonly after: Audit
  readonly files: ReadonlyMap<string, string>
  readonly changes: readonly FileChange[]
  readonly applied: readonly PlannedFix[]
  readonly held: readonly JudgedFinding[]
  readonly refused: readonly PlannedRefusal[]
  readonly verification: readonly Verification[]
}

export function planFixes(input: PlanInput): FixPlan {
  return new Planner(input).run()
}

class Planner {
  readonly #input: PlanInput
  #current: Audit
  #files: ReadonlyMap<string, string>
  readonly #applied: PlannedFix[] = []
  readonly #refused: PlannedRefusal[] = []
  readonly #held: JudgedFinding[] = []
  readonly #verification: Verification[] = []
  /** What was refused: not tried again in a later pass. */
  readonly #givenUp = new Set<string>()
  /** Fingerprints of the findings of `before` whose outcome is known. */
  readonly #settled = new Set<string>()
  #byIdentity: ReadonlyMap<string, readonly JudgedFinding[]> | undefined

  constructor(input: PlanInput) {
    this.#input = input
    this.#current = input.before
    this.#files = input.files.files
  }

  run(): FixPlan {
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const candidates = this.#candidates()
      if (candidates.length === 0 || !this.#pass(candidates)) break
    }
    for (const judged of this.#candidates()) {
      this.#refuse([judged], 'conflict', 'its edit overlaps with those of other fixes; run again after them')
    }
    return this.#result()
  }

  #candidates(): JudgedFinding[] {
    const { approval, scope, rules } = this.#input
    const released = this.#current.judged.filter(
      (judged) =>
        judged.finding.status === 'open' &&
        !this.#givenUp.has(givenUpKey(judged)) &&
        inScope(judged, scope, rules) &&
        isReleased(judged, approval),
    )
    // Programs first: a route that is added now is what a probe asks then.
    const programs = released.filter(({ finding }) => finding.resource.kind === 'source')
    return programs.length > 0 ? programs : released
  }

  /** One round; false if it changed nothing and refused nothing, so that another would do the same. */
  #pass(candidates: readonly JudgedFinding[]): boolean {
    const { proposals, refused } = propose(candidates, this.#context())
    for (const { findings, code, reason } of refused) this.#refuse(findings, code, reason)
    const writable = proposals.filter((proposal) => {
      const reason = this.#whyUnwritable(proposal.edit)
      if (reason !== undefined) this.#refuse(proposal.findings, 'out-of-scope', reason)
      const deceit = reason === undefined ? this.#whyDeceptive(proposal.edit) : undefined
      if (deceit !== undefined) this.#refuse(proposal.findings, 'verification-failed', deceit)
      return reason === undefined && deceit === undefined
    })

    const { merged: batch } = mergeProposals(writable)
    const accepted = this.#settle(batch)
    // Refusals are progress too: what waited for a refused edit may now go.
    if (accepted.length === 0) return candidates.some((judged) => this.#givenUp.has(givenUpKey(judged)))
    const { edit } = mergeProposals(accepted)
    this.#files = applyWorkspaceEdit(this.#files, edit)
    this.#current = this.#auditFiles(this.#files)
    for (const { findings, edit: own } of accepted) {
      for (const judged of findings) {
        const original = this.#original(judged)
        if (original !== undefined)
          this.#applied.push({ judged: asApplied(original, judged), files: touchedPaths(own) })
      }
    }
    return true
  }

  /**
   * The proposals that hold together. Those of a batch do not overlap, so each half of a batch that fails can be judged
   * against the same texts; what fails alone is refused alone.
   */
  #settle(batch: readonly Proposal[]): readonly Proposal[] {
    if (batch.length === 0) return []
    const objections = this.#judge(batch)
    if (isClean(objections)) {
      this.#record(
        batch.flatMap(({ findings }) => findings),
        objections,
      )
      return batch
    }
    const [only] = batch
    if (batch.length === 1 && only !== undefined) return this.#settleOne(only, objections)
    const middle = batch.length >> 1
    const left = this.#settle(batch.slice(0, middle))
    const right = this.#settle(batch.slice(middle))
    if (left.length === 0 || right.length === 0) return [...left, ...right]
    // Each half holds on its own; if they do not hold together, the second waits for the next pass.
    const both = [...left, ...right]
    return mergeProposals(both).merged.length === both.length && isClean(this.#judge(both)) ? both : left
  }

  #settleOne(proposal: Proposal, objections: Objections): readonly Proposal[] {
    const { findings } = proposal
    const [first] = findings
    if (findings.length === 1 && first !== undefined && isClean({ ...objections, unannounced: [] })) {
      this.#hold(first, objections.unannounced.join('; '))
      return []
    }
    if (findings.length === 1) {
      this.#record(findings, objections)
      this.#refuse(findings, 'verification-failed', firstObjection(objections))
      return []
    }
    const keep = findings.filter(({ finding }) => !objections.unfixed.has(finding.fingerprint))
    // The fixer could not do all of its group: once more without what stayed unfixed, else one finding at a time.
    const parts = keep.length > 0 && keep.length < findings.length ? [keep] : findings.map((judged) => [judged])
    if (parts.length === 1) {
      const failed = findings.filter((judged) => !keep.includes(judged))
      this.#refuse(failed, 'verification-failed', 'the rule does not pass after the fix')
    }
    const rebuilt: Proposal[] = []
    for (const part of parts) {
      const built = buildGroup(part, this.#context())
      if ('code' in built) {
        this.#refuse(part, built.code, built.reason)
        continue
      }
      for (const left of built.leftOut) this.#refuse(left.findings, left.code, left.reason)
      rebuilt.push(built)
    }
    // Parts of one group edit the same places: those that overlap wait for the next pass.
    return this.#settle(mergeProposals(rebuilt).merged)
  }

  #judge(batch: readonly Proposal[]): Objections {
    const { edit } = mergeProposals(batch)
    const after = this.#auditFiles(applyWorkspaceEdit(this.#files, edit))
    const findings = batch.flatMap((proposal) => proposal.findings)
    const objections = compareAudits(this.#current, after, findings, this.#locks, acceptedTrades(batch))
    return { ...objections, unannounced: this.#unannounced(batch, after) }
  }

  /** What is replaced or disrupted by proposals of which no finding has rank B. With it, only approved ones get here. */
  #unannounced(batch: readonly Proposal[], after: Audit): readonly string[] {
    if (this.#input.approval.rank === 'B' || batch.every((one) => this.#announces(one))) return []
    const all = disruptiveChanges(this.#current.estate, after.estate, this.#locks)
    if (all.length === 0) return []
    const announced = batch.filter((one) => this.#announces(one))
    if (announced.length === 0) return all
    const { edit } = mergeProposals(announced)
    const between = this.#auditFiles(applyWorkspaceEdit(this.#files, edit))
    return disruptiveChanges(between.estate, after.estate, this.#locks)
  }

  #announces({ findings }: Proposal): boolean {
    const seen = new Set(this.#input.approval.informed)
    return findings.some(({ finding }) => finding.rank === 'B' || seen.has(finding.fingerprint))
  }

  get #locks(): LockFiles {
    return this.#input.locks ?? new Map()
  }

  #whyUnwritable(edit: WorkspaceEdit): string | undefined {
    for (const path of touchedPaths(edit)) {
      const reason = this.#input.unwritable?.get(path)
      if (reason !== undefined) return reason.startsWith(path) ? reason : `${path}: ${reason}`
    }
    return undefined
  }

  /** Files that settle what is audited at all, and new ones that would not be. */
  #whyDeceptive(edit: WorkspaceEdit): string | undefined {
    for (const path of touchedPaths(edit)) {
      const reason = controlFile(path)
      if (reason !== undefined) return `${path}: ${reason}`
    }
    const hidden = [...edit.creates.keys()].find((path) => this.#input.isAudited?.(path) === false)
    return hidden === undefined ? undefined : `${hidden}: it would no longer be audited there`
  }

  #auditFiles(files: ReadonlyMap<string, string>): Audit {
    return this.#input.audit({ ...this.#input.files, files })
  }

  #context(): FixContext {
    return { estate: this.#current.estate, values: this.#input.values }
  }

  #refuse(findings: readonly JudgedFinding[], code: RefusalCode, reason: string): void {
    for (const judged of findings) {
      this.#givenUp.add(givenUpKey(judged))
      const original = this.#original(judged)
      if (original !== undefined) this.#refused.push({ judged: original, code, reason })
    }
  }

  /** Held after all, as rank B: its edit replaces or disrupts more than its rank said. */
  #hold(judged: JudgedFinding, reason: string): void {
    this.#givenUp.add(givenUpKey(judged))
    const original = this.#original(judged)
    if (original !== undefined) this.#held.push(promoted(original, reason))
  }

  /**
   * The finding of `before` that a later pass's finding stands for. Ordinals move when an equal finding is fixed, so the
   * fingerprint is only the first choice.
   */
  #original({ identity, finding }: JudgedFinding): JudgedFinding | undefined {
    this.#byIdentity ??= grouped(this.#input.before.judged)
    const open = (this.#byIdentity.get(identity) ?? []).filter(
      (judged) => !this.#settled.has(judged.finding.fingerprint),
    )
    const original = open.find((judged) => judged.finding.fingerprint === finding.fingerprint) ?? open[0]
    if (original !== undefined) this.#settled.add(original.finding.fingerprint)
    return original
  }

  #record(findings: readonly JudgedFinding[], objections: Objections): void {
    for (const { finding } of findings) {
      this.#verification.push({
        fingerprint: finding.fingerprint,
        decidesPass: !objections.unfixed.has(finding.fingerprint),
        nothingNew: objections.newFindings.length === 0 && objections.silenced.length === 0,
        parses: objections.parseErrors.length === 0,
        referencesResolve: objections.unresolved.length === 0,
        nothingVanished: objections.vanished.length === 0,
        schemaValid: objections.schemaErrors.length === 0,
        disruptionApproved: objections.unannounced.length === 0,
      })
    }
  }

  #result(): FixPlan {
    const { before, approval, scope, rules } = this.#input
    const applied = [...this.#applied]
    const refused = [...this.#refused]
    const held = [...this.#held]
    const remaining = new Map<string, number>()
    for (const { identity } of this.#current.judged) remaining.set(identity, (remaining.get(identity) ?? 0) + 1)
    for (const judged of before.judged) {
      if (judged.finding.status !== 'open' || this.#settled.has(judged.finding.fingerprint)) continue
      const left = remaining.get(judged.identity) ?? 0
      remaining.set(judged.identity, left - 1)
      const cure = left > 0 ? undefined : curedBy(judged, applied)
      if (cure !== undefined) applied.push({ judged, files: [], curedBy: cure })
      else if (judged.remedy.kind === 'none')
        refused.push({ judged, code: judged.remedy.code, reason: judged.remedy.reason })
      else if (!inScope(judged, scope, rules)) {
        refused.push({ judged, code: 'out-of-scope', reason: 'not selected by --rule or --fixer' })
      } else if (!isReleased(judged, approval)) held.push(judged)
      else refused.push({ judged, code: 'conflict', reason: 'another fix changed what it needs; run again' })
    }
    return {
      before,
      after: this.#current,
      files: this.#files,
      changes: changedFiles(this.#input.files.files, this.#files),
      applied,
      held,
      refused,
      verification: this.#verification,
    }
  }
}

/** Of rank B, with what its rank had not said before its own reason. */
function promoted(judged: JudgedFinding, disruption: string): JudgedFinding {
  const finding = { ...judged.finding, rank: 'B' as const }
  const { remedy } = judged
  if (remedy.kind === 'none') return { ...judged, finding }
  const { reason: own } = remedy.kind === 'local' ? remedy.fix : remedy.assessment
  const reason = own === undefined ? disruption : `${disruption}; ${own}`
  return remedy.kind === 'local'
    ? { ...judged, finding, remedy: { ...remedy, fix: { ...remedy.fix, rank: 'B', reason } } }
    : { ...judged, finding, remedy: { ...remedy, assessment: { ...remedy.assessment, rank: 'B', reason } } }
}

/** A finding of `before` with the fix that was made: what an earlier pass changed may have made it a safer one. */
function asApplied(original: JudgedFinding, { finding: { rank, fix } }: JudgedFinding): JudgedFinding {
  if (rank === original.finding.rank) return original
  return { ...original, finding: { ...original.finding, rank, ...(fix !== undefined && { fix }) } }
}

/** What the proposals trade in knowingly. */
function acceptedTrades(batch: readonly Proposal[]): readonly Trade[] {
  return batch.flatMap(({ findings, trades, edit }) => {
    if (trades.length === 0) return []
    const worst = Math.min(...findings.map(({ finding }) => SEVERITIES.indexOf(finding.severity)))
    return [{ rules: trades, files: touchedPaths(edit), worst }]
  })
}

function grouped(judged: readonly JudgedFinding[]): ReadonlyMap<string, readonly JudgedFinding[]> {
  const groups = new Map<string, JudgedFinding[]>()
  for (const one of judged) {
    const group = groups.get(one.identity)
    if (group === undefined) groups.set(one.identity, [one])
    else group.push(one)
  }
  return groups
}

function givenUpKey({ identity, complaint }: JudgedFinding): string {
  return `${identity}\u0000${complaint.at.pathText}`
}

/** The proposals that fit together, in order, and their edits as one; the others are left for a later pass. */
function mergeProposals(proposals: readonly Proposal[]): { merged: Proposal[]; edit: WorkspaceEdit } {
  const merged: Proposal[] = []
  let edit = EMPTY_EDIT
  for (const proposal of proposals) {
    const next = mergeEdits(edit, proposal.edit)
    if (next === undefined) continue
    edit = next
    merged.push(proposal)
  }
  return { merged, edit }
}

function curedBy(judged: JudgedFinding, applied: readonly PlannedFix[]): string | undefined {
  const { address, root } = judged.finding.resource
  const same = applied.find(
    ({ judged: { finding } }) => finding.resource.address === address && finding.resource.root === root,
  )
  return (same ?? applied[0])?.judged.finding.fingerprint
}

function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((change) => change.before !== change.after)
}
