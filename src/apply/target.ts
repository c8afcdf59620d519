import { dirname, join, relative, sep } from 'node:path'
import { ApplyError } from './errors.ts'
import { type Disk, type FileInfo, nodeDisk } from './files.ts'

/** A path of the project, resolved to the file that a write would change. */
export interface Target {
  /** As named: relative to the root, with `/`. */
  readonly path: string
  /** The real file behind every link, relative to the root, with `/`. */
  readonly real: string
  readonly absolute: string
  /** Undefined where there is no file yet. */
  readonly info: FileInfo | undefined
  /** Folders to create first, relative to the root, outermost first. */
  readonly missingFolders: readonly string[]
}

/** True for a path that this program may write: relative, without `..`, in no `.git` and no `.secops`. */
export function isProjectPath(path: string): boolean {
  const parts = path.split('/')
  return (
    !/[\0\\]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.(git|secops)$/i.test(part)) &&
    !/^[a-z]:/i.test(path)
  )
}

function outside(path: string, why: string): ApplyError {
  return new ApplyError('outside-root', `${path} is not written: ${why}`, [path])
}

/**
 * Finds the file behind a path, following links inside the project.
 * @param root the project root, itself without links
 * @throws ApplyError `outside-root` if the path or a link leaves the project, `not-a-file` for anything but a file
 */
export async function resolveTarget(root: string, path: string, disk: Disk): Promise<Target> {
  if (!isProjectPath(path)) throw outside(path, 'not a path inside the project')
  const parts = path.split('/')
  const missing: string[] = []
  let at = await disk.realpath(join(root, ...parts))
  while (at === undefined) {
    const named = join(root, ...parts)
    if (await disk.lstat(named)) throw outside(path, 'a link that leads nowhere')
    const name = parts.pop()
    if (name === undefined) throw outside(path, 'the project root does not exist')
    missing.unshift(name)
    at = await disk.realpath(join(root, ...parts))
  }
  const absolute = join(at, ...missing)
  const real = relative(root, absolute).split(sep).join('/')
  if (!isProjectPath(real)) throw outside(path, 'a link leads out of the project')
  const info = await disk.lstat(absolute)
  if (info ? info.kind !== 'file' : (await disk.lstat(at))?.kind !== 'folder') {
    throw new ApplyError('not-a-file', `${path} is not a regular file`, [path])
  }
  const base = relative(root, at).split(sep).join('/')
  const missingFolders = missing.slice(0, -1).map((_, index) => {
    const below = missing.slice(0, index + 1).join('/')
    return base === '' ? below : `${base}/${below}`
  })
  return { path, real, absolute, info, missingFolders }
}

/** Why an existing file may not be changed, or undefined if it may. */
export async function readOnlyReason(target: Target, disk: Disk): Promise<string | undefined> {
  if (!target.info) return undefined
  // A rename would get past the missing bit, and root past everything, but someone took it away on purpose.
  if ((target.info.mode & 0o200) === 0) return 'the file is read-only'
  if (!(await disk.isWritable(target.absolute))) return 'no permission to write the file'
  return (await disk.isWritable(dirname(target.absolute))) ? undefined : 'its folder is read-only'
}

export interface UnwritableFile {
  readonly path: string
  readonly reason: string
}

/**
 * The files among these that `applyChanges` would refuse: read-only, not a file, or behind a link that leaves the
 * project. Lets a caller drop them from its plan instead of failing as a whole.
 */
export async function findUnwritable(
  root: string,
  paths: readonly string[],
  disk: Disk = nodeDisk,
): Promise<UnwritableFile[]> {
  const realRoot = (await disk.realpath(root)) ?? root
  const found: UnwritableFile[] = []
  for (const path of paths) {
    try {
      const reason = await readOnlyReason(await resolveTarget(realRoot, path, disk), disk)
      if (reason !== undefined) found.push({ path, reason })
    } catch (error) {
      if (!(error instanceof ApplyError)) throw error
      found.push({ path, reason: error.message })
    }
  }
  return found
}
