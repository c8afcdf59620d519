import type { Span } from '../../text/span.ts'
import type { Token, TokenKind } from './token.ts'

/** A diagnostic before it knows its file: where, the code, the message. */
export interface Report {
  readonly span: Span
  readonly code: string
  readonly message: string
}

const CLOSERS: ReadonlyMap<TokenKind, TokenKind> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
  ['open-quote', 'close-quote'],
  ['open-heredoc', 'close-heredoc'],
  ['open-interpolation', 'close-sequence'],
  ['open-directive', 'close-sequence'],
])
const BRACKETS: ReadonlySet<TokenKind> = new Set([')', ']', '}'])
const CLOSING: ReadonlySet<TokenKind> = new Set([...CLOSERS.values(), 'unclosed'])

/** Levels of nesting beyond which a file is refused: enough for any real one, and safe for every recursion over it. */
export const MAX_DEPTH = 250

/** A place in a list of tokens, with what a recursive-descent parser needs around it. */
export class Cursor {
  readonly reports: Report[] = []
  /** False inside brackets, where line ends mean nothing. */
  newlines = true
  /**
   * True from a syntax error until the parser has found its feet again: nothing more is reported meanwhile, and every
   * construct on the way hands back what it has.
   */
  broken = false
  /** How many constructs the parser is inside of. */
  depth = 0
  /** How high the tree is that is being built: it bounds what nesting in the source does not. */
  height = 0
  /** The offset after the last token read. */
  end = 0
  readonly #source: string
  readonly #tokens: readonly Token[]
  readonly #last: Token
  #index = 0

  constructor(source: string, tokens: readonly Token[]) {
    this.#source = source
    this.#tokens = tokens
    this.#last = tokens.at(-1) ?? { kind: 'end-of-file', start: 0, end: 0, text: undefined }
    this.end = tokens[0]?.start ?? 0
  }

  peek(): Token {
    let token = this.#tokens[this.#index] ?? this.#last
    while (!this.newlines && token.kind === 'newline') token = this.#tokens[++this.#index] ?? this.#last
    return token
  }

  /** The token `distance` after the next one, line ends counted. */
  ahead(distance: number): Token {
    this.peek()
    return this.#tokens[this.#index + distance] ?? this.#last
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end-of-file') this.#index++
    this.end = token.end
    return token
  }

  /** Reads the next token if it is of this kind. */
  take(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false
    this.next()
    return true
  }

  text(token: Token): string {
    return token.text ?? this.#source.slice(token.start, token.end)
  }

  isKeyword(keyword: string): boolean {
    const token = this.peek()
    return token.kind === 'identifier' && this.text(token) === keyword
  }

  /** True if the token is the first thing on its line, in the first column. */
  inFirstColumn(token: Token): boolean {
    return token.start === 0 || this.#source.charCodeAt(token.start - 1) === 10
  }

  mark(): { readonly index: number; readonly reports: number } {
    return { index: this.#index, reports: this.reports.length }
  }

  /** Goes back to a mark and forgets what was reported since. */
  reset(mark: { readonly index: number; readonly reports: number }): void {
    this.#index = mark.index
    this.reports.length = mark.reports
    this.end = this.#tokens[mark.index - 1]?.end ?? 0
    this.broken = false
  }

  /** A mistake that does not disturb the reading. */
  note(span: Span, code: string, message: string): void {
    if (!this.broken) this.reports.push({ span: { start: span.start, end: span.end }, code, message })
  }

  /** A mistake after which the parser is lost until `recover`. */
  fail(span: Span, code: string, message: string): void {
    this.note(span, code, message)
    this.broken = true
  }

  /**
   * After a failure: skips to the next of `stops` at this level of nesting, to a closer that belongs to an outer level,
   * or to the end; reads none of these. Inside `[` and `(` also stops before a line that begins an attribute or a
   * block, as a forgotten closer must not swallow the rest of the file.
   */
  recover(...stops: TokenKind[]): void {
    const newlines = this.newlines
    this.newlines = true
    if (this.#index > 0 && this.#tokens[this.#index - 1]?.kind === 'newline' && this.#itemAt(0)) this.#index--
    // The lexer knows where a sequence ends, whatever stands in it; an object's own items look like a body's.
    const inSequence = stops.includes('close-sequence')
    const heedsItems = !inSequence && !stops.includes('}')
    const open: TokenKind[] = []
    for (;;) {
      const token = this.peek()
      if (token.kind === 'end-of-file') break
      if (CLOSING.has(token.kind)) {
        const at = open.lastIndexOf(token.kind === 'unclosed' ? 'close-quote' : token.kind)
        if (at >= 0) open.length = at
        else if (!inSequence || !BRACKETS.has(token.kind)) break
      } else {
        if (open.length === 0 && stops.includes(token.kind)) break
        if (token.kind === 'newline' && !inSequence && this.#itemAt(1)) {
          while (open.at(-1) === ']' || open.at(-1) === ')') open.pop()
          if (open.length === 0 && (heedsItems || stops.includes('newline'))) break
        }
        const closer = CLOSERS.get(token.kind)
        if (closer !== undefined) open.push(closer)
      }
      const { end } = this
      this.next()
      if (token.kind === 'newline') this.end = end
    }
    this.newlines = newlines
  }

  #itemAt(distance: number): boolean {
    if (this.ahead(distance).kind !== 'identifier') return false
    const { kind } = this.ahead(distance + 1)
    return kind === '=' || kind === '{' || kind === 'open-quote'
  }
}
