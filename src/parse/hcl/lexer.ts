import type { Span } from '../../text/span.ts'
import { isSpace, type Punctuation, type Token, type TokenKind } from './token.ts'

/** Where the lexer stands: in code (a file or `${ }`), or in one of the three kinds of template text. */
interface Mode {
  readonly kind: 'code' | 'quoted' | 'heredoc' | 'bare'
  /** The offset of the opener. */
  readonly opened: number
  /** The word that closes a heredoc. */
  readonly marker: string
  /** Open braces in code mode, so that the brace that closes `${` is known. */
  braces: number
  /** True if a heredoc's closing marker may stand here. */
  atLineStart: boolean
}

export interface LexResult {
  readonly tokens: readonly Token[]
  /** Comments without their line ends. */
  readonly comments: readonly Span[]
}

const TAB = 9
const LF = 10
const CR = 13
const DOLLAR = 36
const PERCENT = 37
const QUOTE = 34
const BACKSLASH = 92
const OPEN_BRACE = 123
const TILDE = 126

const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/uy
const UNICODE_IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
const NUMBER = /\d(?:[\d.]|[eE][+-]?\d)*/y
const PUNCTUATION: ReadonlyMap<string, Punctuation> = new Map(
  (
    [
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      '.',
      ',',
      '*',
      '/',
      '%',
      '+',
      '-',
      '=',
      '<',
      '>',
      '!',
      '?',
      ':',
    ] satisfies Punctuation[]
  ).map((mark) => [mark, mark]),
)
const LONG_PUNCTUATION: ReadonlyMap<string, Punctuation> = new Map(
  (['==', '!=', '>=', '<=', '&&', '||', '::', '=>'] satisfies Punctuation[]).map((mark) => [mark, mark]),
)

/** Splits a whole file (`code`) or the content of a JSON string (`bare`, a template without quotes) into tokens. */
export function lex(source: string, start: 'code' | 'bare'): LexResult {
  return new Lexer(source, start).run()
}

class Lexer {
  readonly #source: string
  readonly #tokens: Token[] = []
  readonly #comments: Span[] = []
  readonly #modes: Mode[] = []
  #mode: Mode
  #at = 0
  /** True once a block comment was found to have no end: then no later one has, and none is searched. */
  #endless = false
  /** Where the current line of code began. */
  #line = 0

  constructor(source: string, start: 'code' | 'bare') {
    this.#source = source
    this.#mode = { kind: start, opened: 0, marker: '', braces: 0, atLineStart: true }
    if (start === 'code' && source.charCodeAt(0) === 0xfeff) this.#at = 1
  }

  run(): LexResult {
    const { length } = this.#source
    while (this.#at < length) {
      if (this.#mode.kind === 'code') this.#code()
      else if (this.#mode.kind === 'quoted') this.#quoted()
      else this.#lines()
    }
    this.#push('end-of-file', length, length)
    return { tokens: this.#tokens, comments: this.#comments }
  }

  #push(kind: TokenKind, start: number, end: number): void {
    this.#tokens.push({ kind, start, end, text: undefined })
    this.#at = end
  }

  #enter(kind: Mode['kind'], marker: string, opened: number): void {
    this.#modes.push(this.#mode)
    this.#mode = { kind, opened, marker, braces: 0, atLineStart: true }
  }

  #leave(): void {
    this.#mode = this.#modes.pop() ?? this.#mode
  }

