import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_NAME } from '../config/name.ts'
import { type Answer, AuditCache } from './audit-cache.ts'
import { type ProjectFiles, readProjectFiles } from './project/files.ts'
import { findRoot } from './project/root.ts'

/** Options of `audit` whose answer depends on nothing but the project and the day. */
const FLAGS: ReadonlySet<string> = new Set([
  '--all',
  '--dormant',
  '--include-passed',
  '--no-color',
  '--quiet',
  '-q',
  '--strict',
])
const VALUED: ReadonlySet<string> = new Set([
  '--as-of',
  '--fail-on',
  '--format',
  '-f',
  '--group-by',
  '--path',
  '--rule',
  '--severity',
])

/** Formats that are texts of the findings alone. */
const FORMATS: ReadonlySet<string> = new Set(['text', 'json'])

/** Settings that read files by other ways than the walk, or change the walk itself. */
const FAR_REACHING = /extends|exclude|frameworks/

/** What the look of the text depends on besides the arguments. */
interface Terminal {
  readonly isTTY: boolean
  readonly columns: number | undefined
}

export function terminal(): Terminal {
  const { isTTY, columns } = process.stdout
  return { isTTY, columns }
}

/** What a project's files were, as an audit read them. */
interface AuditedProject extends ProjectFiles {
  readonly root: string
  readonly within: string
  readonly gitTop: string | undefined
}

/**
 * The answer that the same command line got the last time, if its answer is settled by the texts of the project and they
 * are the same. What audits them need not be loaded for that.
 * @param argv arguments of the program
 */
export function knownAnswer(argv: readonly string[], terminal: Terminal): Answer | undefined {
  const path = plainAudit(argv)
  if (path === undefined) return undefined
  try {
    const { root, within, gitTop } = findRoot(path)
    const cache = isAtRest(root) ? AuditCache.open(root) : undefined
    if (cache?.hasAnswers() !== true) return undefined
    const project = { root, within, gitTop, ...readProjectFiles(root, { exclude: [], within }) }
    const name = nameOf(cache, argv, terminal, project, new Date())
    const answer = name === undefined ? undefined : cache.readAnswer(name)
    return answer?.saved === undefined || answer.saved === savedHash(root) ? answer : undefined
  } catch {
    // What cannot be read is for the audit to say.
    return undefined
  }
}

/**
 * Keeps the answer of a command line, if a later one may be answered by it.
 * @param project as it was read for this answer
 * @param answer `saves` is true if it was saved as the record of the project too
 */
export function rememberAnswer(
  argv: readonly string[],
  terminal: Terminal,
  project: AuditedProject,
  answer: { readonly output: string; readonly exitCode: number; readonly saves: boolean; readonly now: Date },
): void {
  const { root } = project
  if (plainAudit(argv) === undefined || !isAtRest(root)) return
  const cache = AuditCache.open(root)
  const name = cache && nameOf(cache, argv, terminal, project, answer.now)
  if (cache === undefined || name === undefined) return
  const { output, exitCode, saves } = answer
  const saved = saves ? savedHash(root) : undefined
  if (saves && saved === undefined) return
  cache.writeAnswer(name, { output, exitCode, saved })
}

/** Undefined for a project whose files are not all that its audit reads. */
function nameOf(
  cache: AuditCache,
  argv: readonly string[],
  terminal: Terminal,
  { root, within, gitTop, files, diagnostics }: AuditedProject,
  now: Date,
): string | undefined {
  const config = files.files.get(CONFIG_NAME)
  if (config === undefined ? existsSync(join(root, CONFIG_NAME)) : FAR_REACHING.test(config)) return undefined
  const { NO_COLOR, FORCE_COLOR, SOURCE_DATE_EPOCH } = process.env
  const isDated = argv.includes('--as-of') || SOURCE_DATE_EPOCH !== undefined
  return cache.name(files, {
    argv,
    terminal,
    project: [root, within, gitTop, diagnostics],
    day: isDated ? undefined : now.toISOString().slice(0, 10),
    environment: [NO_COLOR, FORCE_COLOR, SOURCE_DATE_EPOCH],
  })
}

/** The path of a plain audit. */
function plainAudit([command, ...rest]: readonly string[]): string | undefined {
  if (command !== 'audit') return undefined
  const paths: string[] = []
  for (let i = 0; i < rest.length; i++) {
    const argument = rest[i] ?? ''
    if (VALUED.has(argument)) {
      const value = rest[++i]
      if (value === undefined || (/^(?:--format|-f)$/.test(argument) && !FORMATS.has(value))) return undefined
    } else if (!FLAGS.has(argument)) {
      if (argument.startsWith('-')) return undefined
      paths.push(argument)
    }
  }
  return paths.length === 1 ? paths[0] : undefined
}

/** True if the state folder is as an audit leaves it, and no run is recorded that might have been interrupted. */
function isAtRest(root: string): boolean {
  const runs = join(root, '.secops', 'runs')
  return existsSync(join(root, '.secops', '.gitignore')) && existsSync(runs) && readdirSync(runs).length === 0
}

function savedHash(root: string): string | undefined {
  const text = textOf(join(root, '.secops', 'aggregate-findings.json'))
  return text === undefined ? undefined : createHash('sha256').update(text).digest('hex')
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
