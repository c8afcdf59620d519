import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { CONFIG_NAME } from '../../config/name.ts'

/** Wrong usage: one line for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface ProjectRoot {
  /** Absolute, links resolved. */
  readonly root: string
  /** The part of the root that was named, relative with `/`: a folder, a file, or empty for the whole root. */
  readonly within: string
  readonly gitTop: string | undefined
  readonly hasConfig: boolean
}

/**
 * The nearest folder with `secops.yaml` at or above PATH, never above the git top level; else PATH (a file's folder).
 * @throws UsageError if PATH does not exist
 */
export function findRoot(path: string): ProjectRoot {
  if (!existsSync(path)) throw new UsageError(`no such file or folder: ${path}`)
  const named = realpathSync(path)
  const folder = statSync(named).isDirectory() ? named : dirname(named)
  const gitTop = climb(folder, (at) => existsSync(join(at, '.git')))
  const configured = climb(folder, (at) => existsSync(join(at, CONFIG_NAME)), gitTop)
  const root = configured ?? folder
  return { root, within: toPosix(relative(root, named)), gitTop, hasConfig: configured !== undefined }
}

export function toPosix(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}

function climb(from: string, found: (folder: string) => boolean, last?: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    if (found(at)) return at
    if (at === last || at === dirname(at)) return undefined
  }
}
