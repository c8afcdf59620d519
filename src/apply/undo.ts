import { basename, dirname, join } from 'node:path'
import { ApplyError } from './errors.ts'
import { type Disk, errorCode, removeTree } from './files.ts'
import { readJournal, removeJournal, type Step, writeJournal } from './journal.ts'
import { sha256 } from './json.ts'
import { resolveTarget, type Target } from './target.ts'

export interface Undone {
  /** Files brought back to what they were, relative to the root. */
  readonly restored: readonly string[]
  /** Files that somebody changed since, or whose backup is damaged: left as they are, their backups kept. */
  readonly kept: readonly string[]
}

/**
 * Takes an unfinished transaction back to the old state and removes what it left. May be killed and run again.
 * @param root the project root without links
 * @param folder the folder of journal and backup
 * @throws MalformedState if the journal is not one of ours
 */
export async function undo(disk: Disk, root: string, folder: string): Promise<Undone> {
  const restored: string[] = []
  const kept: string[] = []
  const journal = await readJournal(disk, folder)
  if (!journal) {
    await removeTree(disk, folder)
    return { restored, kept }
  }
  if (journal.state === 'done' || journal.state === 'rolled-back') return { restored, kept }
  // First, since that makes room on a full disk.
  for (const { temp } of journal.steps) await removeTemp(disk, root, temp)
  if (journal.state === 'committing') {
    for (const step of journal.steps.toReversed()) {
      const outcome = await restore(disk, root, folder, step)
      if (outcome === 'restored') restored.push(step.path)
      if (outcome === 'kept') kept.push(step.path)
    }
    for (const parent of new Set(journal.steps.map(({ path }) => dirname(path)))) {
      if ((await disk.lstat(join(root, parent)))?.kind === 'folder') await disk.syncFolder(join(root, parent))
    }
  }
  await removeEmptyFolders(disk, root, journal.folders)
  if (kept.length === 0) {
    await removeJournal(disk, folder)
    await removeTree(disk, folder)
  } else {
    await writeJournal(disk, folder, { ...journal, state: 'rolled-back' })
  }
  return { restored: restored.sort(), kept: kept.sort() }
}

/** The file behind a journalled path; undefined if a link has come in between, which the path never had. */
async function resolveReal(disk: Disk, root: string, path: string): Promise<Target | undefined> {
  try {
    const target = await resolveTarget(root, path, disk)
    return target.real === path ? target : undefined
  } catch (error) {
    if (error instanceof ApplyError) return undefined
    throw error
  }
}

async function removeTemp(disk: Disk, root: string, temp: string): Promise<void> {
  const target = await resolveReal(disk, root, temp)
  if (target?.info) await disk.unlink(target.absolute)
}

async function restore(disk: Disk, root: string, folder: string, step: Step): Promise<'as-was' | 'restored' | 'kept'> {
  const target = await resolveReal(disk, root, step.path)
  if (!target) return 'kept'
  const now = target.info ? sha256(await disk.readFile(target.absolute)) : null
  if (now === step.sha256Before) {
    if (step.modeBefore === null || target.info?.mode !== step.modeAfter || step.modeAfter === step.modeBefore) {
      return 'as-was'
    }
    await disk.chmod(target.absolute, step.modeBefore)
    return 'restored'
  }
  if (now !== step.sha256After) return 'kept'
  if (step.sha256Before === null) await disk.unlink(target.absolute)
  else if (!(await moveBackup(disk, target.absolute, join(folder, 'backup', step.path), step))) return 'kept'
  return 'restored'
}

/** Moves the backup into place, which needs no room on a full disk. */
async function moveBackup(disk: Disk, to: string, from: string, step: Step): Promise<boolean> {
  if ((await disk.realpath(from)) !== from) return false
  const data = await disk.readFile(from)
  if (sha256(data) !== step.sha256Before || step.modeBefore === null) return false
  await disk.chmod(from, step.modeBefore)
  try {
    await disk.rename(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    await copyOver(disk, data, to, join(dirname(to), basename(step.temp)), step.modeBefore)
  }
  return true
}

/** For a state folder on another file system. */
async function copyOver(disk: Disk, data: Uint8Array, to: string, temp: string, mode: number): Promise<void> {
  await disk.writeNew(temp, data, mode, (await disk.lstat(to))?.owner)
  await disk.rename(temp, to)
}

/** Removes those of the folders that are there and empty, innermost first. */
export async function removeEmptyFolders(disk: Disk, root: string, folders: readonly string[]): Promise<void> {
  for (const path of folders.toReversed()) {
    const absolute = join(root, path)
    if ((await disk.realpath(absolute)) !== absolute || (await disk.lstat(absolute))?.kind !== 'folder') continue
    if ((await disk.readdir(absolute)).length > 0) continue
    await disk.rmdir(absolute)
    await disk.syncFolder(dirname(absolute))
  }
}
