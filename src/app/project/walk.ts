import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CONFIG_NAME } from '../../config/name.ts'
import { compareText } from '../../engine/summary.ts'
import { SETTINGS_FILES } from '../../engine/suppress/settings-files.ts'
import { IgnoreRules } from './ignore-rules.ts'
import { toPosix } from './root.ts'

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', '.secops', '.terraform', 'node_modules'])

/** What may be infrastructure, or what infrastructure may read with `file()`. */
const RELEVANT =
  /(?:\.(?:tf|tofu|tfvars|json|ya?ml|tpl|tftpl|tmpl|sh|txt|conf|cfg|ini|toml|properties|env|[cm]?[jt]s|rego)|(?:^|\/)(?:Dockerfile|Containerfile)[^/]*|(?:^|\/)Kustomization|(?:^|\/)terragrunt\.hcl|\.dockerfile|\.dockerignore)$/i

const LOCK_FILES = /(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|tsconfig\.tsbuildinfo)\.json$/

export interface WalkOptions {
  /** `exclude` of secops.yaml: patterns as in `.gitignore`. */
  readonly exclude: readonly string[]
  /** Relative path that was named on the command line: never skipped, whatever ignore files say. */
  readonly within: string
}

export interface Walked {
  /** Relative paths with `/`, sorted. */
  readonly files: readonly string[]
  /** Links to files that another path stands for already: the link's path -> that path. */
  readonly links: ReadonlyMap<string, string>
  /** Folders with a `.terraform/modules/modules.json`, relative; the empty string for the root. */
  readonly installedModules: readonly string[]
}

/**
 * The project's files: ignore files respected, other projects inside left out, links followed only to files inside the
 * root, and each file once however many ways lead to it.
 */
export function walkProject(root: string, options: WalkOptions): Walked {
  const files = new Map<string, string>()
  const links: string[] = []
  const elsewhere = new Map<string, string>()
  const installedModules: string[] = []
  visit('', options.exclude.length === 0 ? [] : [{ base: '', rules: new IgnoreRules(options.exclude) }])
  for (const link of links.sort(compareText)) followLink(link)
  return { files: [...files.values()].sort(compareText), links: elsewhere, installedModules }

  function visit(folder: string, ignores: readonly { base: string; rules: IgnoreRules }[]): void {
    const absolute = join(root, folder)
    const entries = readFolder(absolute)
    // Whether a file is there is asked of the disk only where its name is: asking costs more than all else here.
    const has = (name: string, ...inside: string[]): boolean =>
      entries.some((entry) => entry.name === name) && existsSync(join(absolute, name, ...inside))
    if (folder !== '' && has(CONFIG_NAME)) return
    const own = has('.gitignore') ? readIgnoreFile(absolute) : undefined
    const rules = own === undefined ? ignores : [...ignores, { base: folder, rules: own }]
    if (has('.terraform', 'modules', 'modules.json')) installedModules.push(folder)
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      const named = options.within !== '' && (path === options.within || options.within.startsWith(`${path}/`))
      if (entry.isDirectory()) {
        if (SKIPPED_FOLDERS.has(entry.name) && !named) continue
        if (!named && isIgnored(`${path}/`, rules)) continue
        visit(path, named && isIgnored(`${path}/`, rules) ? [] : rules)
      } else if (SETTINGS_FILES.includes(path)) {
        if (entry.isFile()) files.set(path, path)
      } else if (RELEVANT.test(path) && !LOCK_FILES.test(path) && (named || !isIgnored(path, rules))) {
        if (entry.isSymbolicLink()) links.push(path)
        else if (entry.isFile()) files.set(path, path)
      }
    }
  }

  function followLink(path: string): void {
    let target: string
    try {
      target = realpathSync(join(root, path))
      if (!statSync(target).isFile()) return
    } catch {
      return
    }
    const inside = toPosix(relative(root, target))
    if (inside.startsWith('..')) return
    // A target that the walk reaches itself is audited there, once.
    const reached = files.get(inside)
    if (reached === undefined) files.set(inside, path)
    else elsewhere.set(path, reached)
  }
}

/** False for a path that the walk would pass over if a file were there. */
export function wouldWalk(root: string, path: string, options: WalkOptions): boolean {
  const ignores = [{ base: '', rules: new IgnoreRules(options.exclude) }]
  const parts = path.split('/')
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/')
    if (depth > 0) {
      if (SKIPPED_FOLDERS.has(parts[depth - 1] ?? '') || existsSync(join(root, folder, CONFIG_NAME))) return false
      if (isIgnored(`${folder}/`, ignores)) return false
    }
    const own = readIgnoreFile(join(root, folder))
    if (own !== undefined) ignores.push({ base: folder, rules: own })
  }
  return !isIgnored(path, ignores)
}

function isIgnored(path: string, ignores: readonly { base: string; rules: IgnoreRules }[]): boolean {
  // The nearest ignore file has the last word.
  for (const { base, rules } of ignores.toReversed()) {
    const local = base === '' ? path : path.slice(base.length + 1)
    const verdict = rules.test(local)
    if (verdict.ignored) return true
    if (verdict.unignored) return false
  }
  return false
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name))
  } catch {
    return []
  }
}

function readIgnoreFile(folder: string): IgnoreRules | undefined {
  try {
    return new IgnoreRules(readFileSync(join(folder, '.gitignore'), 'utf8'))
  } catch {
    return undefined
  }
}