  #code(): void {
    const source = this.#source
    const at = this.#at
    const code = source.charCodeAt(at)
    if (code === 32 || code === TAB) {
      this.#at++
    } else if (isIdentifierStart(code)) {
      let end = at + 1
      while (isIdentifierPart(source.charCodeAt(end))) end++
      if (source.charCodeAt(end) > 127) end = at + (this.#match(UNICODE_IDENTIFIER)?.[0].length ?? end - at)
      this.#push('identifier', at, end)
    } else if (code === LF) {
      this.#newline(at, at + 1)
    } else if (code === CR && source.charCodeAt(at + 1) === LF) {
      this.#newline(at, at + 2)
    } else if (code === QUOTE) {
      this.#push('open-quote', at, at + 1)
      this.#enter('quoted', '', at)
    } else if (code >= 48 && code <= 57) {
      // A trailing dot is not the number's: `foo.0.bar`, `1...`.
      const spelling = (this.#match(NUMBER)?.[0] ?? '').replace(/\.+$/, '')
      this.#push('number', at, at + spelling.length)
    } else {
      this.#mark(source.charAt(at), source.charAt(at + 1))
    }
  }

  /** A line of a heredoc's marker alone ends the heredoc even if a `${` in it was never closed. */
  #newline(start: number, end: number): void {
    this.#push('newline', start, end)
    this.#line = end
    const outer = this.#modes.at(-1)
    if (outer?.kind !== 'heredoc' || this.#markerEnd(outer.marker) === undefined) return
    this.#push('unclosed', end, end)
    this.#leave()
    outer.atLineStart = true
  }

  #mark(first: string, second: string): void {
    const at = this.#at
    const inSequence = this.#mode.braces === 0 && this.#modes.length > 0
    if (first === '#' || (first === '/' && second === '/')) return this.#lineComment()
    if (first === '/' && second === '*') return this.#blockComment()
    if (first === '{') {
      this.#mode.braces++
      return this.#push('{', at, at + 1)
    }
    if (first === '}' && inSequence) {
      this.#push('close-sequence', at, at + 1)
      return this.#leave()
    }
    if (first === '}') {
      if (this.#mode.braces > 0) this.#mode.braces--
      return this.#push('}', at, at + 1)
    }
    if (first === '~' && second === '}' && inSequence) {
      this.#push('close-sequence', at, at + 2)
      return this.#leave()
    }
    if (first === '<' && second === '<') {
      const heredoc = this.#match(HEREDOC)
      if (heredoc === undefined) return this.#push('invalid', at, at + 2)
      this.#push('open-heredoc', at, at + heredoc[0].length)
      return this.#enter('heredoc', heredoc[1] ?? '', at)
    }
    if (first === '.' && this.#source.startsWith('...', at)) return this.#push('...', at, at + 3)
    const long = LONG_PUNCTUATION.get(first + second)
    if (long !== undefined) return this.#push(long, at, at + 2)
    const short = PUNCTUATION.get(first)
    if (short !== undefined) return this.#push(short, at, at + 1)
    const identifier = this.#match(UNICODE_IDENTIFIER)
    if (identifier !== undefined) return this.#push('identifier', at, at + identifier[0].length)
    this.#push('invalid', at, at + ((this.#source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1))
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#source) ?? undefined
  }

  #lineComment(): void {
    const start = this.#at
    let end = this.#source.indexOf('\n', start)
    if (end < 0) end = this.#source.length
    else if (this.#source.charCodeAt(end - 1) === CR) end--
    this.#comments.push({ start, end })
    this.#at = end
  }

  #blockComment(): void {
    const start = this.#at
    const close = this.#endless ? -1 : this.#source.indexOf('*/', start + 2)
    this.#endless = close < 0
    if (close < 0) return this.#push('invalid', start, start + 2)
    this.#comments.push({ start, end: close + 2 })
    this.#at = close + 2
  }

  #text(start: number, end: number): void {
    if (end > start) this.#push('text', start, end)
    this.#at = end
  }

