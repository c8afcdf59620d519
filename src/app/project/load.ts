import { readFileSync, realpathSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { type Config, DEFAULT_CONFIG, loadConfig } from '../../config/load.ts'
import { CONFIG_NAME } from '../../config/name.ts'
import type { EstateFiles, EstateOptions } from '../../resources/estate.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { decodeText, readInside, readProjectFiles } from './files.ts'
import { findRoot, toPosix, UsageError } from './root.ts'

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
  const { files, diagnostics } = readProjectFiles(root, { exclude: config.exclude, within })
  return {
    root,
    within,
    gitTop,
    config,
    files,
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

/** Its path as places name it: relative to the root, also where it lies outside. */
function readVarFile(root: string, path: string): { path: string; text: string } {
  try {
    const real = realpathSync(path)
    return { path: toPosix(relative(root, real)), text: decodeText(readFileSync(real)) }
  } catch {
    throw new UsageError(`cannot read the variable file ${path}`)
  }
}
