import { applyFix } from '../../app/apply-fix.ts'
import { commitFixes, type CommitOptions } from '../../app/commit-fixes.ts'
import { complyWithAudit } from '../../app/comply.ts'
import { parseApproval, type PreparedFix, prepareFix } from '../../app/fix.ts'
import { openWorkTree } from '../../app/git.ts'
import { recordHistory } from '../../app/history.ts'
import { UsageError } from '../../app/project/root.ts'
import { type Session, type SessionOptions, unknownRule } from '../../app/session.ts'
import { unformatted } from '../../app/terraform-fmt.ts'
import { namesRule } from '../../engine/aliases.ts'
import type { AuditResult } from '../../engine/finding.ts'
import { FIXERS } from '../../fix/index.ts'
import { LOCAL_FIXERS } from '../../rules/local-fixers.ts'
import { count } from '../../report/words.ts'
import { nearest } from '../../text/nearest.ts'
import { type Approval, fixerName, type Scope } from '../../verify/approval.ts'
import type { FixResult } from '../../verify/results.ts'
import type { FixOptions } from '../commands/fix.ts'
import { EXIT, exitFor } from '../exit.ts'
import { onTerminal, walkHeld } from '../interactive.ts'
import { warn, writeResult } from '../output.ts'
import { renderFix, renderPullRequestBody } from '../render.ts'
import { openCliSession, recoverFirst, warnOfHalfWritten } from '../session.ts'

export async function runFix(path: string, options: FixOptions): Promise<number> {
  refuseContradictions(options)
  await (options.dryRun === true ? warnOfHalfWritten(path) : recoverFirst(path))
  // Every rule is run even with --rule: a fix must not cause a finding of a rule that was not asked for.
  const { rule: rules = [], ...others } = options
  const scope = (session: Session): Scope => scopeOf({ ...options, rule: rules }, session)
  const open = (values: SessionOptions['values'] = {}): Promise<Session> => openCliSession(path, { ...others, values })
  const asked = (session: Session): Approval => parseApproval(options.approve ?? [], session)

  let session = await open()
  scope(session)
  let given: SessionOptions['values'] = {}
  let approval = asked(session)
  if (options.interactive === true) {
    const reopen = (values: SessionOptions['values']): Promise<Session> => open((given = values))
    const walk = { session, reopen, approval: asked, scope }
    const walked = await onTerminal((terminal) => walkHeld(walk, terminal))
    ;({ session, approval } = walked)
  }
  const done =
    options.commit === true
      ? await committed(session, { approval, scope: scope(session), reopen: () => open(given) }, options)
      : await applied(session, approval, scope(session), options)
  if (done === undefined) {
    warn('nothing was written')
    return EXIT.ok
  }
  if (options.dryRun !== true && done.result.applied.length > 0) {
    await recordHistory(session, 'fix', done.result.runId, done.result.after, complyWithAudit(session, done.after))
  }
  await report(done, session, path, options)
  return exitFor(done.result.after, done.after, options.failOn, options.strict === true)
}

interface Done {
  readonly result: FixResult
  /** The audit of what is left. */
  readonly after: AuditResult
}

/** @throws UsageError for options that exclude each other, or a question that nobody could answer */
function refuseContradictions(options: FixOptions): void {
  if (options.commit === true && options.dryRun === true)
    throw new UsageError('--commit and --dry-run exclude each other')
  if (options.gitHooks === true && options.commit !== true) throw new UsageError('--git-hooks is for --commit')
  if (options.interactive === true && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new UsageError('--interactive needs a terminal; elsewhere release fixes with --approve')
  }
}

async function applied(
  session: Session,
  approval: Approval,
  scope: Scope,
  options: FixOptions,
): Promise<Done | undefined> {
  const prepared = await prepareFix(session, approval, scope)
  if (options.terraformFmt === true) warnOfFormat(unformatted(prepared.plan.changes))
  const write = options.dryRun !== true
  if (write && options.interactive === true && !(await confirmed(prepared))) return undefined
  const result = write ? await applyFix(session, prepared) : prepared.result
  return { result, after: prepared.plan.after.result }
}

async function confirmed({ result: { applied, files } }: PreparedFix): Promise<boolean> {
  if (files.length === 0) return true
  const question = `Fix ${count(applied.length, 'finding')} in ${count(files.length, 'file')}? [y/N] `
  const answer = await onTerminal(({ ask }) => ask(question))
  return /^y(?:es)?$/i.test(answer?.trim() ?? '')
}

async function committed(
  session: Session,
  how: Pick<CommitOptions, 'approval' | 'scope' | 'reopen'>,
  options: FixOptions,
): Promise<Done> {
  const { root, gitTop } = session.project
  const tree = openWorkTree(root, gitTop, options.gitHooks === true)
  if (options.terraformFmt === true) {
    warnOfFormat(unformatted((await prepareFix(session, how.approval, how.scope)).plan.changes))
  }
  const { result, session: after } = await commitFixes({ ...how, session, tree })
  for (const { fixer, commit, runId } of result.commits ?? []) {
    if (commit === '') warn(`${fixer}: git ignores every file that run ${runId} changed, so there is no commit`)
  }
  return { result, after: after.result }
}

function warnOfFormat(paths: readonly string[]): void {
  for (const path of paths) warn(`terraform fmt would write ${path} otherwise`)
}

async function report({ result }: Done, session: Session, path: string, options: FixOptions): Promise<void> {
  const { prBody, output } = options
  if (prBody !== undefined) {
    const body = renderPullRequestBody(result, session, path)
    await writeResult(body, prBody === true ? {} : { output: prBody })
    // Two texts on standard output would be neither.
    if (prBody === true && output === undefined) return
  }
  await writeResult(renderFix(result, session, path, options), options)
}

/** @throws UsageError naming the nearest fixer or rule */
export function scopeOf(options: Pick<FixOptions, 'fixer' | 'rule'>, session: Session): Scope {
  const names = new Set([
    ...FIXERS.map(({ name }) => name),
    ...LOCAL_FIXERS,
    ...session.audit().judged.flatMap((one) => fixerName(one) ?? []),
  ])
  for (const given of options.fixer ?? []) {
    if (names.has(given)) continue
    const hint = nearest(given, names)
    const known = [...names].sort().join(', ')
    throw new UsageError(`no fixer ${given}${hint === undefined ? '' : `; did you mean ${hint}?`} (known: ${known})`)
  }
  for (const given of options.rule ?? []) {
    if (!session.rules.some((rule) => namesRule(rule, given))) throw new UsageError(unknownRule(given, session.rules))
  }
  return { fixers: options.fixer ?? [], rules: options.rule ?? [] }
}
