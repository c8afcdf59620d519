import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type Config, CONFIG_NAME, DEFAULT_CONFIG, loadConfig } from '../../config/load.ts'
import type { EstateFiles, EstateOptions } from '../../resources/estate.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { findRoot, toPosix, UsageError } from './root.ts'
import { walkProject } from './walk.ts'

/** Larger files are data, not configuration. */
const MAX_FILE_BYTES = 4 * 1024 * 1024

export interface ProjectOptions {
  readonly path: string
  /** `--config`, relative to the working folder. */
  readonly configFile?: string | undefined
  /** `--var-file`, relative to the working folder. */
  readonly varFiles?: readonly string[] | undefined
}

/** One project as it lies on the disk: everything that the rest of the program works on, in memory. */
export interface Project {
  /** Absolute. */
  readonly root: string
  readonly within: string
  readonly gitTop: string | undefined
  readonly config: Config
  readonly files: EstateFiles
  readonly estateOptions: EstateOptions
  /** Files that could not be read as text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** @throws UsageError for a path, configuration or variable file that cannot be used */
export function loadProject(options: ProjectOptions): Project {
  const { root, within, gitTop } = findRoot(options.path)
  const config = readConfig(root, options.configFile)
  const { files: paths, installedModules } = walkProject(root, { exclude: config.exclude, within })
  const diagnostics: Diagnostic[] = []
  const files = new Map<string, string>()
  for (const path of paths) {
    const text = readText(root, path, diagnostics)
    if (text !== undefined) files.set(path, text)
  }
  return {
    root,
    within,
    gitTop,
    config,
    files: { files, vendored: readInstalledModules(root, installedModules) },
    estateOptions: { varFiles: (options.varFiles ?? []).map((path) => readVarFile(root, path)), named: within },
    diagnostics,
  }
}

/** @throws UsageError for a configuration that cannot be used */
export function readConfig(root: string, explicit: string | undefined): Config {
  const path = explicit === undefined ? join(root, CONFIG_NAME) : resolve(explicit)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    if (explicit !== undefined) throw new UsageError(`cannot read the configuration file ${explicit}`)
    return DEFAULT_CONFIG
  }
  const loaded = loadConfig(explicit ?? CONFIG_NAME, text, (inside) => readInside(root, inside))
  if (loaded.ok) return loaded.config
  const [first, ...more] = loaded.diagnostics
  const where = first?.range === undefined ? '' : `:${first.range.start.line}:${first.range.start.column}`
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`
  throw new UsageError(`${first?.file ?? path}${where}: ${first?.message ?? 'not valid'}${rest}`)
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
function decodeText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError('not UTF-8')
  return bytes.toString('utf8')
}

/** Its path as places name it: relative to the root, also where it lies outside. */
function readVarFile(root: string, path: string): { path: string; text: string } {
  try {
    const real = realpathSync(path)
    return { path: toPosix(relative(root, real)), text: decodeText(readFileSync(real)) }
  } catch {
    throw new UsageError(`cannot read the variable file ${path}`)
  }
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
