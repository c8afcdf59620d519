/** Sets of code points: sorted pairs of first and last, flat in one array. */

export type Ranges = readonly number[]

export const MAX_RUNE = 0x10ffff

export const DIGIT: Ranges = [0x30, 0x39]
export const SPACE: Ranges = [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20]
export const WORD: Ranges = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]

/** The names in `[:name:]`. */
export const POSIX: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['alnum', [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a]],
  ['alpha', [0x41, 0x5a, 0x61, 0x7a]],
  ['ascii', [0, 0x7f]],
  ['blank', [0x09, 0x09, 0x20, 0x20]],
  ['cntrl', [0, 0x1f, 0x7f, 0x7f]],
  ['digit', DIGIT],
  ['graph', [0x21, 0x7e]],
  ['lower', [0x61, 0x7a]],
  ['print', [0x20, 0x7e]],
  ['punct', [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e]],
  ['space', [0x09, 0x0d, 0x20, 0x20]],
  ['upper', [0x41, 0x5a]],
  ['word', WORD],
  ['xdigit', [0x30, 0x39, 0x41, 0x46, 0x61, 0x66]],
])

/** Sorted and merged. */
export function normalize(ranges: Ranges): Ranges {
  if (ranges.length <= 2) return ranges
  const pairs: [number, number][] = []
  for (let index = 0; index < ranges.length; index += 2) pairs.push([ranges[index] ?? 0, ranges[index + 1] ?? 0])
  pairs.sort((a, b) => a[0] - b[0])
  const merged: number[] = []
  for (const [low, high] of pairs) {
    const last = merged.length - 1
    const end = merged[last]
    if (end !== undefined && low <= end + 1) merged[last] = Math.max(end, high)
    else merged.push(low, high)
  }
  return merged
}

/** The complement; the ranges must be normal. */
export function negate(ranges: Ranges): Ranges {
  const result: number[] = []
  let next = 0
  for (let index = 0; index < ranges.length; index += 2) {
    const low = ranges[index] ?? 0
    if (low > next) result.push(next, low - 1)
    next = (ranges[index + 1] ?? 0) + 1
  }
  if (next <= MAX_RUNE) result.push(next, MAX_RUNE)
  return result
}

function includes(ranges: Ranges, rune: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (rune >= (ranges[index] ?? 0) && rune <= (ranges[index + 1] ?? 0)) return true
  }
  return false
}

/** Every code point that is no surrogate, in order. */
function* blocks(): Iterable<{ text: string; start: number }> {
  const size = 0x1000
  for (let start = 0; start <= MAX_RUNE; start += size) {
    if (start >= 0xd800 && start < 0xe000) continue
    const runes = Array.from(
      { length: Math.min(size, (start < 0xd800 ? 0xd800 : MAX_RUNE + 1) - start) },
      (_, at) => start + at,
    )
    yield { text: String.fromCodePoint(...runes), start }
  }
}

const GENERAL = /^(?:C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/

const cache = new Map<string, Ranges | undefined>()

/** A general category such as `Lu`, a script such as `Greek`, or `Any`; undefined if there is no such thing. */
export function unicodeClass(name: string): Ranges | undefined {
  if (name === 'Any') return [0, MAX_RUNE]
  if (cache.has(name)) return cache.get(name)
  const ranges = collect(name)
  if (cache.size < 256) cache.set(name, ranges)
  return ranges
}

function collect(name: string): Ranges | undefined {
  if (!GENERAL.test(name) && !/^[A-Z][A-Za-z_]*$/.test(name)) return undefined
  // Surrogates are code points, but no characters.
  if (name === 'Cs') return [0xd800, 0xdfff]
  let pattern: RegExp
  try {
    pattern = new RegExp(GENERAL.test(name) ? `\\p{${name}}` : `\\p{Script=${name}}`, 'u')
  } catch {
    return undefined
  }
  return normalize([...runs(pattern), ...(name === 'C' ? [0xd800, 0xdfff] : [])])
}

function runs(pattern: RegExp): number[] {
  const result: number[] = []
  const run = new RegExp(`(?:${pattern.source})+`, 'gu')
  for (const { text, start } of blocks()) {
    const wide = start > 0xffff ? 2 : 1
    for (const match of text.matchAll(run)) {
      const low = start + match.index / wide
      result.push(low, low + match[0].length / wide - 1)
    }
  }
  return result
}

let orbits: Map<number, readonly number[]> | undefined

/** Code points that are equal but for their case. */
function foldOrbits(): Map<number, readonly number[]> {
  if (orbits !== undefined) return orbits
  const groups = new Map<number, number[]>()
  const cased = runs(/[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u)
  for (let index = 0; index < cased.length; index += 2) {
    for (let rune = cased[index] ?? 0; rune <= (cased[index + 1] ?? 0); rune++) {
      const key = foldKey(rune)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [rune])
      else group.push(rune)
    }
  }
  orbits = new Map()
  for (const group of groups.values()) if (group.length > 1) for (const rune of group) orbits.set(rune, group)
  return orbits
}

function foldKey(rune: number): number {
  // Turkish dotted and dotless i stand alone.
  if (rune === 0x130 || rune === 0x131) return rune
  return single(single(single(rune, 'toLowerCase'), 'toUpperCase'), 'toLowerCase')
}

function single(rune: number, how: 'toLowerCase' | 'toUpperCase'): number {
  const text = String.fromCodePoint(rune)[how]()
  const mapped = text.codePointAt(0) ?? rune
  return text.length === String.fromCodePoint(mapped).length ? mapped : rune
}

/** The ranges and what is equal to them but for its case. */
export function foldCase(ranges: Ranges): Ranges {
  const [low = 0, high = 0] = ranges
  if (ranges.length === 2 && low === high && low < 0x80) return foldAscii(low)
  const added = [...ranges]
  for (const [rune, orbit] of foldOrbits()) {
    if (includes(ranges, rune)) for (const other of orbit) added.push(other, other)
  }
  return normalize(added)
}

function foldAscii(rune: number): Ranges {
  const upper = rune & ~0x20
  if (upper < 0x41 || upper > 0x5a) return [rune, rune]
  const both = [upper, upper, upper | 0x20, upper | 0x20]
  // The Kelvin sign and the long s.
  if (upper === 0x4b) both.push(0x212a, 0x212a)
  if (upper === 0x53) both.push(0x17f, 0x17f)
  return both
}
