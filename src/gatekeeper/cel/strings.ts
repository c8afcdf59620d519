/** Kubernetes' functions over texts: cel-go's extension, and regular expressions in RE2's syntax and linear time. */
import type { Environment } from '@marcbachmann/cel-js'
import { compileCached, groupText } from '../../rego/regex/regex.ts'
import { formatCel } from './format.ts'
import { doubleText, timestampText } from './values.ts'

/**
 * Calls that go to functions of ours: the library's `matches` runs JavaScript's expressions, its case functions change more than ASCII,
 * and its `string` writes doubles as JavaScript does.
 */
export const OURS: ReadonlyMap<string, string> = new Map([
  ['matches', 'matchesRe2'],
  ['lowerAscii', 'asciiToLower'],
  ['upperAscii', 'asciiToUpper'],
  ['string', 'toText'],
])

export function registerStrings(env: Environment): void {
  for (const type of ['string', 'bool', 'int', 'uint', 'google.protobuf.Duration'])
    env.registerFunction(`toText(${type}): string`, String)
  env.registerFunction('toText(double): string', doubleText)
  env.registerFunction('toText(google.protobuf.Timestamp): string', timestampText)
  env.registerFunction('toText(bytes): string', (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'))
  env.registerFunction('string.matchesRe2(string): bool', (text: string, regex: string) =>
    compileCached(regex).test(text),
  )
  env.registerFunction('matchesRe2(string, string): bool', (text: string, regex: string) =>
    compileCached(regex).test(text),
  )
  env.registerFunction('string.asciiToLower(): string', (text: string) =>
    text.replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  )
  env.registerFunction('string.asciiToUpper(): string', (text: string) =>
    text.replace(/[a-z]+/g, (part) => part.toUpperCase()),
  )
  env.registerFunction('string.find(string): string', (text: string, regex: string) => findAll(text, regex, 1)[0] ?? '')
  env.registerFunction('string.findAll(string): list<string>', (text: string, regex: string) => findAll(text, regex))
  env.registerFunction('string.findAll(string, int): list<string>', (text: string, regex: string, limit: bigint) =>
    findAll(text, regex, limit < 0n ? undefined : Number(limit)),
  )
  env.registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  )
  env.registerFunction('string.replace(string, string, int): string', replaceSome)
  env.registerFunction('string.charAt(int): string', (text: string, at: bigint) => {
    const characters = [...text]
    if (at < 0n || at > characters.length) throw new Error(`index out of range: ${at}`)
    return characters[Number(at)] ?? ''
  })
  env.registerFunction('string.format(list): string', (template: string, args: Iterable<unknown>) =>
    formatCel(template, [...args]),
  )
}

function replaceSome(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(from, () => to)
  let left = limit
  return text.replaceAll(from, (found) => (left-- > 0n ? to : found))
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
