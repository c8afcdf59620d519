import type { Span } from '../../text/span.ts'
import { MAX_DEPTH, type Report } from './cursor.ts'
import { tooDeepMessage } from './template.ts'

/** A JSON value with its place in the text. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonScalar | JsonInvalid

export interface JsonObject {
  readonly kind: 'object'
  /** In the order of the text; a key may come twice. */
  readonly members: readonly JsonMember[]
  /** False if the closing brace is missing. */
  readonly closed: boolean
  readonly span: Span
}

export interface JsonMember {
  readonly key: JsonString
  readonly value: JsonNode
}

interface JsonArray {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
  readonly span: Span
}

export interface JsonString {
  readonly kind: 'string'
  readonly value: string
  /**
   * Where each UTF-16 unit of `value` stands in the text, with one more entry for its end; undefined if the text spells
   * the string without escapes.
   */
  readonly offsets: readonly number[] | undefined
  /** With the quotes. */
  readonly span: Span
  /** Without the quotes. */
  readonly contentSpan: Span
}

interface JsonScalar {
  readonly kind: 'scalar'
  readonly value: number | boolean | null
  readonly raw: string
  readonly span: Span
}

interface JsonInvalid {
  readonly kind: 'invalid'
  readonly span: Span
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /[^\s"{}[\],:]+/y
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Reads a JSON text; mistakes are reported, and what is around them is still read. */
export function scanJson(text: string): { readonly root: JsonNode; readonly reports: readonly Report[] } {
  const scanner = new JsonScanner(text)
  return { root: scanner.document(), reports: scanner.reports }
}

class JsonScanner {
  readonly reports: Report[] = []
  readonly #text: string
  #at: number
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  }

  document(): JsonNode {
    this.#skipSpace()
    const root = this.#value()
    this.#skipSpace()
    if (this.#at < this.#text.length) {
      const span = { start: this.#at, end: this.#text.length }
      this.#report(span, 'hcl-json-trailing', 'A JSON file holds one value: remove what follows it.')
    }
    return root
  }

  #report(span: Span, code: string, message: string): void {
    this.reports.push({ span, code, message })
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return
      this.#at++
    }
  }

