import type { JudgedFinding } from '../engine/audit.ts'
import type { FixContext } from '../fix/fixer.ts'
import { isRefusal } from '../rules/rule.ts'
import { isEmptyEdit, type WorkspaceEdit } from '../text/workspace-edit.ts'
import type { RefusalCode } from './results.ts'

/** Findings that are fixed together, and the edit for all of them. */
export interface Proposal {
  readonly findings: readonly JudgedFinding[]
  readonly edit: WorkspaceEdit
  /** Findings of the group that the fixer could not take. */
  readonly leftOut: readonly RefusedProposal[]
  /** Rules whose findings are accepted where they are less severe than what is fixed. */
  readonly trades: readonly string[]
}

export interface RefusedProposal {
  readonly findings: readonly JudgedFinding[]
  readonly code: RefusalCode
  readonly reason: string
}

/** One proposal for each group of findings, in the findings' order. */
export function propose(
  findings: readonly JudgedFinding[],
  context: FixContext,
): { readonly proposals: Proposal[]; readonly refused: RefusedProposal[] } {
  const groups = new Map<string, JudgedFinding[]>()
  for (const judged of findings) {
    const key = groupKey(judged)
    const group = groups.get(key)
    if (group) group.push(judged)
    else groups.set(key, [judged])
  }
  const proposals: Proposal[] = []
  const refused: RefusedProposal[] = []
  for (const group of groups.values()) {
    const built = buildGroup(group, context)
    if ('code' in built) refused.push(built)
    else {
      refused.push(...built.leftOut)
      proposals.push(built)
    }
  }
  return { proposals, refused }
}

/** A fixer that throws is refused by name: one broken fix never stops the rest. */
export function buildGroup(findings: readonly JudgedFinding[], context: FixContext): Proposal | RefusedProposal {
  const [first] = findings
  if (first === undefined || first.remedy.kind === 'none') {
    return { findings, code: 'no-fix', reason: 'no automatic fix is known' }
  }
  try {
    if (first.remedy.kind === 'local') {
      const { edits } = first.remedy.fix
      return isRefusal(edits) ? { findings, code: 'no-fix', reason: edits.refused } : ready(findings, edits)
    }
    const built = first.remedy.fixer.build(
      findings.map(({ complaint }) => complaint),
      context,
    )
    if ('refused' in built) return { findings, code: built.code, reason: built.refused }
    const leftOut = (built.leftOut ?? []).map(({ fingerprint, refusal }) => ({
      findings: findings.filter(({ finding }) => finding.fingerprint === fingerprint),
      code: refusal.code,
      reason: refusal.refused,
    }))
    const out = new Set(leftOut.flatMap((one) => one.findings))
    return ready(
      findings.filter((judged) => !out.has(judged)),
      { changes: built.changes, creates: built.creates },
      leftOut,
      built.trades,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { findings, code: 'verification-failed', reason: `the fixer failed: ${reason}` }
  }
}

function ready(
  findings: readonly JudgedFinding[],
  edit: WorkspaceEdit,
  leftOut: readonly RefusedProposal[] = [],
  trades: readonly string[] = [],
): Proposal | RefusedProposal {
  return isEmptyEdit(edit)
    ? { findings, code: 'no-fix', reason: 'the fixer found nothing to change' }
    : { findings, edit, leftOut, trades }
}

function groupKey({ remedy, finding }: JudgedFinding): string {
  return remedy.kind === 'fixer'
    ? `${remedy.fixer.name}\u0000${remedy.assessment.group}`
    : `\u0000${finding.fingerprint}`
}
