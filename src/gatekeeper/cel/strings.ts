/** Functions over texts: cel-go's extension, and regular expressions in RE2's syntax and linear time. */
import type { Environment } from '@marcbachmann/cel-js'
import { replaceAll, splitText, trimSpace } from '../../rego/go/strings.ts'
import { compileCached, groupText } from '../../rego/regex/regex.ts'
import { charge } from './budget.ts'
import { formatCel } from './format.ts'
import { doubleText, timestampText } from './values.ts'

export function registerStrings(env: Environment): void {
  const on = (signature: string, handler: (...args: never[]) => unknown): void => {
    env.registerFunction(signature, handler, { async: false })
  }
  for (const type of ['string', 'bool', 'int', 'uint', 'google.protobuf.Duration'])
    on(`k8s_string(${type}): string`, String)
  on('k8s_string(double): string', doubleText)
  on('k8s_string(google.protobuf.Timestamp): string', timestampText)
  on('k8s_string(bytes): string', (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  for (const signature of ['string.k8s_matches(string): bool', 'k8s_matches(string, string): bool'])
    on(signature, (text: string, regex: string) => compileCached(regex).test(text))
  on('string.find(string): string', (text: string, regex: string) => findAll(text, regex, 1)[0] ?? '')
  on('string.findAll(string): list<string>', (text: string, regex: string) => findAll(text, regex))
  on('string.findAll(string, int): list<string>', (text: string, regex: string, limit: bigint) =>
    findAll(text, regex, limit < 0n ? undefined : Number(limit)),
  )
  on('string.k8s_lowerAscii(): string', (text: string) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase()))
  on('string.k8s_upperAscii(): string', (text: string) => text.replace(/[a-z]+/g, (part) => part.toUpperCase()))
  on('string.k8s_trim(): string', trimSpace)
  on('string.replace(string, string): string', (text: string, from: string, to: string) =>
    replaceAll(text, [[from, to]], charge),
  )
  on('string.replace(string, string, int): string', replaceSome)
  on('string.k8s_split(string): list<string>', (text: string, separator: string) => splitText(text, separator))
  on('string.k8s_split(string, int): list<string>', (text: string, separator: string, limit: bigint) =>
    splitText(text, separator, Number(limit)),
  )
  on('string.format(list): string', (template: string, args: readonly unknown[]) => formatCel(template, args))
  env.registerType('StringsNamespace', StringsNamespace)
  env.registerConstant('strings', 'StringsNamespace', new StringsNamespace())
  on('StringsNamespace.quote(string): string', (_: StringsNamespace, text: string) => quote(text))
  registerIndexes(on)
  env.registerOperator('bytes < bytes', (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) < 0)
  env.registerOperator('bytes <= bytes', (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) <= 0)
  env.registerOperator('bytes > bytes', (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) > 0)
  env.registerOperator('bytes >= bytes', (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) >= 0)
}

/** What `strings.quote` is called on. */
class StringsNamespace {
  readonly name = 'strings'
}

/** Places in texts are counted in characters, not in JavaScript's units. */
function registerIndexes(on: (signature: string, handler: (...args: never[]) => unknown) => void): void {
  on('string.charAt(int): string', (text: string, at: bigint) => {
    const characters = [...text]
    return characters[within(at, characters.length)] ?? ''
  })
  on('string.k8s_substring(int): string', (text: string, from: bigint) => {
    const characters = [...text]
    return characters.slice(within(from, characters.length)).join('')
  })
  on('string.k8s_substring(int, int): string', (text: string, from: bigint, to: bigint) => {
    const characters = [...text]
    if (from > to) throw new Error(`invalid substring range. start: ${from}, end: ${to}`)
    return characters.slice(within(from, characters.length), within(to, characters.length)).join('')
  })
  on('string.k8s_indexOf(string): int', (text: string, part: string) => indexOf(text, part, 0n))
  on('string.k8s_indexOf(string, int): int', indexOf)
  on('string.k8s_lastIndexOf(string): int', (text: string, part: string) =>
    lastIndexOf(text, part, BigInt(part === '' ? [...text].length : Math.max(0, [...text].length - 1))),
  )
  on('string.k8s_lastIndexOf(string, int): int', lastIndexOf)
}

function within(at: bigint, length: number): number {
  if (at < 0n || at > BigInt(length)) throw new Error(`index out of range: ${at}`)
  return Number(at)
}

function indexOf(text: string, part: string, from: bigint): bigint {
  const characters = [...text]
  if (from < 0n) throw new Error(`index out of range: ${from}`)
  const start = Math.min(Number(from), characters.length)
  if (part === '') return BigInt(start)
  const before = characters.slice(0, start).join('').length
  return characterAt(text, text.indexOf(part, before))
}

function lastIndexOf(text: string, part: string, from: bigint): bigint {
  const characters = [...text]
  if (from < 0n) throw new Error(`index out of range: ${from}`)
  const start = Number(from)
  if (part === '') return BigInt(Math.min(start, characters.length))
  if (start >= characters.length) return -1n
  return characterAt(text, text.lastIndexOf(part, characters.slice(0, start).join('').length))
}

function characterAt(text: string, unit: number): bigint {
  return unit < 0 ? -1n : BigInt(Array.from(text.slice(0, unit)).length)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

/** As a literal of CEL that gives the text. */
function quote(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd')
  return `"${whole.replace(/[\x07-\r\\"]/g, (one) => ESCAPES[one] ?? one)}"`
}

/** The first of them only; a negative limit is none. */
function replaceSome(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return replaceAll(text, [[from, to]], charge)
  const parts = splitText(text, from, Number(limit) + 1)
  // An empty text is also found before the first character.
  const all = from === '' && limit > 0n ? ['', ...splitText(text, from, Number(limit))] : parts
  const found = from === '' && text.length < Number(limit) ? [...all, ''] : all
  charge(found.length * to.length)
  return found.join(to)
}

function findAll(text: string, source: string, limit = Number.POSITIVE_INFINITY): string[] {
  const regex = compileCached(source)
  const found: string[] = []
  let from = 0
  while (found.length < limit && from <= text.length) {
    const match = regex.find(text, from)
    const [start, end] = match ?? []
    if (match === undefined || start === undefined || end === undefined) break
    found.push(groupText(text, match, 0))
    from = end > start ? end : end + 1
  }
  return found
}
