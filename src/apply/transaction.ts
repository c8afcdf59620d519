import { dirname, join } from 'node:path'
import process from 'node:process'
import { ApplyError, asFailure } from './errors.ts'
import type { Disk, Owner } from './files.ts'
import { type Journal, readJournal, type Step, writeJournal } from './journal.ts'
import { sha256 } from './json.ts'
import type { Target } from './target.ts'
import { undo } from './undo.ts'

/** One file of a transaction: what is there, what shall be there. */
export interface PlannedWrite {
  readonly target: Target
  /** Bytes now; undefined where there is no file. */
  readonly before: Buffer | undefined
  /** Bytes wanted; undefined to remove the file. */
  readonly after: Buffer | undefined
  readonly modeAfter: number
  /** Who shall own a file that is created anew, where that is known. */
  readonly owner?: Owner
}

export interface Transaction {
  /** The project root without links. */
  readonly root: string
  /** The folder for journal and backup, which exists and is ours alone. */
  readonly folder: string
  readonly kind: Journal['kind']
  readonly at: Date
  readonly writes: readonly PlannedWrite[]
  /** Files to put into the folder first, by path in it: a manifest, say. */
  readonly records: ReadonlyMap<string, Buffer>
  /** Makes the names of temporary files unique among transactions. */
  readonly id: string
}

/** Creates the folders of a relative path below a folder, for the owner alone. */
async function privateFolders(disk: Disk, base: string, relativePath: string): Promise<void> {
  let at = base
  for (const part of relativePath.split('/').slice(0, -1)) {
    const parent = at
    at = join(at, part)
    if (await disk.lstat(at)) continue
    await disk.mkdir(at, 0o700)
    await disk.syncFolder(parent)
  }
}

/** Keeps a copy of each file that will change, as bytes, readable by its owner only. */
async function backup(disk: Disk, { folder, writes, records }: Transaction): Promise<void> {
  for (const [path, data] of records) {
    await privateFolders(disk, folder, path)
    await disk.writeNew(join(folder, path), data, 0o600)
  }
  for (const { target, before } of writes) {
    if (before === undefined) continue
    const copy = join(folder, 'backup', target.real)
    await privateFolders(disk, folder, `backup/${target.real}`)
    await disk.writeNew(copy, before, 0o600, target.info?.owner)
    await disk.syncFolder(dirname(copy))
  }
  await disk.syncFolder(folder)
}

function planSteps({ writes, id }: Transaction): Step[] {
  return writes.map(({ target, before, after, modeAfter }, index) => ({
    path: target.real,
    temp: target.real.replace(/[^/]*$/, `.secops-${id}-${index + 1}.tmp`),
    sha256Before: before ? sha256(before) : null,
    sha256After: after ? sha256(after) : null,
    modeBefore: target.info?.mode ?? null,
    modeAfter: after ? modeAfter : null,
  }))
}

async function prepare(disk: Disk, transaction: Transaction, journal: Journal): Promise<void> {
  const { root, folder, writes } = transaction
  await backup(disk, transaction)
  await writeJournal(disk, folder, journal)
  for (const path of journal.folders) await disk.mkdir(join(root, path), 0o777 & ~process.umask())
  for (const [index, write] of writes.entries()) {
    const temp = journal.steps[index]?.temp
    if (write.after === undefined || temp === undefined) continue
    await disk.writeNew(join(root, temp), write.after, write.modeAfter, write.target.info?.owner ?? write.owner)
  }
  for (const write of writes) await checkUnchanged(disk, write)
}

/** The last look before the commit: an editor may have saved the file while the new content was being written. */
async function checkUnchanged(disk: Disk, { target, before }: PlannedWrite): Promise<void> {
  const info = await disk.lstat(target.absolute)
  const same = before ? info?.kind === 'file' && before.equals(await disk.readFile(target.absolute)) : !info
  if (!same) throw new ApplyError('conflict', `${target.path} changed while it was being fixed`, [target.path])
}

async function commit(disk: Disk, { root, folder }: Transaction, journal: Journal): Promise<void> {
  await writeJournal(disk, folder, { ...journal, state: 'committing' })
  for (const { path, temp, sha256After } of journal.steps) {
    if (sha256After === null) await disk.unlink(join(root, path))
    else await disk.rename(join(root, temp), join(root, path))
  }
  const parents = new Set([
    ...journal.steps.map(({ path }) => dirname(path)),
    ...journal.folders.map((path) => dirname(path)),
  ])
  for (const parent of [...parents].sort()) await disk.syncFolder(join(root, parent))
  await writeJournal(disk, folder, { ...journal, state: 'done' })
}

/**
 * Writes all files or none. A kill at any instant leaves the old state or something that `recoverProject` takes back to
 * it; once the journal says `done` the new state stands. The caller holds the project's lock.
 * @throws ApplyError `conflict` or `write-failed`; the old state is back, or the message says that recovery is due
 */
export async function runTransaction(disk: Disk, transaction: Transaction): Promise<void> {
  const { root, folder, kind, at, writes } = transaction
  const folders = [...new Set(writes.flatMap(({ target, after }) => (after ? target.missingFolders : [])))]
  const journal: Journal = { kind, state: 'prepared', at: at.toISOString(), steps: planSteps(transaction), folders }
  try {
    await prepare(disk, transaction, journal)
    await commit(disk, transaction, journal)
  } catch (error) {
    // What the disk says counts: the last write may have failed after it took effect.
    const reached = await readJournal(disk, folder).catch(() => undefined)
    if (reached?.state === 'done') return
    const clean = await undo(disk, root, folder).then(
      ({ kept }) => kept.length === 0,
      () => false,
    )
    throw asFailure(error, clean ? 'nothing was changed' : 'the next secops command restores the files from the backup')
  }
}
