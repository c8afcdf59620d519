import { basename, dirname, join } from 'node:path'
import process from 'node:process'
import { type Disk, nodeDisk, removeFile } from './files.ts'

/** The mode that a new file gets when nothing else is asked: the user's umask decides. */
export function newFileMode(): number {
  return 0o666 & ~process.umask()
}

export interface AtomicWriteOptions {
  /** Permission bits; without it those of the file that is replaced, else what the umask leaves. */
  readonly mode?: number
  /**
   * True for a file that the user named: a link is followed and kept, and a device or pipe is written to. Otherwise
   * whatever is at the path is replaced, so that a link planted in a repository leads nowhere.
   */
  readonly followLinks?: boolean
}

/**
 * Writes one file so that a reader, or a kill, sees the old content or the new and nothing between.
 * @throws Node's system error; the old content is then still there
 */
export async function atomicWrite(
  path: string,
  data: string | Uint8Array,
  options: AtomicWriteOptions = {},
  disk: Disk = nodeDisk,
): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  const target = options.followLinks === true ? ((await disk.realpath(path)) ?? path) : path
  const there = await disk.lstat(target)
  if (there?.kind === 'other' && options.followLinks === true) return disk.writeThrough(target, bytes)
  const mode = options.mode ?? (there?.kind === 'file' ? there.mode : newFileMode())
  const temp = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  // Only an earlier process with our id, killed while writing, can have left it.
  await removeFile(disk, temp)
  try {
    await disk.writeNew(temp, bytes, mode)
    await disk.rename(temp, target)
  } catch (error) {
    await removeFile(disk, temp).catch(() => undefined)
    throw error
  }
  await disk.syncFolder(dirname(target))
}
