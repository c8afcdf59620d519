import { list, map, nullValue, str } from './convert.ts'
import { define, Fault, type FunctionTable, text } from './definition.ts'
import { type Re2, translateRe2 } from './re2.ts'
import type { Value } from '../../value.ts'

/** `regex`, `regexall` and `replace`: https://developer.hashicorp.com/terraform/language/functions/regex */
export const regexFunctions: FunctionTable = {
  regex: define({
    parameters: [text('pattern'), text('string')],
    call([pattern, value]) {
      const compiled = compile(pattern, value)
      const [match] = matches(value, compiled.regex)
      if (match === undefined) throw new Fault('the pattern does not match the string')
      return captures(compiled, match)
    },
  }),
  regexall: define({
    parameters: [text('pattern'), text('string')],
    returns: 'list',
    call([pattern, value]) {
      const compiled = compile(pattern, value)
      return list(Array.from(matches(value, compiled.regex), (match) => captures(compiled, match)))
    },
  }),
  replace: define({
    parameters: [text('str'), text('substr'), text('replace')],
    returns: 'string',
    call([value, part, replacement]) {
      const pattern = /^\/([\s\S]*)\/$/.exec(part)?.[1]
      if (pattern === undefined) return replaceAll(value, part, replacement)
      const compiled = translateRe2(pattern)
      compiled.guard(value.length)
      return replaceMatches(value, compiled, replacement)
    },
  }),
}

function compile(pattern: string, value: string): Re2 {
  const compiled = translateRe2(pattern)
  const named = compiled.groups.filter((name) => name !== undefined).length
  if (named > 0 && named < compiled.groups.length) throw new Fault('pattern: named and unnamed groups cannot be mixed')
  compiled.guard(value.length)
  return compiled
}

/** The whole match if there are no groups, else a list or a map of what the groups took, null for those without part. */
function captures({ groups }: Re2, match: RegExpExecArray): Value {
  if (groups.length === 0) return str(match[0])
  const taken = groups.map((_, i): Value => {
    const part: string | undefined = match[i + 1]
    return part === undefined ? nullValue : str(part)
  })
  if (groups[0] === undefined) return list(taken)
  return map(taken.map((part, i) => [groups[i] ?? '', part] as const))
}

/** All matches but empty ones right after another, which Go does not count. */
function* matches(value: string, regex: RegExp): Generator<RegExpExecArray, void> {
  let end = -1
  for (const match of value.matchAll(regex)) {
    if (match[0] === '' && match.index === end) continue
    end = match.index + match[0].length
    yield match
  }
}

const longest = 2_000_000

function replaceMatches(value: string, compiled: Re2, template: string): string {
  let result = ''
  let at = 0
  for (const match of matches(value, compiled.regex)) {
    result += value.slice(at, match.index) + expand(template, compiled, match)
    at = match.index + match[0].length
    if (result.length > longest) throw new RangeError('the result is too long')
  }
  return result + value.slice(at)
}

function replaceAll(value: string, part: string, replacement: string): string {
  const count = part === '' ? value.length + 1 : value.split(part).length - 1
  if (value.length + count * replacement.length > longest) throw new RangeError('the result is too long')
  return value.replaceAll(part, () => replacement)
}

/** Go's templates: `$1`, `${name}`, `$$`; the longest name counts, and a group that does not exist is empty. */
function expand(template: string, { groups }: Re2, match: readonly (string | undefined)[]): string {
  return template.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_: string, bare?: string, braced?: string) => {
    const name = bare ?? braced
    if (name === undefined) return '$'
    const index = /^\d+$/.test(name) ? Number(name) : groups.indexOf(name) + 1
    if (index === 0 && name !== '0' && !/^0+$/.test(name)) return ''
    return index > groups.length ? '' : (match[index] ?? '')
  })
}