  #peek(): string {
    this.#skipSpace()
    return this.#text.charAt(this.#at)
  }

  #here(): Span {
    return { start: this.#at, end: Math.min(this.#at + 1, this.#text.length) }
  }

  #value(): JsonNode {
    const first = this.#peek()
    if (first === '"') return this.#string()
    if (first === '{' || first === '[') return this.#nested(first)
    const start = this.#at
    WORD.lastIndex = start
    const raw = WORD.exec(this.#text)?.[0] ?? ''
    const span = { start, end: start + raw.length }
    if (raw === '') {
      const what = first === '' ? 'the end of the file' : `"${first}"`
      this.#report(this.#here(), 'hcl-json-expected-value', `A JSON value is expected here, not ${what}.`)
      return { kind: 'invalid', span }
    }
    this.#at = span.end
    const word = WORDS.get(raw)
    if (word !== undefined) return { kind: 'scalar', value: word, raw, span }
    NUMBER.lastIndex = start
    if (NUMBER.exec(this.#text)?.[0] === raw) return { kind: 'scalar', value: Number(raw), raw, span }
    this.#report(
      span,
      'hcl-json-invalid-value',
      'This is no JSON value: strings stand in double quotes; comments go into "//" properties.',
    )
    return { kind: 'invalid', span }
  }

  #nested(opener: '{' | '['): JsonNode {
    const start = this.#at
    if (this.#depth >= MAX_DEPTH) {
      this.#skipBalanced()
      const span = { start, end: this.#at }
      this.#report({ start, end: start + 1 }, 'hcl-too-deep', tooDeepMessage())
      return { kind: 'invalid', span }
    }
    this.#depth++
    const node = opener === '{' ? this.#object(start) : this.#array(start)
    this.#depth--
    return node
  }

  #object(start: number): JsonObject {
    const members: JsonMember[] = []
    const closed = this.#items(start, '}', () => {
      if (this.#peek() !== '"') {
        this.#report(this.#here(), 'hcl-json-expected-key', 'A property name in double quotes is expected here.')
        return false
      }
      const key = this.#string()
      if (this.#peek() !== ':') {
        this.#report(this.#here(), 'hcl-json-expected-colon', 'A property needs ":" and a value after its name.')
        return false
      }
      this.#at++
      const value = this.#value()
      members.push({ key, value })
      return value.kind !== 'invalid'
    })
    return { kind: 'object', members, closed, span: { start, end: this.#at } }
  }

  #array(start: number): JsonArray {
    const items: JsonNode[] = []
    this.#items(start, ']', () => {
      const item = this.#value()
      items.push(item)
      return item.kind !== 'invalid'
    })
    return { kind: 'array', items, span: { start, end: this.#at } }
  }

  /** Items with commas between them, up to the closer; `item` returns false when it lost its way. False if unclosed. */
  #items(start: number, closer: '}' | ']', item: () => boolean): boolean {
    this.#at++
    if (this.#closes(closer)) return true
    for (;;) {
      const sound = item()
      if (this.#closes(closer)) return true
      if (this.#peek() === ',') {
        const comma = this.#here()
        this.#at++
        if (!this.#closes(closer)) continue
        this.#report(comma, 'hcl-json-trailing-comma', 'JSON allows no comma after the last item: remove it.')
        return true
      }
      const next = this.#peek()
      if (next === '' || next === '}' || next === ']') {
        this.#report(
          { start, end: start + 1 },
          'hcl-json-unclosed',
          `This is never closed: add the missing "${closer}".`,
        )
        return false
      }
      if (sound) this.#report(this.#here(), 'hcl-json-expected-comma', `A comma or "${closer}" is expected here.`)
      // If an item follows a sound one, only the comma is missing; else the next item begins after the next comma.
      if (sound && (closer === '}' ? next === '"' : next !== ':')) continue
      this.#skipToComma()
      if (this.#peek() === ',') this.#at++
      if (this.#closes(closer)) return true
      if (this.#at >= this.#text.length) return false
    }
  }

  #closes(closer: string): boolean {
    if (this.#peek() !== closer) return false
    this.#at++
    return true
  }

  #skipToComma(): void {
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at)
      if (char === ',' || char === '}' || char === ']') return
      if (char === '"' || char === '{' || char === '[') this.#skipBalanced()
      else this.#at++
    }
  }

  /** Skips one string or bracketed value without a look at its grammar. */
  #skipBalanced(): void {
    let depth = 0
    do {
      const char = this.#text.charAt(this.#at)
      if (char === '"') {
        this.#at = this.#stringEnd(this.#at)
        continue
      }
      if (char === '{' || char === '[') depth++
      else if (char === '}' || char === ']') depth--
      this.#at++
    } while (depth > 0 && this.#at < this.#text.length)
  }

  /** The offset after a string's closing quote, or that of the line's end if it is not closed. */
  #stringEnd(start: number): number {
    for (let at = start + 1; at < this.#text.length; at++) {
      const char = this.#text.charAt(at)
      if (char === '"') return at + 1
      if (char === '\n' || char === '\r') return at
      if (char === '\\') at++
    }
    return this.#text.length
  }

  #string(): JsonString {
    const start = this.#at
    const end = this.#stringEnd(start)
    const closed = end - start >= 2 && this.#text.charAt(end - 1) === '"'
    if (!closed) {
      this.#report(
        { start, end },
        'hcl-json-unclosed-string',
        'This string is not closed on its line: add the missing double quote, and write \\n for a line break.',
      )
    }
    this.#at = end
    const contentSpan = { start: start + 1, end: closed ? end - 1 : end }
    const raw = this.#text.slice(contentSpan.start, contentSpan.end)
    const span = { start, end }
    const control = raw.search(/[\u0000-\u001f]/)
    if (control >= 0) {
      const place = { start: contentSpan.start + control, end: contentSpan.start + control + 1 }
      this.#report(
        place,
        'hcl-json-control-character',
        'A string holds no tab or other control character as such: write \\t or \\uNNNN.',
      )
    }
    if (!raw.includes('\\')) return { kind: 'string', value: raw, offsets: undefined, span, contentSpan }
    return { kind: 'string', ...this.#decode(raw, contentSpan.start), span, contentSpan }
  }

  #decode(raw: string, base: number): { readonly value: string; readonly offsets: readonly number[] } {
    const offsets: number[] = []
    let value = ''
    let at = 0
    while (at < raw.length) {
      offsets.push(base + at)
      const char = raw.charAt(at)
      if (char !== '\\') {
        value += char
        at++
        continue
      }
      const hex = /^\\u[0-9a-fA-F]{4}/.exec(raw.slice(at, at + 6))?.[0]
      const known = ESCAPES.get(raw.charAt(at + 1))
      if (hex === undefined && known === undefined) {
        const span = { start: base + at, end: Math.min(base + at + 2, base + raw.length) }
        this.#report(span, 'hcl-json-invalid-escape', 'This is no JSON escape: write \\\\ for a backslash.')
      }
      value += hex === undefined ? (known ?? char) : String.fromCharCode(Number.parseInt(hex.slice(2), 16))
      at += hex === undefined ? (known === undefined ? 1 : 2) : 6
    }
    offsets.push(base + raw.length)
    return { value, offsets }
  }
}
