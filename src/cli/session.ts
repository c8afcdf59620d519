import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ApplyError } from '../apply/errors.ts'
import { isHalfWritten, recover } from '../app/apply-fix.ts'
import { findRoot } from '../app/project/root.ts'
import { openSession, type Session, type SessionOptions } from '../app/session.ts'
import { loadUserRules } from '../app/user-rules.ts'
import { type CommonOptions, nowOf } from './options.ts'
import { progress, warn } from './output.ts'

/** Options of a command as the session wants them. */
export async function sessionOptions(path: string, options: CommonOptions): Promise<SessionOptions> {
  return {
    path,
    configFile: options.config,
    varFiles: options.varFile,
    now: nowOf(options),
    rules: options.rule,
    render: options.render,
    extraRules: options.rules === undefined ? [] : await loadUserRules(options.rules),
  }
}

export async function openCliSession(
  path: string,
  options: CommonOptions & {
    readonly dormant?: boolean
    readonly cache?: boolean
    readonly values?: SessionOptions['values']
  },
): Promise<Session> {
  const given = {
    ...(await sessionOptions(path, options)),
    dormant: options.dormant,
    remember: options.cache,
    values: options.values,
  }
  const done = progress('Reading and auditing', options)
  try {
    return openSession(given)
  } finally {
    done()
  }
}

/** Before a command that writes, or that judges what an earlier one wrote: mends what was left half done, and says so. */
export async function recoverFirst(path: string): Promise<void> {
  const { root } = findRoot(path)
  if (!existsSync(join(root, '.secops', 'runs'))) return
  const { runs, damaged } = await recover(root)
  for (const { run, restored, kept } of runs) {
    warn(`run ${run} had been interrupted: ${restored.length} files restored to the state before it`)
    if (kept.length > 0) warn(`changed since and left alone: ${kept.join(', ')}`)
  }
  for (const run of damaged) warn(`the record of run ${run} is damaged; it was left alone`)
}

/**
 * Before a command that only reads: what an interrupted run left half written is mended if this project can be written
 * and no other command is at work in it; else it is said.
 */
export async function recoverForReading(path: string): Promise<void> {
  if (!(await isHalfWritten(findRoot(path).root))) return
  try {
    await recoverFirst(path)
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error
    warn(`a run was interrupted, or is going on: files may be half written (${error.message})`)
  }
}

/** Before a dry run, which writes nothing at all. */
export async function warnOfHalfWritten(path: string): Promise<void> {
  if (await isHalfWritten(findRoot(path).root)) {
    warn('a run was interrupted, or is going on: files may be half written (secops validate restores them)')
  }
}
