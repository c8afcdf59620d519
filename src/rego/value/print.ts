/** Values as OPA prints terms. */
import { numberText } from '../number/decimal.ts'
import { bounded, spend } from './work.ts'
import { isNumber, RegoObject, RegoSet, type Value } from './value.ts'

/** Sets as `{"a", "b"}` or `set()`, objects by sorted keys, strings in quotes. */
export function printValue(value: Value): string {
  return value !== null && typeof value === 'object' ? bounded(() => print(value)) : print(value)
}

function print(value: Value): string {
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isNumber(value)) return numberText(value)
  spend(1)
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${printItems(value.sorted())}}`
  if (value instanceof RegoObject) {
    let text = ''
    for (const key of value.keys()) {
      text += `${text === '' ? '' : ', '}${print(key)}: ${print(value.get(key) ?? null)}`
    }
    return `{${text}}`
  }
  return `[${printItems(value)}]`
}

function printItems(items: readonly Value[]): string {
  let text = ''
  for (const item of items) text += text === '' ? print(item) : `, ${print(item)}`
  return text
}

/** A string as itself, everything else as `printValue`. */
export function displayValue(value: Value): string {
  return typeof value === 'string' ? value : printValue(value)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

/** What Go's `strconv.Quote` gives. */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  return `"${text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escape)}"`
}

function escape(character: string): string {
  const short = ESCAPES[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return `\\x${hex(code, 2)}`
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}
