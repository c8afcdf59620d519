import { execFileSync } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import { parseApproval, type PreparedFix } from '../../app/fix.ts'
import { recordHistory } from '../../app/history.ts'
import { findRoot } from '../../app/project/root.ts'
import { saveReport } from '../../app/save-report.ts'
import { runLoop } from '../../app/run.ts'
import { saveAudit } from '../../app/save-audit.ts'
import type { Session } from '../../app/session.ts'
import type { RunOptions } from '../commands/run.ts'
import { EXIT, exitFor } from '../exit.ts'
import { warn, writeResult } from '../output.ts'
import { renderRun } from '../render.ts'
import { recoverFirst, sessionOptions, warnOfHalfWritten } from '../session.ts'
import { scopeOf } from './fix.ts'

export async function runRun(path: string, options: RunOptions): Promise<number> {
  await (options.dryRun === true ? warnOfHalfWritten(path) : recoverFirst(path))
  const { rule: rules = [], ...others } = options
  warnOfDirtyTree(path, options)
  const outcome = await runLoop({
    session: await sessionOptions(path, others),
    approval: (session) => parseApproval(options.approve ?? [], session),
    scope: (session) => scopeOf({ ...options, rule: rules }, session),
    dryRun: options.dryRun === true,
    confirm: (prepared, session) => confirm(prepared, session, options),
  })
  if (outcome === undefined) {
    warn('nothing was written')
    return EXIT.ok
  }
  const { result, after } = outcome
  if (options.dryRun !== true) {
    await saveAudit(after)
    await recordHistory(after, 'run', result.fix.runId, result.validate.after, result.comply)
    const report = await saveReport(outcome)
    if (report !== undefined && options.quiet !== true) warn(`report: ${report}`)
  }
  await writeResult(renderRun(outcome, path, options), options)
  return exitFor(result.validate.after, after.result, options.failOn, options.strict === true)
}

/** On a terminal the files are shown and the user is asked; elsewhere calling the command is the consent. */
async function confirm({ result }: PreparedFix, _session: Session, options: RunOptions): Promise<boolean> {
  if (options.yes === true || !process.stdin.isTTY || !process.stderr.isTTY) return true
  process.stderr.write(`${result.applied.length} findings would be fixed in ${result.files.length} files:\n`)
  for (const file of result.files) process.stderr.write(`  ${file.created ? 'create' : 'change'} ${file.path}\n`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await terminal.question('Write these changes? [y/N] ')).trim())
  } finally {
    terminal.close()
  }
}

/** Said, not refused: the backup covers it, but a diff is easier to read on a clean tree. */
function warnOfDirtyTree(path: string, options: RunOptions): void {
  const { gitTop, root } = findRoot(path)
  if (gitTop === undefined || options.quiet === true || options.dryRun === true) return
  try {
    if (runsPrograms(root)) return
    // Neither a monitor nor a submodule of the repository gets to run anything.
    const args = ['-c', 'core.fsmonitor=false', 'status', '--porcelain', '--ignore-submodules=all', '--', '.']
    if (git(root, args).trim() !== '') warn('the git tree has uncommitted changes; the fixes will stand among them')
  } catch {
    // No git, or not a repository that it can read: nothing to say.
  }
}

/** Filters that the repository itself sets up would be run by `git status` on every changed file. */
function runsPrograms(root: string): boolean {
  const settings = git(root, ['config', '--list', '--show-scope', '--name-only', '--includes'])
  return /^(?:local|worktree)\tfilter\..*\.(?:clean|process)$/m.test(settings)
}

function git(root: string, args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  })
}
