import type { Value } from '../../value.ts'
import { bool, compareStrings, formatNumber, list, map, nullValue, num, str } from './convert.ts'
import { NotKnown } from './definition.ts'

/** Beyond, a text is given up as unknown: values share parts, so a small file can stand for a huge text. */
const longest = 2_000_000

/** A value as Terraform's `jsonencode` prints it. Throws NotKnown if any of it is unknown. */
export function encodeJson(value: Value): string {
  const pieces: string[] = []
  let length = 0
  const add = (piece: string) => {
    length += piece.length
    if (length > longest) throw new RangeError('the JSON text is too long')
    pieces.push(piece)
  }
  const write = (current: Value): void => {
    switch (current.kind) {
      case 'unknown':
        throw new NotKnown(current)
      case 'null':
        return add('null')
      case 'bool':
        return add(String(current.value))
      case 'number':
        return add(formatNumber(current.value))
      case 'string':
        return add(quoteJson(current.value))
      case 'list':
        if (current.rest !== undefined) throw new NotKnown(current.rest)
        add('[')
        for (const [i, item] of current.items.entries()) {
          if (i > 0) add(',')
          write(item)
        }
        return add(']')
      case 'map': {
        if (current.rest !== undefined) throw new NotKnown(current.rest)
        add('{')
        for (const [i, key] of sortedKeys(current.entries).entries()) {
          add(`${i > 0 ? ',' : ''}${quoteJson(key)}:`)
          write(current.entries.get(key) ?? nullValue)
        }
        return add('}')
      }
    }
  }
  write(value)
  return pieces.join('')
}

/** Go's escapes: those of JSON, and what could end a script element or a line of JavaScript. */
export function quoteJson(text: string): string {
  const escaped = JSON.stringify(text)
  return escaped.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export function sortedKeys(entries: ReadonlyMap<string, Value>): readonly string[] {
  return [...entries.keys()].toSorted(compareStrings)
}

/** What a JSON or YAML parser gave, as a value without origins; maps may be objects or Maps. */
export function fromPlain(plain: unknown): Value {
  if (plain === null || plain === undefined) return nullValue
  if (typeof plain === 'string') return str(plain)
  if (typeof plain === 'number') return num(plain)
  if (typeof plain === 'boolean') return bool(plain)
  if (Array.isArray(plain)) return list(plain.map((item: unknown) => fromPlain(item)))
  const entries: Iterable<readonly [unknown, unknown]> = plain instanceof Map ? plain : Object.entries(plain)
  return map(Array.from(entries, ([key, item]) => [String(key), fromPlain(item)] as const))
}
