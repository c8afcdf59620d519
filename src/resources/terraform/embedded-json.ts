import type { HclDocument, TemplateExpression } from '../../parse/hcl/ast.ts'
import type { Span } from '../../text/span.ts'
import type { EmbeddedJsonOrigin, UnknownValue, Value } from '../value.ts'
import { sourceSpans } from './template-offsets.ts'
import { joinedText, type Segment } from './templates.ts'
import { toStringValue } from './functions/convert.ts'
import { NULL, traitsOf, unknown } from './values.ts'

const MAX_DEPTH = 60
/** Stands in the scanned text for a value that has no text of its own. */
const HOLE = '\uFFFC'

/** The template that a JSON text is written as. */
interface JsonHost {
  readonly document: HclDocument
  readonly segments: readonly Segment[]
  readonly host: TemplateExpression
}

/**
 * Attaches the structure of a JSON text to a string that is one, or would be one if its unknown parts were known. Any
 * other value comes back as it is. Without a host (a file's content, a function's result) the pieces have no origin.
 */
export function withEncodedJson(value: Value, host?: JsonHost): Value {
  if ((value.kind !== 'string' && value.kind !== 'unknown') || value.encodes !== undefined) return value
  const first = value.kind === 'string' ? value.value : value.parts?.[0]
  if (typeof first !== 'string' || !/^\s*[[{]/.test(first)) return value
  const reader = new JsonReader(host)
  if (host !== undefined) reader.addSegments(host)
  else if (value.kind === 'string') reader.addText(value.value)
  else value.parts?.forEach((part) => (typeof part === 'string' ? reader.addText(part) : reader.addHole(part)))
  const encodes = reader.read()
  return encodes === undefined ? value : { ...value, encodes }
}

class JsonReader {
  readonly #host: JsonHost | undefined
  #text = ''
  /** Per character of `#text`: what spells it in the document. */
  readonly #spans: (Span | undefined)[] = []
  readonly #holes = new Map<number, Value>()
  #at = 0

  constructor(host: JsonHost | undefined) {
    this.#host = host
  }

  addText(text: string, spans?: readonly Span[], whole?: Span): void {
    this.#text += text
    for (let i = 0; i < text.length; i++) this.#spans.push(spans?.[i] ?? whole)
  }

  addHole(value: Value, span?: Span): void {
    this.#holes.set(this.#text.length, value)
    this.addText(HOLE, undefined, span)
  }

  addSegments({ document, host, segments }: JsonHost): void {
    for (const segment of segments) {
      if (segment.kind === 'text') {
        const { value, span } = segment.part
        this.addText(value, sourceSpans(value, document.text.slice(span.start, span.end), span.start, host.style))
        continue
      }
      const known = toStringValue(segment.value)
      // A known text stands in the JSON as it is, quotes and all; what has a structure keeps it.
      if (known.kind === 'string' && known.encodes === undefined && known.refs === undefined) {
        this.addText(known.value, undefined, segment.span)
      } else {
        this.addHole(segment.value, segment.span)
      }
    }
  }

  /** The structure, or undefined if the text is not one JSON value. */
  read(): Value | undefined {
    const value = this.#value(0)
    this.#space()
    return this.#at === this.#text.length ? value : undefined
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? 'x') || this.#text[this.#at] === '\uFEFF') this.#at++
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    return true
  }

  #value(depth: number): Value | undefined {
    if (depth > MAX_DEPTH) return undefined
    this.#space()
    const start = this.#at
    const hole = this.#holes.get(start)
    if (hole !== undefined) {
      this.#at++
      return holeValue(hole)
    }
    switch (this.#text[start]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      default:
        break
    }
    if (this.#take('null')) return { ...NULL, ...this.#origin(start) }
    if (this.#take('true')) return { kind: 'bool', value: true, ...this.#origin(start) }
    if (this.#take('false')) return { kind: 'bool', value: false, ...this.#origin(start) }
    const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(start, start + 60))?.[0]
    if (number === undefined) return undefined
    this.#at += number.length
    return { kind: 'number', value: Number(number), ...this.#origin(start) }
  }

  #object(depth: number): Value | undefined {
    const start = this.#at++
    const entries = new Map<string, Value>()
    const keySpans = new Map<string, Span>()
    let rest: UnknownValue | undefined
    this.#space()
    if (this.#take('}')) return { kind: 'map', entries, ...this.#origin(start) }
    for (;;) {
      this.#space()
      const keyStart = this.#at
      if (this.#text[keyStart] !== '"') return undefined
      const key = this.#string()
      const keySpan = this.#span(keyStart)
      this.#space()
      if (key === undefined || !this.#take(':')) return undefined
      const value = this.#value(depth + 1)
      if (value === undefined) return undefined
      if (key.kind === 'string') {
        entries.set(key.value, value)
        if (keySpan !== undefined) keySpans.set(key.value, keySpan)
      } else {
        rest = unknown('a key of the JSON text is unknown', traitsOf(key))
      }
      this.#space()
      if (this.#take(',')) continue
      if (!this.#take('}')) return undefined
      return { kind: 'map', entries, keySpans, ...(rest && { rest }), ...this.#origin(start) }
    }
  }

  #array(depth: number): Value | undefined {
    const start = this.#at++
    const items: Value[] = []
    this.#space()
    if (this.#take(']')) return { kind: 'list', items, ...this.#origin(start) }
    for (;;) {
      const item = this.#value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
      this.#space()
      if (this.#take(',')) continue
      if (!this.#take(']')) return undefined
      return { kind: 'list', items, ...this.#origin(start) }
    }
  }

  #string(): Value | undefined {
    const start = this.#at++
    const pieces: (string | UnknownValue)[] = []
    const values: Value[] = []
    let text = ''
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined || char === '\n') return undefined
      const hole = this.#holes.get(this.#at)
      this.#at++
      if (hole !== undefined) {
        values.push(hole)
        const known = toStringValue(hole)
        if (known.kind === 'string') {
          text += known.value
        } else {
          if (text !== '') pieces.push(text)
          text = ''
          pieces.push(...flatParts(hole))
        }
      } else if (char === '"') {
        break
      } else if (char === '\\') {
        const escape = this.#escape()
        if (escape === undefined) return undefined
        text += escape
      } else {
        text += char
      }
    }
    if (text !== '') pieces.push(text)
    return { ...joinedText(pieces, values), ...this.#origin(start) }
  }

  /** The character behind a backslash. */
  #escape(): string | undefined {
    const code = this.#text[this.#at] ?? ''
    this.#at++
    if (code === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + 4)
      this.#at += 4
      return /^[0-9a-fA-F]{4}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined
    }
    const simple: Readonly<Record<string, string>> = {
      n: '\n',
      t: '\t',
      r: '\r',
      b: '\b',
      f: '\f',
      '"': '"',
      '\\': '\\',
      '/': '/',
    }
    return Object.hasOwn(simple, code) ? simple[code] : undefined
  }

  /** The piece of the document that the text from `start` to here was written as; undefined if that is not one piece. */
  #span(start: number): Span | undefined {
    const first = this.#spans[start]
    const last = this.#spans[this.#at - 1]
    if (first === undefined || last === undefined || last.end < first.end) return undefined
    return { start: first.start, end: last.end }
  }

  #origin(start: number): { readonly origin?: EmbeddedJsonOrigin } {
    const span = this.#span(start)
    if (this.#host === undefined || span === undefined) return {}
    const { document, host } = this.#host
    return { origin: { language: 'embedded-json', document, host, span } }
  }
}

/** A value that stands in the JSON text unquoted: its text is JSON itself. */
function holeValue(value: Value): Value {
  if ((value.kind === 'string' || value.kind === 'unknown') && value.encodes !== undefined) return value.encodes
  if (value.kind === 'string') return withEncodedJsonText(value.value, value)
  if (value.kind === 'number' || value.kind === 'bool') return value
  const reason = value.kind === 'unknown' ? value.reason : 'not a JSON text'
  return unknown(reason, { ...traitsOf(value), origin: value.origin })
}

function withEncodedJsonText(json: string, from: Value): Value {
  try {
    const scalar: unknown = JSON.parse(json)
    const marks = { ...traitsOf(from), origin: from.origin }
    if (typeof scalar === 'string') return { kind: 'string', value: scalar, ...marks }
    if (typeof scalar === 'number') return { kind: 'number', value: scalar, ...marks }
    if (typeof scalar === 'boolean') return { kind: 'bool', value: scalar, ...marks }
    if (scalar === null) return { ...NULL, ...marks }
  } catch {
    // Not JSON: falls through to unknown.
  }
  return unknown('an interpolated text is not a JSON value', traitsOf(from))
}

function flatParts(value: Value): readonly (string | UnknownValue)[] {
  if (value.kind !== 'unknown') return [unknown('not a text', traitsOf(value))]
  return value.parts ?? [value]
}
