/** Texts into tokens. Whitespace and comments are left out, but tokens know what stood before them. */
import { type Comment } from './ast.ts'
import { RegoError, type Source } from './errors.ts'

type TokenKind = 'ident' | 'number' | 'string' | 'template' | 'op' | 'eof'

export interface Token {
  readonly kind: TokenKind
  /** A string's value, otherwise the text itself. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** Whitespace or a comment stands before it. */
  readonly spaced: boolean
  /** A line ended before it. */
  readonly newline: boolean
  /** Only for templates: texts and the tokens of expressions, each list ended by an `eof`. */
  readonly parts?: readonly (string | readonly Token[])[]
}

const OPERATORS2 = new Set([':=', '==', '!=', '<=', '>='])
const OPERATORS1 = new Set('()[]{},;:.=<>+-*/%&|'.split(''))
const MAX_NESTING = 64

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '"': '"',
  '\\': '\\',
  '/': '/',
}

export interface Lexed {
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
}

/** Throws a `RegoError` with `rego_parse_error`. */
export function lex(source: Source): Lexed {
  const lexer = new Lexer(source)
  const tokens = lexer.run(false)
  return { tokens, comments: lexer.comments }
}

class Lexer {
  readonly comments: Comment[] = []
  readonly #source: Source
  readonly #text: string
  #at = 0
  #nesting = 0

  constructor(source: Source) {
    this.#source = source
    this.#text = source.text
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1
  }

  /** To the end of the text, or of a template's expression (`}` is then the next character). */
  run(inTemplate: boolean): Token[] {
    const tokens: Token[] = []
    const text = this.#text
    let depth = 0
    for (;;) {
      const before = this.#at
      const newline = this.#skip()
      const spaced = this.#at > before
      const start = this.#at
      if (start >= text.length) {
        if (inTemplate) this.#fail('non-terminated template expression', before, text.length)
        tokens.push({ kind: 'eof', text: '', start, end: start, spaced, newline })
        return tokens
      }
      if (inTemplate && depth === 0 && text[start] === '}') {
        tokens.push({ kind: 'eof', text: '', start, end: start, spaced, newline })
        return tokens
      }
      const token = this.#token(start, spaced, newline)
      if (token.kind === 'op') {
        if (token.text === '{') depth++
        else if (token.text === '}') depth--
      }
      tokens.push(token)
    }
  }

  #fail(message: string, start: number, end: number): never {
    const { length } = this.#text
    const span = { start: Math.min(start, length), end: Math.min(end, length) }
    throw new RegoError('rego_parse_error', message, { source: this.#source, span })
  }

  /** Past whitespace and comments; true if a line ended. */
  #skip(): boolean {
    const text = this.#text
    let newline = false
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code === 10 || code === 13) newline = true
      else if (code === 35) {
        const start = this.#at
        let end = start
        while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
        this.comments.push({ text: text.slice(start + 1, end), span: { start, end } })
        this.#at = end
        continue
      } else if (code !== 32 && code !== 9) return newline
      this.#at++
    }
  }

  #token(start: number, spaced: boolean, newline: boolean): Token {
    const text = this.#text
    const code = text.charCodeAt(start)
    if (isIdentStart(code)) {
      let end = start + 1
      while (isIdentPart(text.charCodeAt(end))) end++
      this.#at = end
      return { kind: 'ident', text: text.slice(start, end), start, end, spaced, newline }
    }
    if (isDigit(code)) return this.#number(start, spaced, newline)
    if (code === 34) {
      const value = this.#string(start)
      return { kind: 'string', text: value, start, end: this.#at, spaced, newline }
    }
    if (code === 96) {
      const end = text.indexOf('`', start + 1)
      if (end < 0) this.#fail('non-terminated string', start, text.length)
      this.#at = end + 1
      const value = text.slice(start + 1, end)
      return { kind: 'string', text: value, start, end: end + 1, spaced, newline }
    }
    if (code === 36 && (text[start + 1] === '"' || text[start + 1] === '`'))
      return this.#template(start, spaced, newline)
    const two = text.slice(start, start + 2)
    const op = OPERATORS2.has(two) ? two : (text[start] ?? '')
    if (op.length === 1 && !OPERATORS1.has(op)) {
      const wide = String.fromCodePoint(text.codePointAt(start) ?? 0)
      this.#fail(`illegal token: unexpected character ${JSON.stringify(wide)}`, start, start + wide.length)
    }
    this.#at = start + op.length
    return { kind: 'op', text: op, start, end: this.#at, spaced, newline }
  }

  #number(start: number, spaced: boolean, newline: boolean): Token {
    const match = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    match.lastIndex = start
    const found = match.exec(this.#text)?.[0] ?? '0'
    const end = start + found.length
    if (/^0\d/.test(found)) this.#fail('illegal number format', start, end)
    if (isIdentStart(this.#text.charCodeAt(end))) this.#fail('illegal number format', start, end + 1)
    this.#at = end
    return { kind: 'number', text: found, start, end, spaced, newline }
  }

  #string(start: number): string {
    const text = this.#text
    let value = ''
    let at = start + 1
    for (;;) {
      const character = text[at]
      if (character === undefined || character === '\n') this.#fail('non-terminated string', start, at)
      if (character === '"') break
      if (character === '\\') {
        const { value: escaped, length } = this.#escape(at, false)
        value += escaped
        at += length
      } else {
        value += character
        at++
      }
    }
    this.#at = at + 1
    return value
  }

  /** At a backslash. */
  #escape(at: number, template: boolean): { readonly value: string; readonly length: number } {
    const next = this.#text[at + 1] ?? ''
    const short = ESCAPES[next]
    if (short !== undefined) return { value: short, length: 2 }
    if (template && next === '{') return { value: '{', length: 2 }
    if (next === 'u') {
      const hex = this.#text.slice(at + 2, at + 6)
      if (/^[0-9a-fA-F]{4}$/.test(hex)) return { value: String.fromCharCode(Number.parseInt(hex, 16)), length: 6 }
    }
    return this.#fail('illegal escape sequence in string', at, at + 2)
  }

  #template(start: number, spaced: boolean, newline: boolean): Token {
    if (++this.#nesting > MAX_NESTING) this.#fail('template strings nested too deeply', start, start + 2)
    const text = this.#text
    const quote = text[start + 1]
    const raw = quote === '`'
    const parts: (string | readonly Token[])[] = []
    let value = ''
    let at = start + 2
    for (;;) {
      const character = text[at]
      if (character === undefined || (!raw && character === '\n')) this.#fail('non-terminated string', start, at)
      if (character === quote) break
      if (character === '\\' && (!raw || text[at + 1] === '{')) {
        const escaped = this.#escape(at, true)
        value += escaped.value
        at += escaped.length
      } else if (character === '{') {
        parts.push(value)
        value = ''
        this.#at = at + 1
        parts.push(this.run(true))
        at = this.#at + 1
      } else {
        value += character
        at++
      }
    }
    parts.push(value)
    this.#at = at + 1
    this.#nesting--
    return { kind: 'template', text: '', start, end: at + 1, spaced, newline, parts }
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isIdentStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
}

function isIdentPart(code: number): boolean {
  return isIdentStart(code) || isDigit(code)
}
