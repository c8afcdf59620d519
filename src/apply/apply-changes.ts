import type { FileChange } from '../text/diff.ts'
import { newFileMode } from './atomic-write.ts'
import { ApplyError, asFailure } from './errors.ts'
import { type Disk, nodeDisk } from './files.ts'
import { sha256 } from './json.ts'
import { listRuns, manifestText, type RunFile, type RunManifest, writeManifest } from './runs.ts'
import { contentId, createRunFolder, openState, type StateReady } from './state.ts'
import { readOnlyReason, resolveTarget } from './target.ts'
import { type PlannedWrite, runTransaction } from './transaction.ts'

export interface RunInfo {
  readonly createdAt: Date
  readonly toolVersion: string
  /** Eight hexadecimal digits; made of the changes when left out. */
  readonly id?: string
}

/** A run as it was stored; without changes there is no folder, and `manifest` and `folder` are undefined. */
export interface RunRecord {
  readonly id: string | undefined
  readonly manifest: RunManifest | undefined
  /** Absolute: for `saveRunFile`, never for output. */
  readonly folder: string | undefined
  readonly files: readonly RunFile[]
}

const NOTHING: RunRecord = { id: undefined, manifest: undefined, folder: undefined, files: [] }

/** Resolves and checks one change against the disk; nothing is written. */
async function planWrite(root: string, change: FileChange, disk: Disk): Promise<PlannedWrite> {
  const { path } = change
  const target = await resolveTarget(root, path, disk)
  if ((change.before === undefined) !== (target.info === undefined)) {
    const what = target.info ? 'exists already' : 'is gone'
    throw new ApplyError('conflict', `${path} ${what}; nothing was written`, [path])
  }
  const before = target.info && (await disk.readFile(target.absolute))
  if (before && !before.equals(Buffer.from(change.before ?? ''))) {
    throw new ApplyError('conflict', `${path} changed since it was read; nothing was written`, [path])
  }
  const reason = await readOnlyReason(target, disk)
  if (reason !== undefined) throw new ApplyError('read-only', `${path}: ${reason}; nothing was written`, [path])
  const after = change.after === undefined ? undefined : Buffer.from(change.after)
  return { target, before, after, modeAfter: target.info?.mode ?? newFileMode() }
}

/** All writes in path order. Two paths to one file count once if they agree. */
async function planWrites(root: string, changes: readonly FileChange[], disk: Disk): Promise<PlannedWrite[]> {
  const writes = new Map<string, PlannedWrite>()
  const ordered = [...changes].sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const change of ordered) {
    if (change.before === change.after) continue
    const write = await planWrite(root, change, disk)
    const twin = writes.get(write.target.real)
    if (!twin) writes.set(write.target.real, write)
    else if (Buffer.compare(twin.after ?? Buffer.alloc(0), write.after ?? Buffer.alloc(0)) !== 0) {
      const paths = [twin.target.path, change.path]
      throw new ApplyError('conflict', `${paths.join(' and ')} are one file with two plans; nothing was written`, paths)
    }
  }
  return [...writes.values()]
}

function describeFile({ target, before, after, modeAfter }: PlannedWrite): RunFile {
  return {
    path: target.path,
    ...(target.real !== target.path && { link: target.real }),
    sha256Before: before ? sha256(before) : null,
    sha256After: after ? sha256(after) : null,
    modeBefore: target.info?.mode ?? null,
    modeAfter: after ? modeAfter : null,
    created: !before,
    ...((target.info?.links ?? 1) > 1 && { hardLinked: true as const }),
  }
}

/** The backup holds what was; a later rollback also needs what the run made of it. */
function copiesAfter(writes: readonly PlannedWrite[]): [string, Buffer][] {
  return writes.flatMap(({ target, before, after }) => (before && after ? [[`after/${target.real}`, after]] : []))
}

/** The project's state, or the refusal to write without it. */
export async function requireState(root: string, disk: Disk): Promise<StateReady> {
  const state = await openState(root, disk).catch((error: unknown) => {
    throw asFailure(error, 'nothing was changed')
  })
  if (!state.available) throw new ApplyError('write-failed', `${state.reason}; nothing was changed`)
  return state
}

/**
 * Writes the changes of one run: every file or none, with journal, backup and manifest in `.secops/runs/`. Links
 * inside the project are followed and kept; a file with further hard links is replaced under its own name only, since
 * the others may lie outside. Runs inside `withProject`, which holds the lock.
 * @param changes texts that encode to exactly the bytes on the disk; `before` is what the plan was made from
 * @throws ApplyError and nothing is written: `conflict`, `outside-root`, `not-a-file`, `read-only`, `write-failed`
 */
export async function applyChanges(
  root: string,
  changes: readonly FileChange[],
  run: RunInfo,
  disk: Disk = nodeDisk,
): Promise<RunRecord> {
  if (run.id !== undefined && !/^[0-9a-f]{8}$/.test(run.id)) throw new RangeError(`not a run id: ${run.id}`)
  const realRoot = (await disk.realpath(root)) ?? root
  const writes = await planWrites(realRoot, changes, disk)
  if (writes.length === 0) return NOTHING
  const state = await requireState(root, disk)
  const files = writes.map(describeFile)
  const digest = contentId(files.flatMap((file) => [file.path, String(file.sha256Before), String(file.sha256After)]))
  const sequence = ((await listRuns(state, disk)).at(-1)?.manifest.sequence ?? 0) + 1
  const { id, folder } = await createFolder(state, run.createdAt, run.id ?? digest, disk)
  const manifest: RunManifest = {
    schemaVersion: '1.0',
    id,
    createdAt: run.createdAt.toISOString(),
    sequence,
    tool: { name: 'gp-copilot', version: run.toolVersion },
    status: 'prepared',
    files,
    folders: [...new Set(writes.flatMap(({ target, after }) => (after ? target.missingFolders : [])))],
  }
  await runTransaction(disk, {
    root: realRoot,
    folder,
    kind: 'apply',
    at: run.createdAt,
    writes,
    records: new Map([['manifest.json', Buffer.from(manifestText(manifest))], ...copiesAfter(writes)]),
    id: id.slice(id.indexOf('-') + 1),
  })
  const complete: RunManifest = { ...manifest, status: 'complete' }
  // The run stands already; should this fail, the next recovery does it.
  await writeManifest({ manifest: complete, folder }, disk).catch(() => undefined)
  return { id, manifest: complete, folder, files }
}

async function createFolder(state: StateReady, createdAt: Date, id: string, disk: Disk) {
  try {
    return await createRunFolder(state, createdAt, id, disk)
  } catch (error) {
    throw asFailure(error, 'nothing was changed')
  }
}
