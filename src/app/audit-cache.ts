import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AuditResult } from '../engine/finding.ts'
import type { EstateFiles } from '../resources/estate.ts'

/** What a command printed, secrets masked, and how it ended. */
export interface Answer {
  readonly output: string
  readonly exitCode: number
  /** Hash of what it had saved in `.secops`; undefined for a narrower question, whose answer is not saved. */
  readonly saved: string | undefined
}

/** Results that are kept of each kind for one project: enough for a few branches and option sets. */
const MAX_ENTRIES = 8

/**
 * Remembers the result of an audit under `.secops/cache`, by a hash of everything that it depends on. A project may be
 * somebody else's, and could bring a forged result along: entries carry a code made with a key that lies in the user's own
 * cache folder, and what does not match is not there.
 */
export class AuditCache {
  readonly #folder: string
  readonly #key: Buffer
  readonly #build: string

  private constructor(folder: string, key: Buffer, build: string) {
    this.#folder = folder
    this.#key = key
    this.#build = build
  }

  /** Undefined where nothing can be remembered: no build to name, no folder of the user's, a project that has no state. */
  static open(root: string): AuditCache | undefined {
    const build = buildId()
    const state = join(root, '.secops')
    // Another command makes the state folder; a link in its place is nobody's cache.
    if (build === undefined || !isFolder(state)) return undefined
    const key = userKey()
    const folder = join(state, 'cache')
    if (key === undefined || (existsSync(folder) && !isFolder(folder))) return undefined
    return new AuditCache(folder, key, build)
  }

  /** The name of an audit of these files with these options. */
  name(files: EstateFiles, options: unknown): string {
    const hash = createHash('sha256').update(this.#build).update('\0').update(JSON.stringify(options))
    for (const [kind, texts] of Object.entries(files)) {
      for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
        hash.update(`\0${kind}\0${path.length}:${path}\0${text.length}:`).update(text)
      }
    }
    return hash.digest('hex')
  }

  read(name: string): AuditResult | undefined {
    const payload = this.#readEntry(`audit-${name}`)
    if (payload === undefined) return undefined
    // The code proves that this program wrote it, as JSON of this very type.
    const result: AuditResult = JSON.parse(payload)
    return result
  }

  /** False saves whoever asks the work of making a name. */
  hasAnswers(): boolean {
    return existsSync(this.#folder) && readdirSync(this.#folder).some((entry) => entry.startsWith('answer-'))
  }

  readAnswer(name: string): Answer | undefined {
    const payload = this.#readEntry(`answer-${name}`)
    if (payload === undefined) return undefined
    const answer: Answer = JSON.parse(payload)
    return answer
  }

  /**
   * Failing to remember is no failure.
   * @param mask keeps secrets out, as on every other way out of the program
   */
  write(name: string, result: AuditResult, mask: (text: string) => string): void {
    this.#writeEntry('audit', name, mask(JSON.stringify(result)))
  }

  /** Failing to remember is no failure. */
  writeAnswer(name: string, answer: Answer): void {
    this.#writeEntry('answer', name, JSON.stringify(answer))
  }

  #readEntry(entry: string): string | undefined {
    try {
      const text = readFileSync(join(this.#folder, entry), 'utf8')
      const end = text.indexOf('\n')
      const payload = text.slice(end + 1)
      const given = Buffer.from(text.slice(0, end), 'hex')
      const wanted = this.#code(entry, payload)
      return given.length === wanted.length && timingSafeEqual(given, wanted) ? payload : undefined
    } catch {
      return undefined
    }
  }

  #writeEntry(kind: 'audit' | 'answer', name: string, payload: string): void {
    const entry = `${kind}-${name}`
    try {
      mkdirSync(this.#folder, { recursive: true })
      const text = `${this.#code(entry, payload).toString('hex')}\n${payload}`
      writeFileSync(join(this.#folder, entry), text, { mode: 0o600 })
      this.#prune(kind)
    } catch {
      // A full disk, a folder that cannot be written: the next audit works anew.
    }
  }

  #prune(kind: string): void {
    const entries = readdirSync(this.#folder)
      .filter((entry) => new RegExp(`^${kind}-[0-9a-f]{64}$`).test(entry))
      .map((entry) => join(this.#folder, entry))
      .map((path) => ({ path, time: statSync(path).mtimeMs }))
      .sort((a, b) => b.time - a.time)
    for (const { path } of entries.slice(MAX_ENTRIES)) unlinkSync(path)
  }

  #code(entry: string, payload: string): Buffer {
    return createHmac('sha256', this.#key).update(entry).update('\0').update(payload).digest()
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Written beside the bundle by the build: another program, even of the same version, remembers apart. */
function buildId(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 2; up++, folder = dirname(folder)) {
    try {
      return readFileSync(join(folder, 'build-id'), 'utf8')
    } catch {
      // Chunks lie one folder deeper than the program.
    }
  }
  return undefined
}

/** 32 random bytes that only the user can read. */
function userKey(): Buffer | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'secops')
  const path = join(folder, 'key')
  try {
    return read()
  } catch {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 })
      return read()
    } catch {
      return undefined
    }
  }

  function read(): Buffer | undefined {
    const key = readFileSync(path)
    return key.length === 32 ? key : undefined
  }
}
