import { posix } from 'node:path'
import type { ImportContext } from './importer.ts'
import { groupBy } from './place.ts'

export interface ImportOptions {
  /** Absolute path of the project root, with `/`. */
  readonly root: string
  /** The folder that the report's relative paths start from; the root if left out. */
  readonly base?: string
  /** The project's files, relative to the root: they settle what a path of another machine means. */
  readonly files: Iterable<string>
  /** Name of the report, for diagnostics. */
  readonly source: string
}

interface Resolved {
  readonly file: string
  readonly known: boolean
}

export function importContext(options: ImportOptions): ImportContext {
  const root = posix.normalize(unixPath(options.root)).replace(/(?<=.)\/$/, '')
  const known = new Set(options.files)
  const byName = groupBy([...known], (file) => posix.basename(file))
  return {
    source: options.source,
    file(...spellings) {
      const resolved = spellings.flatMap((spelling) => (spelling === undefined ? [] : (resolve(spelling) ?? [])))
      return (resolved.find((one) => one.known) ?? resolved[0])?.file
    },
  }

  function resolve(spelling: string): Resolved | undefined {
    const path = unixPath(spelling)
    if (path === '' || path.includes('\u0000')) return undefined
    const absolute = isAbsolute(path)
    const full = posix.normalize(absolute ? path : posix.join(options.base ?? root, path))
    const inside = relativeTo(root, full)
    if (inside === '') return undefined
    if (inside !== undefined) {
      return known.has(inside)
        ? { file: inside, known: true }
        : (fromAbove(inside) ?? onlyEnding(inside) ?? { file: inside, known: false })
    }
    // A relative path that climbs out of the project names nothing of it.
    if (!absolute) return undefined
    const name = posix.basename(full)
    if (name === '' || name === '.' || name === '..') return undefined
    return longestKnownEnding(full) ?? { file: name, known: false }
  }

  /** A scan of the repository that the project is a folder of names files from there. */
  function fromAbove(path: string): Resolved | undefined {
    const segments = path.split('/')
    for (let length = segments.length - 1; length > 0; length--) {
      const file = segments.slice(length).join('/')
      if (known.has(file) && root.endsWith(`/${segments.slice(0, length).join('/')}`)) return { file, known: true }
    }
    return undefined
  }

  /** A scan of a subfolder names files from there. */
  function onlyEnding(path: string): Resolved | undefined {
    const [only, ...others] = (byName.get(posix.basename(path)) ?? []).filter((file) => file.endsWith(`/${path}`))
    return only !== undefined && others.length === 0 ? { file: only, known: true } : undefined
  }

  /** A checkout elsewhere has the same files below another folder. */
  function longestKnownEnding(path: string): Resolved | undefined {
    const segments = path.split('/')
    for (let first = 1; first < segments.length; first++) {
      const ending = segments.slice(first).join('/')
      if (known.has(ending)) return { file: ending, known: true }
    }
    return undefined
  }
}

/** Backslashes separate folders only in a path that has a drive or no slash. */
function unixPath(path: string): string {
  const windows = /^[A-Za-z]:[\\/]/.test(path) || (path.includes('\\') && !path.includes('/'))
  return windows ? path.replaceAll('\\', '/') : path
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path)
}

/** Undefined if `path` is not below `root`; the empty string if it is the root. */
function relativeTo(root: string, path: string): string | undefined {
  if (path === root || path === `${root}/`) return ''
  const prefix = root === '/' ? '/' : `${root}/`
  return path.startsWith(prefix) ? path.slice(prefix.length).replace(/\/$/, '') : undefined
}
