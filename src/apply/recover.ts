import { join } from 'node:path'
import { type Disk, nodeDisk, removeFile, removeTree } from './files.ts'
import { type Journal, readJournal } from './journal.ts'
import { MalformedState } from './json.ts'
import { readManifest, writeManifest } from './runs.ts'
import { openState, runFolders, type StateReady } from './state.ts'
import { removeEmptyFolders, undo, type Undone } from './undo.ts'

/** An unfinished transaction that was taken back. */
interface RecoveredRun extends Undone {
  readonly run: string
  /** The run itself, or the rollback of it. */
  readonly kind: Journal['kind']
}

export interface Recovery {
  /** Only those in which a file was restored, or kept because somebody changed it since. */
  readonly runs: readonly RecoveredRun[]
  /** Runs whose journal or manifest is not one of ours; left alone. */
  readonly damaged: readonly string[]
}

/** Where the rollback of a run keeps its journal and backup. */
export function rollbackFolder(runFolder: string): string {
  return join(runFolder, 'rollback')
}

/** What is left to do once a run's journal says `done`. Harmless to repeat. */
async function finishRun(disk: Disk, folder: string): Promise<void> {
  const manifest = await readManifest(folder, disk)
  if (manifest?.status === 'prepared')
    await writeManifest({ manifest: { ...manifest, status: 'complete' }, folder }, disk)
}

/** What is left to do once the journal of a rollback says `done`. Harmless to repeat. */
export async function finishRollback(disk: Disk, root: string, runFolder: string, at: string): Promise<void> {
  const manifest = await readManifest(runFolder, disk)
  if (manifest) {
    await removeEmptyFolders(disk, root, manifest.folders)
    if (manifest.rolledBack === undefined) {
      await writeManifest({ manifest: { ...manifest, rolledBack: at }, folder: runFolder }, disk)
    }
  }
  await removeTree(disk, rollbackFolder(runFolder))
}

async function isComplete(disk: Disk, folder: string): Promise<boolean> {
  try {
    return (await readManifest(folder, disk))?.status === 'complete'
  } catch (error) {
    // Half a manifest, written just before the kill.
    if (error instanceof MalformedState) return false
    throw error
  }
}

async function recoverFolder(disk: Disk, root: string, runFolder: string, folder: string): Promise<Undone | undefined> {
  const journal = await readJournal(disk, folder)
  if (journal?.state === 'rolled-back') return undefined
  if (!journal && (await isComplete(disk, folder))) return undefined
  if (journal?.state !== 'done') return undo(disk, root, folder)
  if (journal.kind === 'apply') await finishRun(disk, folder)
  else await finishRollback(disk, root, runFolder, journal.at)
  return undefined
}

async function recoverRun(disk: Disk, root: string, id: string, folder: string): Promise<RecoveredRun[]> {
  const recovered: RecoveredRun[] = []
  const inner = rollbackFolder(folder)
  if ((await disk.lstat(inner))?.kind === 'folder') {
    const undone = await recoverFolder(disk, root, folder, inner)
    if (undone) recovered.push({ run: id, kind: 'rollback', ...undone })
  }
  const undone = await recoverFolder(disk, root, folder, folder)
  if (undone) recovered.push({ run: id, kind: 'apply', ...undone })
  return recovered.filter(({ restored, kept }) => restored.length + kept.length > 0)
}

/** Halves of state files that a killed process left. */
async function removeLeftovers(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.readdir(folder)) {
    if (/^\..+\.\d+\.tmp$/.test(name)) await removeFile(disk, join(folder, name))
  }
}

/**
 * Takes every transaction that was killed or failed half-way back to the old state, and finishes those whose files all
 * stand. A file that somebody changed since is not touched. May itself be killed and run again. Runs inside
 * `withProject`, before any command that writes or compares.
 */
export async function recoverProject(root: string, disk: Disk = nodeDisk): Promise<Recovery> {
  const state = await openState(root, disk)
  return state.available ? recoverState(state, disk) : { runs: [], damaged: [] }
}

async function recoverState(state: StateReady, disk: Disk): Promise<Recovery> {
  const runs: RecoveredRun[] = []
  const damaged: string[] = []
  await removeLeftovers(disk, state.folder)
  for (const { id, folder } of (await runFolders(state, disk)).toReversed()) {
    try {
      runs.push(...(await recoverRun(disk, state.root, id, folder)))
      await removeLeftovers(disk, folder)
    } catch (error) {
      if (!(error instanceof MalformedState)) throw error
      damaged.push(id)
    }
  }
  return { runs, damaged }
}
