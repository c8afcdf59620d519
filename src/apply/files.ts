import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'

export interface FileInfo {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Permission bits only (`0o777`): the kernel drops setuid and setgid whenever a file is written. */
  readonly mode: number
  readonly owner: Owner
  /** Hard links to the same file, this name included. */
  readonly links: number
}

export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * Every call on the file system that this layer makes, so that a test can fail or kill at each of them. Paths are
 * absolute. Errors are Node's, with their `code`.
 */
export interface Disk {
  /** Does not follow a link; undefined where nothing is. */
  lstat(path: string): Promise<FileInfo | undefined>
  /** Undefined where nothing is, or a link leads nowhere. */
  realpath(path: string): Promise<string | undefined>
  readFile(path: string): Promise<Buffer>
  /** Names in order; none where the folder does not exist. */
  readdir(path: string): Promise<string[]>
  isWritable(path: string): Promise<boolean>

  /** Creates a file (EEXIST if anything is there, a link too) with exactly this mode, and makes its content durable. */
  writeNew(path: string, data: Uint8Array, mode: number, owner?: Owner): Promise<void>
  /** Writes through to whatever is there: for devices and pipes, which have no content to replace. */
  writeThrough(path: string, data: Uint8Array): Promise<void>
  chmod(path: string, mode: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  link(existing: string, path: string): Promise<void>
  unlink(path: string): Promise<void>
  mkdir(path: string, mode: number): Promise<void>
  rmdir(path: string): Promise<void>
  /** Makes the entries of a folder durable, where the system can. */
  syncFolder(path: string): Promise<void>
}

/** The `code` of a system error, such as `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

async function ifThere<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    const code = errorCode(error)
    // A link that leads to itself leads nowhere.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined
    throw error
  }
}

async function writeNew(path: string, data: Uint8Array, mode: number, owner?: Owner): Promise<void> {
  const file = await fs.open(path, 'wx', mode)
  try {
    await file.writeFile(data)
    if (owner) await keepOwner(file, owner)
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Root in a container would otherwise take its user's files away; without the right to do it the file stays ours. */
async function keepOwner(file: fs.FileHandle, owner: Owner): Promise<void> {
  const now = await file.stat()
  if (now.uid === owner.uid && now.gid === owner.gid) return
  try {
    await file.chown(owner.uid, owner.gid)
  } catch (error) {
    if (errorCode(error) !== 'EPERM') throw error
  }
}

async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await fs.open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    // Windows and some network file systems cannot sync a folder; they order renames in their own way.
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP', 'EACCES'].includes(errorCode(error) ?? '')) throw error
  }
}

/** The real file system. */
export const nodeDisk: Disk = {
  async lstat(path) {
    const stats = await ifThere(fs.lstat(path))
    if (!stats) return undefined
    const kind = stats.isSymbolicLink() ? 'link' : stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
    return { kind, mode: stats.mode & 0o777, owner: { uid: stats.uid, gid: stats.gid }, links: stats.nlink }
  },
  realpath: (path) => ifThere(fs.realpath(path)),
  readFile: (path) => fs.readFile(path),
  readdir: async (path) => ((await ifThere(fs.readdir(path))) ?? []).sort(),
  async isWritable(path) {
    try {
      await fs.access(path, constants.W_OK)
      return true
    } catch {
      return false
    }
  },
  writeNew,
  writeThrough: (path, data) => fs.writeFile(path, data),
  chmod: (path, mode) => fs.chmod(path, mode),
  rename: (from, to) => fs.rename(from, to),
  link: (existing, path) => fs.link(existing, path),
  unlink: (path) => fs.unlink(path),
  async mkdir(path, mode) {
    await fs.mkdir(path, { mode })
  },
  rmdir: (path) => fs.rmdir(path),
  syncFolder,
}

/**
 * The real file system without waiting for the disk, for what can be made anew: after a loss of power the last content may
 * be gone, which for the record of an audit is no loss.
 */
export const quickDisk: Disk = {
  ...nodeDisk,
  async writeNew(path, data, mode) {
    await fs.writeFile(path, data, { flag: 'wx', mode })
    await fs.chmod(path, mode)
  },
  syncFolder: async () => {},
}

/** Removes a file or link if it is there. */
export async function removeFile(disk: Disk, path: string): Promise<void> {
  if (await disk.lstat(path)) await disk.unlink(path)
}

/** Removes a folder and all in it, never following a link. */
export async function removeTree(disk: Disk, path: string): Promise<void> {
  const info = await disk.lstat(path)
  if (!info) return
  if (info.kind !== 'folder') return disk.unlink(path)
  for (const name of await disk.readdir(path)) await removeTree(disk, `${path}/${name}`)
  await disk.rmdir(path)
}
