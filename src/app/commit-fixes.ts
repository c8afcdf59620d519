import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { FileChange } from '../text/diff.ts'
import { type Approval, fixerName, type Scope } from '../verify/approval.ts'
import type { AppliedFix, FixCommit, FixResult } from '../verify/results.ts'
import { applyFix, rollbackRun } from './apply-fix.ts'
import { prepareFix } from './fix.ts'
import { commitFiles, dirtyPaths, type WorkTree } from './git.ts'
import { toPosix, UsageError } from './project/root.ts'
import type { Session } from './session.ts'

interface CommittedFix {
  /** As of one run: applied are the fixes of all commits, held and refused what was left after the last. */
  readonly result: FixResult
  /** The project after the last commit. */
  readonly session: Session
}

export interface CommitOptions {
  readonly session: Session
  /** Reads the project again, after files were written. */
  readonly reopen: () => Promise<Session>
  readonly tree: WorkTree
  readonly scope: Scope
  readonly approval: Approval
}

/**
 * Fixer by fixer: plans, writes, commits; each is a run of its own that can be taken back.
 * @throws UsageError if git refuses a commit; that fixer's run has been taken back then, and the commits before it stand
 */
export async function commitFixes(options: CommitOptions): Promise<CommittedFix> {
  const { tree, scope, approval } = options
  let { session } = options
  const commits: FixCommit[] = []
  const results: FixResult[] = []
  // What one fixer made possible for another before it in the alphabet comes in the next round.
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { plan } = await prepareFix(session, approval, scope)
    const names = new Set(plan.applied.flatMap(({ judged }) => fixerName(judged) ?? []))
    const before = results.length
    for (const fixer of [...names].toSorted()) {
      const prepared = await prepareFix(session, approval, { ...scope, fixers: [fixer] })
      if (prepared.plan.changes.length === 0) continue
      const result = await applyFix(session, prepared)
      const commit = await commitRun(tree, session, result, prepared.plan.changes, messageOf(session, fixer, result))
      commits.push({ fixer, commit: commit ?? '', runId: result.runId, findings: result.applied.length })
      results.push(result)
      session = await options.reopen()
    }
    if (results.length === before) break
  }
  const rest = await prepareFix(session, approval, scope)
  return { result: { ...combine(rest.result, results), commits }, session }
}

/** Each round needs what the one before it changed; more than two are hardly ever needed. */
const MAX_ROUNDS = 5

async function commitRun(
  tree: WorkTree,
  session: Session,
  result: FixResult,
  changes: readonly FileChange[],
  message: string,
): Promise<string | undefined> {
  const { root } = session.project
  try {
    // Of a link, it is its target that was written.
    const written = changes.map(({ path }) => toPosix(relative(root, realpathSync(join(root, path)))))
    return commitFiles(tree, written, message)
  } catch (error) {
    await rollbackRun(root, result.runId, session.now)
    const left = dirtyPaths(tree)
    if (error instanceof UsageError && left.length === 0)
      throw new UsageError(`${error.message}; the run was taken back`)
    throw error
  }
}

/** What a reviewer wants of a commit: which rules, which requirements, how to undo it. */
function messageOf(session: Session, fixer: string, { applied, runId }: FixResult): string {
  const titles = new Map(session.rules.map(({ id, title }) => [id, title]))
  const rules = groupByRule(applied)
  const requirements = requirementsOf(session, applied)
  const lines = [
    `secops: ${fixer} fixes ${applied.length} ${applied.length === 1 ? 'finding' : 'findings'}`,
    '',
    ...[...rules].map(([id, number]) => `- ${id}${number > 1 ? ` (${number}x)` : ''}: ${titles.get(id) ?? ''}`),
    ...(requirements.length === 0 ? [] : ['', 'Requirements:', ...wrapped(requirements)]),
    '',
    `Verified in memory before it was written. Undo: git revert, or secops rollback ${runId}`,
    '',
  ]
  return session.mask.mask(lines.join('\n'))
}

function groupByRule(applied: readonly AppliedFix[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { ruleId } of applied) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1)
  return new Map([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The requirements that the fixed findings speak to, sorted. */
function requirementsOf(session: Session, applied: readonly AppliedFix[]): readonly string[] {
  const fixed = new Set(applied.map(({ fingerprint }) => fingerprint))
  const found = session.result.findings.filter(({ fingerprint }) => fixed.has(fingerprint))
  return [...new Set(found.flatMap(({ requirements }) => requirements))].toSorted()
}

/** Lines of at most 72 columns, as commit messages are read. */
function wrapped(words: readonly string[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + word.length + 2 > 70) {
      lines.push(`  ${line},`)
      line = ''
    }
    line = line === '' ? word : `${line}, ${word}`
  }
  return line === '' ? lines : [...lines, `  ${line}`]
}

function combine(rest: FixResult, results: readonly FixResult[]): FixResult {
  const [first] = results
  if (first === undefined) return { ...rest, dryRun: false, applied: [], files: [], diff: '', verification: [] }
  const files = new Map<string, FixResult['files'][number]>()
  for (const file of results.flatMap((result) => result.files)) {
    const earlier = files.get(file.path)
    files.set(file.path, earlier === undefined ? file : { ...earlier, sha256After: file.sha256After })
  }
  return {
    ...rest,
    runId: results.at(-1)?.runId ?? '',
    dryRun: false,
    applied: results.flatMap(({ applied }) => applied),
    files: [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    before: first.before,
    verification: results.flatMap(({ verification }) => verification),
    nextSteps: uniqueSteps(results.flatMap(({ nextSteps }) => nextSteps)),
    diff: results.map(({ diff }) => diff).join(''),
  }
}

function uniqueSteps(steps: FixResult['nextSteps']): FixResult['nextSteps'] {
  const seen = new Set<string>()
  return steps.filter(({ kind, text, command }) => {
    const key = `${kind}\u0000${text}\u0000${command ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}
