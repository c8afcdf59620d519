import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { ApplyError, describeCause } from './errors.ts'
import { type Disk, errorCode, nodeDisk } from './files.ts'

export interface StateReady {
  readonly available: true
  /** The project root without links, absolute. */
  readonly root: string
  /** `.secops` of that root, absolute. */
  readonly folder: string
}

/** The root cannot be written: an audit goes on without state and warns, a fix cannot. */
export interface StateUnavailable {
  readonly available: false
  readonly reason: string
}

const READ_ONLY = new Set(['EACCES', 'EPERM', 'EROFS'])

/** Creates a folder unless it is there; anything else at that path is refused, a link above all. */
async function ensureFolder(disk: Disk, path: string, name: string, mode: number): Promise<void> {
  const there = await disk.lstat(path)
  if (!there) {
    try {
      await disk.mkdir(path, mode)
      await disk.syncFolder(dirname(path))
    } catch (error) {
      // Another command made it at the same moment.
      if (errorCode(error) !== 'EEXIST' || (await disk.lstat(path))?.kind !== 'folder') throw error
    }
  } else if (there.kind !== 'folder') {
    const what = there.kind === 'link' ? 'a link' : 'not a folder'
    throw new ApplyError('state-folder', `${name} is ${what}; remove it, so that secops can keep its state there`)
  }
}

/**
 * Makes sure that `.secops` exists, is a real folder and is ignored by git.
 * @throws ApplyError `state-folder` if something else is at its path
 */
export async function openState(root: string, disk: Disk = nodeDisk): Promise<StateReady | StateUnavailable> {
  const realRoot = await disk.realpath(root)
  if (realRoot === undefined) return { available: false, reason: 'the project root does not exist' }
  const folder = join(realRoot, '.secops')
  try {
    await ensureFolder(disk, folder, '.secops', 0o755)
    await ensureFolder(disk, join(folder, 'runs'), '.secops/runs', 0o700)
    // An audit makes these folders without waiting for the disk; before the first run they must be there to stay.
    if ((await disk.readdir(join(folder, 'runs'))).length === 0) {
      await disk.syncFolder(folder)
      await disk.syncFolder(realRoot)
    }
    if (!(await disk.lstat(join(folder, '.gitignore')))) {
      await atomicWrite(join(folder, '.gitignore'), '*\n', { mode: 0o644 }, disk)
    }
    if (!(await disk.isWritable(folder))) return { available: false, reason: '.secops cannot be written' }
  } catch (error) {
    if (!READ_ONLY.has(errorCode(error) ?? '')) throw error
    return { available: false, reason: `the project root cannot be written: ${describeCause(error)}` }
  }
  return { available: true, root: realRoot, folder }
}

/** A folder of the state, such as `reports` or `cache`, created if need be; its absolute path. */
export async function stateFolder(state: StateReady, name: string, disk: Disk = nodeDisk): Promise<string> {
  const path = join(state.folder, name)
  await ensureFolder(disk, path, `.secops/${name}`, 0o755)
  return path
}

/** `2026-11-21T20:48:15.123Z` as `20261121T204815Z`. */
export function compactTimestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** Eight hexadecimal digits made of some texts in order: the same plan gives the same id. */
export function contentId(parts: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex').slice(0, 8)
}

const RUN_NAME = /^\d{8}T\d{6}Z-[0-9a-f]{8}(?:-\d+)?$/

/** The run folders of a state in name order, links and anything foreign left out. */
export async function runFolders(state: StateReady, disk: Disk): Promise<{ id: string; folder: string }[]> {
  const runs = join(state.folder, 'runs')
  const found: { id: string; folder: string }[] = []
  for (const id of await disk.readdir(runs)) {
    const folder = join(runs, id)
    if (RUN_NAME.test(id) && (await disk.lstat(folder))?.kind === 'folder') found.push({ id, folder })
  }
  return found
}

/** Creates the folder of a new run; a second run with the same id gets `-2`, and so on. */
export async function createRunFolder(
  state: StateReady,
  createdAt: Date,
  id: string,
  disk: Disk,
): Promise<{ id: string; folder: string }> {
  const base = `${compactTimestamp(createdAt)}-${id}`
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`
    const folder = join(state.folder, 'runs', name)
    if (await disk.lstat(folder)) continue
    await disk.mkdir(folder, 0o700)
    await disk.syncFolder(dirname(folder))
    return { id: name, folder }
  }
}
