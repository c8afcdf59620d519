/** Files and folders that a command line names, for the commands of `enforce`. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { compareText } from '../../engine/summary.ts'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { findRoot, type ProjectRoot, toPosix, UsageError } from '../project/root.ts'
import { walkProject } from '../project/walk.ts'

const MAX_FILE_BYTES = 16 * 1024 * 1024
export const STDIN = '-'

/** `./...` and `dir/...` are what other tools call a folder with all that lies below it. */
export function withoutDots(path: string): string {
  if (path === '...') return '.'
  return path.endsWith('/...') ? path.slice(0, -'/...'.length) || '/' : path
}

/**
 * The root of the nearest folder that holds all paths.
 * @throws UsageError if one of them does not exist
 */
export function commonRoot(paths: readonly string[]): ProjectRoot {
  const real = paths
    .filter((path) => path !== STDIN)
    .map((path) => {
      if (!existsSync(path)) throw new UsageError(`no such file or folder: ${path}`)
      return realpathSync(path)
    })
  const [first = process.cwd(), ...rest] = real
  let common = first
  for (const path of rest) while (!isInside(common, path)) common = dirname(common)
  return findRoot(common)
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path)
  return inside === '' || (inside !== '..' && !inside.startsWith('../') && !inside.startsWith('..\\'))
}

/** Reads and parses files once, by path relative to the root. */
export class YamlReader {
  readonly root: string
  readonly diagnostics: Diagnostic[] = []
  readonly #boundary: string
  readonly #files = new Map<string, YamlFile | undefined>()
  readonly #texts = new Map<string, string | undefined>()

  /** @param boundary what is read because a file names it must lie inside */
  constructor(root: string, boundary: string) {
    this.root = root
    this.#boundary = boundary
  }

  get texts(): readonly string[] {
    return [...this.#texts.values()].filter((text) => text !== undefined)
  }

  /** Relative paths of the files with these endings at or below what was named, sorted, each once. */
  list(paths: readonly string[], endings: RegExp): readonly string[] {
    const found = new Set<string>()
    for (const path of paths) {
      const absolute = realpathSync(path)
      const base = toPosix(relative(this.root, absolute))
      if (!statSync(absolute).isDirectory()) {
        found.add(base)
        continue
      }
      for (const file of walkProject(absolute, { exclude: [], within: '' }).files) {
        if (endings.test(file)) found.add(base === '' ? file : `${base}/${file}`)
      }
    }
    return [...found].sort(compareText)
  }

  text(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path))
    return this.#texts.get(path)
  }

  /** Text that is not in a file, such as standard input. */
  give(path: string, text: string): void {
    this.#texts.set(path, text)
  }

  yaml(path: string): YamlFile | undefined {
    if (!this.#files.has(path)) {
      const text = this.text(path)
      this.#files.set(path, text === undefined ? undefined : parseYaml(path, text))
    }
    return this.#files.get(path)
  }

  /** For files that another file names: undefined as well if it is none of its business. */
  named(path: string): YamlFile | undefined {
    try {
      const real = realpathSync(resolve(this.root, path))
      return isInside(this.#boundary, real) ? this.yaml(path) : undefined
    } catch {
      return undefined
    }
  }

  #read(path: string): string | undefined {
    const report = (code: string, message: string): undefined => {
      this.diagnostics.push({ file: path, code, message })
      return undefined
    }
    try {
      const absolute = join(this.root, path)
      if (statSync(absolute).size > MAX_FILE_BYTES) return report('file-too-large', 'larger than 16 MiB: not read')
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(absolute))
    } catch (error) {
      if (error instanceof TypeError) return report('file-not-utf8', 'not UTF-8 text: left alone')
      return report('file-unreadable', 'cannot be read: check its permissions')
    }
  }
}
