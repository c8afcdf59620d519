import { errorCode } from './files.ts'

export type ApplyErrorCode =
  /** A file is no longer what the plan was made from. */
  | 'conflict'
  /** A path or a link leads out of the project, or into its state or `.git`. */
  | 'outside-root'
  | 'read-only'
  | 'not-a-file'
  | 'locked'
  | 'state-folder'
  | 'no-such-run'
  | 'already-rolled-back'
  | 'rollback-conflict'
  | 'write-failed'

/** A refusal or a failure that the user can act on: one line, the files it is about relative to the root. */
export class ApplyError extends Error {
  readonly code: ApplyErrorCode
  readonly paths: readonly string[]

  constructor(code: ApplyErrorCode, message: string, paths: readonly string[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.code = code
    this.paths = paths
  }
}

/** Another process is writing in this project. */
export class ProjectLockedError extends ApplyError {
  constructor(message: string) {
    super('locked', message)
  }
}

/** Nothing was written: later edits overlap those of the run, in `paths`. */
export class RollbackConflict extends ApplyError {
  constructor(run: string, reasons: ReadonlyMap<string, string>) {
    const list = [...reasons].map(([path, reason]) => `${path} (${reason})`).join(', ')
    super('rollback-conflict', `cannot roll back ${run}, nothing was written: ${list}`, [...reasons.keys()])
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reported an error',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
}

/** A system error in plain words, without the absolute path that Node puts into its message. */
export function describeCause(error: unknown): string {
  const code = errorCode(error)
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  const words = CAUSES[code]
  return words === undefined ? code : `${words} (${code})`
}

/**
 * What to throw for a failed call: a system error becomes one line that ends in `outcome`, anything else passes.
 * @param outcome the state in which the files are now
 */
export function asFailure(error: unknown, outcome: string): unknown {
  if (errorCode(error) === undefined || error instanceof ApplyError) return error
  return new ApplyError('write-failed', `could not write: ${describeCause(error)}; ${outcome}`, [], error)
}
