import { join } from 'node:path'
import { mergeTexts } from '../text/merge.ts'
import { requireState } from './apply-changes.ts'
import { ApplyError, asFailure, RollbackConflict } from './errors.ts'
import { type Disk, nodeDisk } from './files.ts'
import { sha256 } from './json.ts'
import { finishRollback, rollbackFolder } from './recover.ts'
import { chooseRun, listRuns, type RunFile, type StoredRun } from './runs.ts'
import { compactTimestamp } from './state.ts'
import { resolveTarget, type Target } from './target.ts'
import { type PlannedWrite, runTransaction } from './transaction.ts'

/** Paths as the run named them. */
export interface RollbackResult {
  readonly run: string
  /** Byte for byte and mode for mode what they were before the run. */
  readonly restored: readonly string[]
  /** Edited since: only the run's own edits were taken out. */
  readonly merged: readonly string[]
  /** Created by the run, removed again. */
  readonly removed: readonly string[]
}

type Outcome = 'restored' | 'merged' | 'removed'

/** What to do with one file, or why it cannot be done. */
type Plan = { readonly outcome: Outcome; readonly write: PlannedWrite | undefined } | Conflict

interface Conflict {
  readonly conflict: string
  /** True if a later run may have made the edit that is in the way. */
  readonly edited?: boolean
}

/** A copy in the run's folder, if it is there, lies where it should and is what the manifest says. */
async function readCopy(disk: Disk, path: string, hash: string | null): Promise<Buffer | undefined> {
  if ((await disk.realpath(path)) !== path) return undefined
  const data = await disk.readFile(path)
  return sha256(data) === hash ? data : undefined
}

function decode(data: Buffer): string | undefined {
  const text = data.toString('utf8')
  return Buffer.from(text).equals(data) ? text : undefined
}

/** The current text without the run's edits; undefined if they cannot be told from later ones. */
async function withoutRun(
  disk: Disk,
  run: StoredRun,
  file: RunFile,
  real: string,
  original: Buffer,
  current: Buffer,
): Promise<Buffer | undefined> {
  const left = await readCopy(disk, join(run.folder, 'after', real), file.sha256After)
  const [before, after, now] = [original, left ?? Buffer.of(0xff), current].map(decode)
  if (before === undefined || after === undefined || now === undefined) return undefined
  const merged = mergeTexts(after, now, before)
  return merged === undefined ? undefined : Buffer.from(merged)
}

async function planFile(disk: Disk, root: string, run: StoredRun, file: RunFile): Promise<Plan> {
  const real = file.link ?? file.path
  let target: Target
  try {
    target = await resolveTarget(root, real, disk)
  } catch (error) {
    if (error instanceof ApplyError) return { conflict: 'no longer a file of the project' }
    throw error
  }
  if (target.real !== real) return { conflict: 'replaced by a link since' }
  const current = target.info && (await disk.readFile(target.absolute))
  const now = current ? sha256(current) : null
  if (file.sha256Before === null || file.modeBefore === null) {
    if (now === null) return { outcome: 'removed', write: undefined }
    if (now !== file.sha256After) return { conflict: 'created by the run and edited since', edited: true }
    return { outcome: 'removed', write: { target, before: current, after: undefined, modeAfter: 0 } }
  }
  const original = await readCopy(disk, join(run.folder, 'backup', real), file.sha256Before)
  if (!original) return { conflict: 'its backup is missing or damaged' }
  const restore = { target, before: current, after: original, modeAfter: file.modeBefore }
  if (now === file.sha256After || now === file.sha256Before) {
    const same = now === file.sha256Before && target.info?.mode === file.modeBefore
    return { outcome: 'restored', write: same ? undefined : restore }
  }
  if (!current || !target.info) return { conflict: 'deleted since' }
  if (file.sha256After === null) return { conflict: 'written anew since' }
  const merged = await withoutRun(disk, run, file, real, original, current)
  if (!merged) return { conflict: 'edited since where the run had edited it', edited: true }
  const write = { target, before: current, after: merged, modeAfter: target.info.mode }
  return { outcome: 'merged', write: merged.equals(current) ? undefined : write }
}