  /** True if `${` or `%{` opens here: then the text before it and the opener are emitted. */
  #sequence(start: number, at: number, code: number): boolean {
    if (this.#source.charCodeAt(at + 1) !== OPEN_BRACE) return false
    this.#text(start, at)
    const end = at + (this.#source.charCodeAt(at + 2) === TILDE ? 3 : 2)
    this.#push(code === DOLLAR ? 'open-interpolation' : 'open-directive', at, end)
    this.#mode.atLineStart = false
    this.#enter('code', '', at)
    return true
  }

  /** The length of what a `$` or `%` that opens nothing covers: itself, or the escape `$${`. */
  #plainSign(at: number, code: number): number {
    const source = this.#source
    return source.charCodeAt(at + 1) === code && source.charCodeAt(at + 2) === OPEN_BRACE ? 3 : 1
  }

  #quoted(): void {
    const source = this.#source
    const start = this.#at
    let at = start
    for (; at < source.length; at++) {
      const code = source.charCodeAt(at)
      if (code === QUOTE) {
        this.#text(start, at)
        this.#push('close-quote', at, at + 1)
        return this.#leave()
      }
      if (code === LF || code === CR) {
        this.#text(start, at)
        return this.#abandonLine(at)
      }
      if (code === BACKSLASH) {
        const next = source.charCodeAt(at + 1)
        if (next !== LF && next !== CR) at++
      } else if (code === DOLLAR || code === PERCENT) {
        if (this.#sequence(start, at, code)) return
        at += this.#plainSign(at, code) - 1
      }
    }
    this.#text(start, source.length)
  }

  /**
   * A quoted string ends with its line at the latest. If it was opened inside `${` of another string on this very
   * line, the outer one is given up as well: otherwise `"${a"` would turn the rest of the file inside out.
   */
  #abandonLine(at: number): void {
    this.#push('unclosed', at, at)
    this.#leave()
    for (;;) {
      const outer = this.#modes.at(-1)
      if (this.#mode.kind !== 'code' || outer?.kind !== 'quoted' || outer.opened < this.#line) return
      this.#leave()
      this.#push('unclosed', at, at)
      this.#leave()
    }
  }

  /** A heredoc's or a bare template's text, one token a line, as HCL's trimming rules go by tokens. */
  #lines(): void {
    const source = this.#source
    const mode = this.#mode
    const markerEnd = mode.kind === 'heredoc' && mode.atLineStart ? this.#markerEnd(mode.marker) : undefined
    if (markerEnd !== undefined) return this.#closeHeredoc(markerEnd)
    const start = this.#at
    for (let at = start; at < source.length; at++) {
      const code = source.charCodeAt(at)
      if (code === LF) {
        mode.atLineStart = true
        this.#line = at + 1
        return this.#text(start, at + 1)
      }
      if (code === DOLLAR || code === PERCENT) {
        if (this.#sequence(start, at, code)) return
        at += this.#plainSign(at, code) - 1
      }
    }
    this.#text(start, source.length)
  }

  /** The offset after the marker if it stands alone on the line that begins here. */
  #markerEnd(marker: string): number | undefined {
    const start = this.#skipSpace(this.#at)
    if (!this.#source.startsWith(marker, start)) return undefined
    const end = start + marker.length
    const lineEnd = this.#skipSpace(end)
    return lineEnd < this.#source.length && this.#source.charCodeAt(lineEnd) !== LF ? undefined : end
  }

  #closeHeredoc(markerEnd: number): void {
    this.#push('close-heredoc', this.#at, markerEnd)
    const lineEnd = this.#skipSpace(markerEnd)
    const isCrLf = lineEnd < this.#source.length && lineEnd > markerEnd && this.#source.charCodeAt(lineEnd - 1) === CR
    this.#at = isCrLf ? lineEnd - 1 : lineEnd
    this.#leave()
  }

  /** The next offset that is no white space, or the line's end. */
  #skipSpace(from: number): number {
    let at = from
    while (at < this.#source.length && this.#source.charCodeAt(at) !== LF && isSpace(this.#source.charAt(at))) at++
    return at
  }
}

function isIdentifierStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
}

function isIdentifierPart(code: number): boolean {
  return isIdentifierStart(code) || (code >= 48 && code <= 57) || code === 45
}
