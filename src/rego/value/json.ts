/** Values from and to JSON text, numbers exact in both directions. */
import { Decimal, numberText, parseNumber, toDouble } from '../number/decimal.ts'
import { bounded, spend } from './work.ts'
import { fromJson, isNumber, ObjectBuilder, RegoObject, RegoSet, type Value } from './value.ts'

const MAX_DEPTH = 1000

/** Reads JSON. Throws a `SyntaxError`. The last of several equal keys wins. */
export function parseJson(text: string): Value {
  // Numbers of up to 15 characters without an exponent and without zeros at their end are the same in JavaScript.
  if (!/[\d.]{16}|\d[eE]|(?:^|[[:,\s])-?(?:\d+\.\d*0|(?<=-)0)(?=[\s,\]}]|$)/.test(text) && !isDeep(text)) {
    const raw: unknown = JSON.parse(text)
    return fromJson(raw)
  }
  return new JsonReader(text).document()
}

function isDeep(text: string): boolean {
  if (text.length < MAX_DEPTH) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index) | 0x20
    if (code === 0x7b) {
      if (++depth > MAX_DEPTH) return true
    } else if (code === 0x7d) depth--
  }
  return false
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORDS: ReadonlyArray<readonly [string, null | boolean]> = [
  ['null', null],
  ['true', true],
  ['false', false],
]

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Value {
    const value = this.#value(0)
    this.#space()
    if (this.#at < this.#text.length) this.#fail()
    return value
  }

  #fail(): never {
    const found = this.#text[this.#at]
    throw new SyntaxError(
      found === undefined ? 'unexpected end of JSON input' : `invalid character ${JSON.stringify(found)}`,
    )
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #space(): void {
    this.#match(SPACE)
  }

  #take(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #value(depth: number): Value {
    if (depth > MAX_DEPTH) throw new SyntaxError('exceeded max depth')
    if (this.#take('{')) return this.#object(depth)
    if (this.#take('[')) return this.#array(depth)
    if (this.#text[this.#at] === '"') return this.#string()
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    const number = this.#match(NUMBER)
    if (number === undefined) this.#fail()
    const value = parseNumber(number)
    if (value === undefined) throw new SyntaxError(`invalid number: number too big: ${number.slice(0, 40)}`)
    return value
  }

  #string(): string {
    const raw = this.#match(STRING)
    if (raw === undefined) this.#fail()
    const parsed: unknown = JSON.parse(raw)
    return String(parsed)
  }

  #array(depth: number): Value {
    const items: Value[] = []
    if (this.#take(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) this.#fail()
    return items
  }

  #object(depth: number): Value {
    const members = new ObjectBuilder()
    if (this.#take('}')) return members.build()
    do {
      this.#space()
      const key = this.#string()
      if (!this.#take(':')) this.#fail()
      members.set(key, this.#value(depth + 1))
    } while (this.#take(','))
    if (!this.#take('}')) this.#fail()
    return members.build()
  }
}

/** Plain JavaScript data. Sets become arrays in order, keys that are no strings their JSON text; a `Decimal` its nearest number. */
export function toJson(value: Value): unknown {
  return value === null || typeof value !== 'object' ? value : bounded(() => plain(value))
}

function plain(value: Value): unknown {
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Decimal) return toDouble(value)
  spend(1)
  if (value instanceof RegoSet) return value.sorted().map(plain)
  if (value instanceof RegoObject) {
    const members: [string, unknown][] = []
    for (const [key, member] of value) members.push([keyText(key), plain(member)])
    return Object.fromEntries(members)
  }
  return value.map(plain)
}

function keyText(key: Value): string {
  return typeof key === 'string' ? key : jsonText(key)
}

/** Compact JSON, keys sorted, numbers exact; strings by `string` where they are escaped otherwise. */
export function jsonText(value: Value, string: (text: string) => string = JSON.stringify): string {
  if (typeof value === 'string') return string(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isNumber(value)) return numberText(value)
  spend(1)
  if (value instanceof RegoSet)
    return `[${value
      .sorted()
      .map((member) => jsonText(member, string))
      .join(',')}]`
  if (value instanceof RegoObject) {
    const members = Array.from(value, ([key, member]) => `${string(keyText(key))}:${jsonText(member, string)}`)
    return `{${members.join(',')}}`
  }
  return `[${value.map((item) => jsonText(item, string)).join(',')}]`
}
