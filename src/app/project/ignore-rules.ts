import ignore, { type Ignore } from 'ignore'

/** What the patterns say of a path; neither if none of them fits. */
interface Verdict {
  readonly ignored: boolean
  readonly unignored: boolean
}

const NO_PATTERN_FITS: Verdict = { ignored: false, unignored: false }

/** Characters that stand for themselves wherever they stand in a pattern. */
const PLAIN = /[\w.@~+=,%$&-]+/g

/**
 * The patterns of one `.gitignore` as the library tries them. Trying hundreds of patterns on each path takes longer than
 * reading the file, and hardly any fits: only one whose plain characters stand in a name of the path can, so the library is
 * given those alone.
 */
export class IgnoreRules {
  readonly #patterns: readonly string[]
  readonly #isText: boolean
  /** Places in the list, by the name that a path must have for the pattern there to fit. */
  readonly #byName = new Map<string, readonly number[]>()
  readonly #byPart: { readonly part: string; readonly at: number }[] = []
  /** By path: the places of those that may fit. The empty path has those that may fit any. */
  readonly #fitting = new Map<string, readonly number[]>()
  readonly #libraries = new Map<string, Ignore>()

  /** @param patterns the text of a `.gitignore`, or patterns as in one */
  constructor(patterns: string | readonly string[]) {
    this.#isText = typeof patterns === 'string'
    this.#patterns = typeof patterns === 'string' ? patterns.split(/\r?\n/) : patterns
    this.#fitting.set(
      '',
      this.#patterns.flatMap((pattern, at) => (this.#learn(pattern, at) ? [] : [at])),
    )
  }

  /** @param path relative to where the patterns stand; that of a folder ends in `/` */
  test(path: string): Verdict {
    const fitting = this.#mayFit(path.endsWith('/') ? path.slice(0, -1) : path)
    return fitting.length === 0 ? NO_PATTERN_FITS : this.#library(fitting).test(path)
  }

  /** Keeps one name, or else one part of a name, that a path must have for the pattern to fit; false if there is none. */
  #learn(line: string, at: number): boolean {
    if (/^(?:#|\s*$)/.test(line)) return true
    const pattern = line
      .toLowerCase()
      .replace(/^!/, '')
      .replace(/\[[!^]?[\w-]+\]/g, '?')
    // An escape or a larger bracket expression may hold anything, a slash too.
    if (/[\\[]/.test(pattern)) return false
    const names = pattern.split('/')
    const parts = names.flatMap((name) => name.match(PLAIN) ?? [])
    const name = names.find((candidate) => parts.includes(candidate))
    const part = parts.toSorted((a, b) => b.length - a.length)[0]
    if (name !== undefined) this.#byName.set(name, [...(this.#byName.get(name) ?? []), at])
    else if (part !== undefined) this.#byPart.push({ part, at })
    return part !== undefined
  }

  /** A pattern that fits a folder has a say about what is in it. */
  #mayFit(path: string): readonly number[] {
    const known = this.#fitting.get(path)
    if (known !== undefined) return known
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1).toLowerCase()
    const above = this.#mayFit(path.slice(0, Math.max(slash, 0)))
    const own = [
      ...(this.#byName.get(name) ?? []),
      ...this.#byPart.filter(({ part }) => name.includes(part)).map(({ at }) => at),
    ]
    const all = own.length === 0 ? above : [...new Set([...above, ...own])].sort((a, b) => a - b)
    this.#fitting.set(path, all)
    return all
  }

  #library(places: readonly number[]): Ignore {
    const key = places.join()
    const known = this.#libraries.get(key)
    if (known !== undefined) return known
    const patterns = places.map((at) => this.#patterns[at] ?? '')
    // The library looks for a byte order mark before the first.
    if (places[0] !== 0) patterns.unshift('')
    const library = ignore().add(this.#isText ? patterns.join('\r\n') : patterns)
    this.#libraries.set(key, library)
    return library
  }
}
