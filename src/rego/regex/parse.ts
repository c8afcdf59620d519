/** RE2's syntax as Go reads it with its Perl flags. */
import {
  DIGIT,
  foldCase,
  MAX_RUNE,
  negate,
  normalize,
  POSIX,
  SPACE,
  unicodeClass,
  WORD,
  type Ranges,
} from './classes.ts'
import { RegexError, type Node } from './syntax.ts'

export interface Parsed {
  readonly node: Node
  /** The name of each group from 0; empty if it has none. */
  readonly names: readonly string[]
}

interface Flags {
  readonly fold: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly swapGreed: boolean
}

const EMPTY: Node = { kind: 'empty' }
const MAX_REPEAT = 1000
const MAX_DEPTH = 1000

/** Throws `RegexError`. */
export function parseRegex(source: string): Parsed {
  return new RegexParser(source).parse()
}

class RegexParser {
  readonly #source: string
  readonly #names: string[] = ['']
  #at = 0
  #depth = 0
  #flags: Flags = { fold: false, multiline: false, dotAll: false, swapGreed: false }

  constructor(source: string) {
    this.#source = source
  }

  parse(): Parsed {
    const node = this.#alternation()
    if (this.#at < this.#source.length) throw new RegexError('unexpected )', this.#source)
    return { node, names: this.#names }
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #starts(text: string): boolean {
    return this.#source.startsWith(text, this.#at)
  }

  #rune(): number {
    const rune = this.#source.codePointAt(this.#at) ?? 0
    this.#at += rune > 0xffff ? 2 : 1
    return rune
  }

  #alternation(): Node {
    if (++this.#depth > MAX_DEPTH) throw new RegexError('expression nests too deeply', this.#source)
    const nodes = [this.#sequence()]
    while (this.#peek() === '|') {
      this.#at++
      nodes.push(this.#sequence())
    }
    this.#depth--
    return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { kind: 'alternate', nodes }
  }

  #sequence(): Node {
    const nodes: Node[] = []
    /** Where the last repetition began, to quote two in a row. */
    let repeated = -1
    while (this.#at < this.#source.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const start = this.#at
      const count = this.#repetition()
      if (count === undefined) {
        this.#atom(nodes)
        repeated = -1
        continue
      }
      const node = nodes.pop()
      const text = this.#source.slice(start, this.#at)
      if (node === undefined) throw new RegexError('missing argument to repetition operator', text)
      if (repeated >= 0) {
        throw new RegexError('invalid nested repetition operator', this.#source.slice(repeated, this.#at))
      }
      if (count.min > MAX_REPEAT || count.max > MAX_REPEAT || (count.max >= 0 && count.min > count.max)) {
        throw new RegexError('invalid repeat count', text)
      }
      const repeat: Node = { kind: 'repeat', node, ...count }
      if (count.counted && copies(repeat) > MAX_REPEAT) throw new RegexError('invalid repeat count', text)
      nodes.push(repeat)
      repeated = start
    }
    return nodes.length === 1 ? (nodes[0] ?? EMPTY) : { kind: 'concat', nodes }
  }

  #repetition(): { min: number; max: number; greedy: boolean; counted: boolean } | undefined {
    const simple = { '*': [0, -1], '+': [1, -1], '?': [0, 1] }[this.#peek()]
    let [min = 0, max = 0] = simple ?? []
    if (simple !== undefined) this.#at++
    else {
      const pattern = /\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/y
      pattern.lastIndex = this.#at
      const match = pattern.exec(this.#source)
      if (match === null || /^0\d/.test(match[1] ?? '') || /^0\d/.test(match[3] ?? '')) return undefined
      this.#at += match[0].length
      min = Number(match[1])
      max = match[2] === undefined ? min : match[3] === undefined ? -1 : Number(match[3])
    }
    let greedy = !this.#flags.swapGreed
    if (this.#peek() === '?') {
      this.#at++
      greedy = !greedy
    }
    return { min, max, greedy, counted: simple === undefined }
  }

  #atom(nodes: Node[]): void {
    switch (this.#peek()) {
      case '(':
        this.#group(nodes)
        return
      case '[':
        nodes.push({ kind: 'set', ranges: this.#class() })
        return
      case '.':
        this.#at++
        nodes.push({ kind: 'set', ranges: this.#flags.dotAll ? [0, MAX_RUNE] : [0, 9, 11, MAX_RUNE] })
        return
      case '^':
        this.#at++
        nodes.push({ kind: 'assert', assertion: this.#flags.multiline ? 'begin-line' : 'begin-text' })
        return
      case '$':
        this.#at++
        nodes.push({ kind: 'assert', assertion: this.#flags.multiline ? 'end-line' : 'end-text' })
        return
      case '\\':
        this.#escape(nodes)
        return
      default:
        nodes.push(this.#literal(this.#rune()))
    }
  }

  #literal(rune: number): Node {
    return { kind: 'set', ranges: this.#flags.fold ? foldCase([rune, rune]) : [rune, rune] }
  }

  #group(nodes: Node[]): void {
    const start = this.#at
    this.#at++
    const outer = this.#flags
    let index = -1
    if (this.#peek() === '?') {
      const name = /\?P?<([^>]*)>/y
      name.lastIndex = this.#at
      const match = name.exec(this.#source)
      if (match !== null) {
        index = this.#named(match[1] ?? '', this.#source.slice(start, start + 1 + match[0].length))
        this.#at += match[0].length
      } else if (this.#starts('?P<') || this.#starts('?<')) {
        if (/^\?<[=!]/.test(this.#source.slice(this.#at, this.#at + 3))) {
          throw new RegexError('invalid or unsupported Perl syntax', this.#source.slice(start, start + 3))
        }
        throw new RegexError('invalid named capture', this.#source.slice(start))
      } else if (this.#setFlags(start)) return
    } else {
      index = this.#names.length
      this.#names.push('')
    }
    const node = this.#alternation()
    if (this.#peek() !== ')') throw new RegexError('missing closing )', this.#source)
    this.#at++
    this.#flags = outer
    nodes.push(index < 0 ? node : { kind: 'group', node, index })
  }

  #named(name: string, text: string): number {
    if (!/^\w+$/.test(name)) throw new RegexError('invalid named capture', text)
    if (this.#names.includes(name)) throw new RegexError('duplicate capture group name', name)
    this.#names.push(name)
    return this.#names.length - 1
  }

  /** `(?i)` changes the rest of the group and is complete: true. `(?i:` opens a group: false. */
  #setFlags(start: number): boolean {
    const match = /\?([imsU]*)(-[imsU]+)?([:)])/y
    match.lastIndex = this.#at
    const found = match.exec(this.#source)
    if (found === null || (found[1] === '' && found[2] === undefined && found[3] === ')')) {
      const text = /^\(\?[imsU-]*.?/su.exec(this.#source.slice(start))?.[0] ?? '(?'
      throw new RegexError(text.length === 2 ? 'missing closing )' : 'invalid or unsupported Perl syntax', text)
    }
    this.#at += found[0].length
    const on = found[1] ?? ''
    const off = found[2] ?? ''
    const value = (letter: string, old: boolean) => (off.includes(letter) ? false : on.includes(letter) || old)
    const outer = this.#flags
    this.#flags = {
      fold: value('i', outer.fold),
      multiline: value('m', outer.multiline),
      dotAll: value('s', outer.dotAll),
      swapGreed: value('U', outer.swapGreed),
    }
    return found[3] === ')'
  }

  #escape(nodes: Node[]): void {
    const next = this.#source[this.#at + 1]
    switch (next) {
      case 'A':
        this.#at += 2
        nodes.push({ kind: 'assert', assertion: 'begin-text' })
        return
      case 'z':
        this.#at += 2
        nodes.push({ kind: 'assert', assertion: 'end-text' })
        return
      case 'b':
      case 'B':
        this.#at += 2
        nodes.push({ kind: 'assert', assertion: next === 'b' ? 'word' : 'no-word' })
        return
      case 'Q': {
        const end = this.#source.indexOf('\\E', this.#at + 2)
        const text = this.#source.slice(this.#at + 2, end < 0 ? undefined : end)
        for (const character of text) nodes.push(this.#literal(character.codePointAt(0) ?? 0))
        this.#at = end < 0 ? this.#source.length : end + 2
        return
      }
      default: {
        const ranges = this.#classEscape()
        nodes.push(ranges === undefined ? this.#literal(this.#escapedRune()) : { kind: 'set', ranges })
      }
    }
  }

  /** `\d`, `\pL` and the like; undefined if something else stands here. */
  #classEscape(): Ranges | undefined {
    const letter = this.#source[this.#at + 1] ?? ''
    const perl = { d: DIGIT, s: SPACE, w: WORD }[letter.toLowerCase()]
    if (perl !== undefined) {
      this.#at += 2
      const ranges = this.#flags.fold ? foldCase(perl) : perl
      return letter === letter.toLowerCase() ? ranges : negate(normalize(ranges))
    }
    if (letter !== 'p' && letter !== 'P') return undefined
    const pattern = /\\[pP](?:\{(\^?)([^}]*)\}|([^{]))/uy
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    const text = match?.[0] ?? this.#source.slice(this.#at)
    const found = match === null ? undefined : unicodeClass(match[2] ?? match[3] ?? '')
    if (found === undefined) throw new RegexError('invalid character class range', text)
    this.#at += text.length
    const ranges = this.#flags.fold ? foldCase(found) : found
    return (letter === 'P') !== (match?.[1] === '^') ? negate(normalize(ranges)) : ranges
  }

  #escapedRune(): number {
    const start = this.#at
    this.#at++
    if (this.#at >= this.#source.length) throw new RegexError('trailing backslash at end of expression', '')
    const rune = this.#rune()
    const character = String.fromCodePoint(rune)
    const control = 'afnrtv'.indexOf(character)
    if (control >= 0) return [7, 12, 10, 13, 9, 11][control] ?? 0
    if (/[0-7]/.test(character)) {
      const pattern = character === '0' ? /[0-7]{0,2}/y : /[0-7]{1,2}/y
      pattern.lastIndex = this.#at
      const more = pattern.exec(this.#source)?.[0]
      if (more !== undefined) {
        this.#at += more.length
        return parseInt(character + more, 8)
      }
    } else if (character === 'x') {
      const pattern = /\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2})/y
      pattern.lastIndex = this.#at
      const match = pattern.exec(this.#source)
      const code = parseInt(match?.[1] ?? match?.[2] ?? 'ffffffff', 16)
      if (match !== null && code <= MAX_RUNE) {
        this.#at += match[0].length
        return code
      }
      this.#at = Math.min(this.#source.length, this.#at + 1)
    } else if (rune < 0x80 && !/[0-9A-Za-z]/.test(character)) return rune
    throw new RegexError('invalid escape sequence', this.#source.slice(start, this.#at))
  }

  #class(): Ranges {
    const start = this.#at
    this.#at++
    const negated = this.#peek() === '^'
    if (negated) this.#at++
    const ranges: number[] = []
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#at >= this.#source.length) throw new RegexError('missing closing ]', this.#source.slice(start))
      const named = this.#namedClass()
      if (named !== undefined) ranges.push(...named)
      else this.#range(ranges, start)
    }
    this.#at++
    const folded = this.#flags.fold ? foldCase(ranges) : ranges
    return negated ? negate(normalize(folded)) : normalize(folded)
  }

  #namedClass(): Ranges | undefined {
    if (this.#peek() === '\\') return this.#classEscape()
    const pattern = /\[:(\^?)(.*?):\]/sy
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    if (match === null) return undefined
    const ranges = POSIX.get(match[2] ?? '')
    if (ranges === undefined) throw new RegexError('invalid character class range', match[0])
    this.#at += match[0].length
    return match[1] === '^' ? negate(ranges) : ranges
  }

  #range(ranges: number[], start: number): void {
    const begin = this.#at
    const low = this.#classRune(start)
    let high = low
    if (this.#peek() === '-' && this.#source[this.#at + 1] !== ']' && this.#at + 1 < this.#source.length) {
      this.#at++
      high = this.#classRune(start)
      if (high < low) {
        throw new RegexError('invalid character class range', this.#source.slice(begin, this.#at))
      }
    }
    ranges.push(low, high)
  }

  #classRune(start: number): number {
    if (this.#at >= this.#source.length) throw new RegexError('missing closing ]', this.#source.slice(start))
    return this.#peek() === '\\' ? this.#escapedRune() : this.#rune()
  }
}

/** How many copies of its innermost part counted repetitions make. */
function copies(node: Node): number {
  switch (node.kind) {
    case 'repeat': {
      const own = Math.max(node.min, node.max, 1)
      return own * copies(node.node)
    }
    case 'group':
      return copies(node.node)
    case 'concat':
    case 'alternate':
      return Math.max(1, ...node.nodes.map(copies))
    default:
      return 1
  }
}
