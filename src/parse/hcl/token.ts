/** The kinds of token; punctuation is its own name. */
export type TokenKind =
  | 'identifier'
  | 'number'
  | 'newline'
  | 'end-of-file'
  | 'invalid'
  | 'open-quote'
  | 'close-quote'
  | 'open-heredoc'
  | 'close-heredoc'
  | 'text'
  | 'open-interpolation'
  | 'open-directive'
  | 'close-sequence'
  | 'unclosed'
  | Punctuation

export type Punctuation =
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | '.'
  | ','
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '='
  | '<'
  | '>'
  | '!'
  | '?'
  | ':'
  | '=='
  | '!='
  | '>='
  | '<='
  | '&&'
  | '||'
  | '::'
  | '...'
  | '=>'

/**
 * `start` and `end` are offsets into the file. `text` is set where the file spells the token differently (inside a
 * JSON string with escapes); else the text is the file's own between the offsets.
 */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly text: string | undefined
}

/** What is white space to Go's unicode.IsSpace, which HCL trims by. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

export function isSpace(char: string): boolean {
  return SPACE.test(char)
}
