/** Tokens, keywords and errors: what both parsers of terms and of modules stand on. */
import type { Span } from '../../text/span.ts'
import type { RegoVersion } from '../ast.ts'
import { RegoError, type Source } from '../errors.ts'
import type { Token } from '../lexer.ts'

const ALWAYS = ['package', 'import', 'as', 'default', 'else', 'not', 'some', 'with', 'null', 'true', 'false']

export const FUTURE_KEYWORDS: readonly string[] = ['contains', 'every', 'if', 'in']

/** How deep terms and bodies may be nested. */
const MAX_DEPTH = 400

export class ParserBase {
  readonly source: Source
  readonly version: RegoVersion
  protected readonly keywords: Set<string>
  protected tokens: readonly Token[]
  protected at = 0
  #depth = 0

  constructor(source: Source, tokens: readonly Token[], version: RegoVersion) {
    this.source = source
    this.tokens = tokens
    this.version = version
    this.keywords = new Set(ALWAYS)
    if (version === 'v1') for (const keyword of FUTURE_KEYWORDS) this.keywords.add(keyword)
  }

  protected get token(): Token {
    return this.peek(0)
  }

  protected peek(distance: number): Token {
    const token = this.tokens[Math.min(this.at + distance, this.tokens.length - 1)]
    if (token === undefined) throw new TypeError('a token list must end with eof')
    return token
  }

  /** The end of what was read last. */
  protected get lastEnd(): number {
    return this.tokens[this.at - 1]?.end ?? this.tokens[0]?.start ?? 0
  }

  protected advance(): Token {
    const token = this.token
    if (token.kind !== 'eof') this.at++
    return token
  }

  protected isOp(text: string, distance = 0): boolean {
    const token = this.peek(distance)
    return token.kind === 'op' && token.text === text
  }

  /** True for a keyword that stands for itself: `not.x` and `not[0]` are refs. */
  protected isKeyword(text: string, distance = 0): boolean {
    const token = this.peek(distance)
    return token.kind === 'ident' && token.text === text && this.keywords.has(text) && !this.#startsRef(distance)
  }

  protected isAnyKeyword(token: Token): boolean {
    return this.keywords.has(token.text)
  }

  #startsRef(distance: number): boolean {
    const next = this.peek(distance + 1)
    return next.kind === 'op' && !next.spaced && (next.text === '.' || next.text === '[')
  }

  /** An identifier that is no keyword, or a keyword at the head of a ref. */
  protected isName(distance = 0): boolean {
    const token = this.peek(distance)
    if (token.kind !== 'ident') return false
    if (!this.keywords.has(token.text)) return true
    return this.#startsRef(distance)
  }

  /** A name in a term. As OPA has it, `contains` is a keyword where rules are declared and nowhere else. */
  protected isVariable(): boolean {
    return this.isName() || (this.token.kind === 'ident' && this.token.text === 'contains')
  }

  protected takeOp(text: string): boolean {
    if (!this.isOp(text)) return false
    this.at++
    return true
  }

  protected expectOp(text: string): void {
    if (!this.takeOp(text)) this.unexpected(`expected ${text}`)
  }

  protected spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.lastEnd) }
  }

  protected fail(message: string, span: Span): never {
    throw new RegoError('rego_parse_error', message, { source: this.source, span: spanOf(span) })
  }

  protected unexpected(note: string): never {
    const { kind, text, start, end } = this.token
    const name =
      kind === 'eof'
        ? 'eof'
        : kind === 'ident' && !this.keywords.has(text)
          ? 'identifier'
          : kind === 'template'
            ? 'string'
            : kind === 'op' || kind === 'ident'
              ? text
              : kind
    const keyword = kind === 'ident' && this.keywords.has(text) ? 'keyword' : 'token'
    this.fail(`unexpected ${name} ${keyword}: ${note}`, { start, end })
  }

  protected nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.fail('max recursion depth exceeded', this.token)
    try {
      return read()
    } finally {
      this.#depth--
    }
  }

  /** Tries a reading; on a parse error the place is as before and the answer undefined. */
  protected attempt<T>(read: () => T | undefined): T | undefined {
    const at = this.at
    try {
      const result = read()
      if (result !== undefined) return result
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      this.lastAttempt = error
    }
    this.at = at
    return undefined
  }

  /** Why the last attempt failed. */
  protected lastAttempt: RegoError | undefined
}

export function spanOf({ start, end }: Span): Span {
  return { start, end }
}