/**
 * The earliest run since, still standing, whose edit of the file overlaps that of the run; undefined if it was edited by
 * hand, or if the copies are no longer there to tell.
 */
async function overlappingRun(
  disk: Disk,
  runs: readonly StoredRun[],
  run: StoredRun,
  file: RunFile,
): Promise<string | undefined> {
  const real = file.link ?? file.path
  const original =
    file.sha256Before === null ? undefined : await readCopy(disk, join(run.folder, 'backup', real), file.sha256Before)
  for (const later of runs) {
    if (later.manifest.sequence <= run.manifest.sequence || later.manifest.rolledBack !== undefined) continue
    const same = later.manifest.files.find((one) => (one.link ?? one.path) === real)
    if (same === undefined || same.sha256After === null) continue
    if (original === undefined) return later.manifest.id
    const left = await readCopy(disk, join(later.folder, 'after', real), same.sha256After)
    if (left !== undefined && (await withoutRun(disk, run, file, real, original, left)) === undefined) {
      return later.manifest.id
    }
  }
  return undefined
}

/**
 * Undoes a run in one transaction of its own. Runs inside `withProject`.
 * @param run an id, its unique beginning, or `last`: the latest run that changed something and still stands
 * @throws RollbackConflict if a file was edited where the run had edited it; ApplyError `no-such-run`,
 *   `already-rolled-back`, `conflict`, `write-failed`. In each case nothing is written.
 */
export async function rollback(root: string, run: string, now: Date, disk: Disk = nodeDisk): Promise<RollbackResult> {
  const state = await requireState(root, disk)
  const runs = await listRuns(state, disk)
  const stored = chooseRun(runs, run)
  const { id, files, rolledBack } = stored.manifest
  if (rolledBack !== undefined) throw new ApplyError('already-rolled-back', `${id} was rolled back on ${rolledBack}`)
  const paths: Record<Outcome, string[]> = { restored: [], merged: [], removed: [] }
  const conflicts = new Map<string, string>()
  const writes: PlannedWrite[] = []
  for (const file of files) {
    const plan = await planFile(disk, state.root, stored, file)
    if ('conflict' in plan) {
      const by = plan.edited === true ? await overlappingRun(disk, runs, stored, file) : undefined
      conflicts.set(file.path, by === undefined ? plan.conflict : `${plan.conflict} by run ${by}: roll that back first`)
      continue
    }
    paths[plan.outcome].push(file.path)
    if (plan.write) writes.push(plan.write)
  }
  if (conflicts.size > 0) throw new RollbackConflict(id, conflicts)
  await undoWrites(disk, state.root, stored, writes, now)
  return { run: id, ...paths }
}

async function undoWrites(disk: Disk, root: string, run: StoredRun, writes: PlannedWrite[], at: Date): Promise<void> {
  const folder = rollbackFolder(run.folder)
  // One whose journal says `rolled-back` kept the backup of a file that has been seen to since.
  try {
    await archive(disk, folder)
    await disk.mkdir(folder, 0o700)
    await disk.syncFolder(run.folder)
  } catch (error) {
    throw asFailure(error, 'nothing was changed')
  }
  const id = `${compactTimestamp(at)}-rollback`
  await runTransaction(disk, { root, folder, kind: 'rollback', at, writes, records: new Map(), id })
  // The old state stands already; should this fail, the next recovery does it.
  await finishRollback(disk, root, run.folder, at.toISOString()).catch(() => undefined)
}

async function archive(disk: Disk, folder: string): Promise<void> {
  if (!(await disk.lstat(folder))) return
  for (let count = 1; ; count++) {
    const kept = `${folder}-kept-${count}`
    if (await disk.lstat(kept)) continue
    await disk.rename(folder, kept)
    return
  }
}
