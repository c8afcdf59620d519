/** What `enforce conftest` reads from the disk. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describeCause } from '../apply/errors.ts'
import { type ReadPolicyFile } from '../enforce/conftest/index.ts'
import { UsageError } from './project/root.ts'

const SKIPPED = new Set(['.git', '.secops', '.terraform', 'node_modules'])

/** Files as named, and those below folders, in order and each once. Throws `UsageError`. */
export function listFiles(paths: readonly string[], wanted: (path: string) => boolean): readonly string[] {
  const files = new Map<string, string>()
  const seen = new Set<string>()
  const visit = (path: string): void => {
    const real = realpathSync(path)
    if (seen.has(real)) return
    seen.add(real)
    for (const entry of readdirSync(path).sort()) {
      if (SKIPPED.has(entry)) continue
      const child = path === '.' ? entry : join(path, entry)
      const stats = statSync(child, { throwIfNoEntry: false })
      // A link that leads nowhere is no file.
      if (stats?.isDirectory() === true) visit(child)
      else if (stats?.isFile() === true && wanted(child)) add(child)
    }
  }
  const add = (path: string): void => {
    const key = path === '-' ? path : realpathSync(path)
    if (!files.has(key)) files.set(key, path)
  }
  for (const path of paths) {
    try {
      if (path !== '-' && statSync(path).isDirectory()) visit(path)
      else add(path)
    } catch (error) {
      throw new UsageError(`cannot read ${path}: ${describeCause(error)}`)
    }
  }
  return [...files.values()]
}

/** The text of a file, or of standard input for `-`. Throws `UsageError`. */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${path === '-' ? 'standard input' : path}: ${describeCause(error)}`)
  }
}

/**
 * Reads for `parse_config_file`: only what lies below a folder that holds policies, links resolved. Paths are relative to the folder of the
 * policy; since a builtin does not know who calls it, the folders are tried in order.
 */
export function policyFileReader(policyPaths: readonly string[], policyFiles: readonly string[]): ReadPolicyFile {
  const roots = policyPaths.map((path) => realpathSync(statSync(path).isDirectory() ? path : dirname(path)))
  const folders = [...new Set(policyFiles.map((file) => dirname(resolve(file))))]
  return (path) => {
    let outside = false
    for (const folder of folders) {
      let real: string
      try {
        real = realpathSync(resolve(folder, path))
        if (!statSync(real).isFile()) continue
      } catch {
        continue
      }
      if (roots.some((root) => real.startsWith(root.endsWith(sep) ? root : root + sep))) {
        return { text: readFileSync(real, 'utf8') }
      }
      outside = true
    }
    return { refused: outside ? 'it lies outside of the folders of --policy' : 'no such file beside the policies' }
  }
}

/** Where the documents of a data file go: below a folder, the folders' names are keys, as in OPA. */
export function dataKeys(root: string, file: string): readonly string[] {
  if (!statSync(root).isDirectory()) return []
  return relative(root, dirname(file))
    .split(sep)
    .filter((name) => name !== '')
}
