/** Whether two simple expressions match a common string: characters, `.`, sets in brackets, each with `*` or `+`. */
import { BuiltinError } from './builtin.ts'

interface Token {
  /** Undefined for any character. */
  readonly ranges: ReadonlyArray<readonly [number, number]> | undefined
  readonly flag: '' | '*' | '+'
}

interface Rune {
  readonly rune: number
  readonly escaped: boolean
}

const OPEN = 0x5b
const CLOSE = 0x5d
const DASH = 0x2d
const DOT = 0x2e
const STAR = 0x2a
const PLUS = 0x2b

class Tokenizer {
  readonly #source: string
  readonly #runes: number[]
  #at = 0

  constructor(source: string) {
    this.#source = source
    this.#runes = Array.from(source, (character) => character.codePointAt(0) ?? 0)
  }

  #fail(problem: string): BuiltinError {
    return new BuiltinError(`input:${this.#source}, pos:${this.#at}, ${problem}: the input provided is invalid`)
  }

  #next(): Rune | undefined {
    const rune = this.#runes[this.#at]
    if (rune === undefined) return undefined
    if (rune !== 0x5c) {
      this.#at++
      return { rune, escaped: false }
    }
    const escaped = this.#runes[this.#at + 1]
    if (escaped === undefined) throw this.#fail('input ends with a \\ (escape) character')
    this.#at += 2
    return { rune: escaped, escaped: true }
  }

  tokens(): Token[] {
    const tokens: Token[] = []
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const ranges = this.#ranges(next)
      const flag = this.#runes[this.#at]
      if (flag === STAR || flag === PLUS) this.#at++
      tokens.push({ ranges, flag: flag === STAR ? '*' : flag === PLUS ? '+' : '' })
    }
    return tokens
  }

  #ranges({ rune, escaped }: Rune): Token['ranges'] {
    if (!escaped) {
      if (rune === DOT) return undefined
      if (rune === OPEN) return this.#set()
      if (rune === CLOSE) throw this.#fail("set-close ']' with no preceding '['")
      if (rune === STAR || rune === PLUS) {
        throw this.#fail(`flag '${String.fromCodePoint(rune)}' must be preceded by a non-flag`)
      }
    }
    return [[rune, rune]]
  }

  #set(): [number, number][] {
    const ranges: [number, number][] = []
    let previous: number | undefined
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      if (!next.escaped && next.rune === CLOSE) return ranges
      if (next.escaped || next.rune !== DASH) {
        ranges.push([next.rune, next.rune])
        previous = next.rune
        continue
      }
      if (previous === undefined) throw this.#fail("range character '-' must be preceded by a Unicode character")
      const last = this.#at >= this.#runes.length - 1 ? undefined : this.#next()
      if (last === undefined) throw this.#fail("range character '-' must be followed by a Unicode character")
      if (!last.escaped && (last.rune === CLOSE || last.rune === DASH)) {
        throw this.#fail("range character '-' cannot be followed by a special symbol")
      }
      if (last.rune < previous) {
        const [high, low] = [String.fromCodePoint(last.rune), String.fromCodePoint(previous)]
        throw this.#fail(`range is out of order: '${high}' comes before '${low}' in Unicode`)
      }
      ranges.push([previous, last.rune])
      previous = undefined
    }
    throw this.#fail('found [ without matching ]')
  }
}

function meet(a: Token['ranges'], b: Token['ranges']): boolean {
  if (a === undefined) return b === undefined || b.length > 0
  if (b === undefined) return a.length > 0
  return a.some(([low, high]) => b.some(([from, to]) => low <= to && from <= high))
}

/** Throws `BuiltinError` for what is no such expression. */
export function globsIntersect(first: string, second: string, step: (count: number) => void): boolean {
  const left = new Tokenizer(first).tokens()
  const right = new Tokenizer(second).tokens()
  const width = right.length + 1
  // A place in both, and whether the token there has matched once already (which `+` asks for).
  const seen = new Set<number>()
  const queue: [number, number, boolean, boolean][] = []
  const visit = (i: number, j: number, oneLeft: boolean, oneRight: boolean): void => {
    const key = ((i * width + j) * 2 + Number(oneLeft)) * 2 + Number(oneRight)
    if (seen.has(key)) return
    seen.add(key)
    queue.push([i, j, oneLeft, oneRight])
  }
  visit(0, 0, false, false)
  for (let turn = queue.pop(); turn !== undefined; turn = queue.pop()) {
    step(1)
    const [i, j, oneLeft, oneRight] = turn
    const a = left[i]
    const b = right[j]
    if (a === undefined && b === undefined) return true
    if (a !== undefined && (a.flag === '*' || (a.flag === '+' && oneLeft))) visit(i + 1, j, false, oneRight)
    if (b !== undefined && (b.flag === '*' || (b.flag === '+' && oneRight))) visit(i, j + 1, oneLeft, false)
    if (a === undefined || b === undefined || !meet(a.ranges, b.ranges)) continue
    const [nextLeft, stayLeft] = a.flag === '' ? [i + 1, false] : [i, true]
    const [nextRight, stayRight] = b.flag === '' ? [j + 1, false] : [j, true]
    visit(nextLeft, nextRight, stayLeft, stayRight)
  }
  return false
}
