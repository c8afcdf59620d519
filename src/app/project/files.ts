import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { EstateFiles } from '../../resources/estate.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { toPosix } from './root.ts'
import { type WalkOptions, walkProject } from './walk.ts'

/** Larger files are data, not configuration. */
const MAX_FILE_BYTES = 4 * 1024 * 1024

/** The texts of a project. */
export interface ProjectFiles {
  readonly files: EstateFiles
  /** Files that could not be read as text. */
  readonly diagnostics: readonly Diagnostic[]
}

export function readProjectFiles(root: string, options: WalkOptions): ProjectFiles {
  const { files: paths, links, installedModules } = walkProject(root, options)
  const diagnostics: Diagnostic[] = []
  const files = new Map<string, string>()
  for (const path of paths) {
    const text = readText(root, path, diagnostics)
    if (text !== undefined) files.set(path, text)
  }
  return { files: { files, links, vendored: readInstalledModules(root, installedModules) }, diagnostics }
}

/** A file of the project by relative path; undefined if it is not there or its real place is outside the root. */
export function readInside(root: string, path: string): string | undefined {
  return readBytesInside(root, path)?.toString('utf8')
}

/** As `readInside`, for what need not be text: the evidence of an attestation may be a PDF. */
export function readBytesInside(root: string, path: string): Buffer | undefined {
  try {
    const real = realpathSync(join(root, path))
    const inside = toPosix(relative(root, real))
    if (inside === '' || inside.startsWith('../') || inside === '..') return undefined
    return readFileSync(real)
  } catch {
    return undefined
  }
}

function readText(root: string, path: string, diagnostics: Diagnostic[]): string | undefined {
  const absolute = join(root, path)
  try {
    if (statSync(absolute).size > MAX_FILE_BYTES) {
      diagnostics.push({ file: path, code: 'file-too-large', message: 'larger than 4 MiB: not read' })
      return undefined
    }
    return decodeText(readFileSync(absolute))
  } catch (error) {
    const reason = error instanceof TypeError ? 'not UTF-8 text: left alone' : 'cannot be read: check its permissions'
    const code = error instanceof TypeError ? 'file-not-utf8' : 'file-unreadable'
    diagnostics.push({ file: path, code, message: reason })
    return undefined
  }
}

/**
 * The text whose UTF-8 encoding is exactly these bytes, BOM included.
 * @throws TypeError if there is none
 */
export function decodeText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError('not UTF-8')
  return bytes.toString('utf8')
}

/** What `terraform init` has downloaded: the manifest and the configuration files it names. */
function readInstalledModules(root: string, folders: readonly string[]): Map<string, string> {
  const vendored = new Map<string, string>()
  for (const folder of folders) {
    const base = folder === '' ? '.terraform/modules' : `${folder}/.terraform/modules`
    for (const entry of readdirSync(join(root, base), { recursive: true, encoding: 'utf8' }).sort()) {
      const path = `${base}/${toPosix(entry)}`
      if (!/\.(?:tf|tofu)(?:\.json)?$|\/modules\.json$/.test(path)) continue
      const text = readInside(root, path)
      if (text !== undefined) vendored.set(path, text)
    }
  }
  return vendored
}
