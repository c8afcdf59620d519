import type { UnknownValue, Value } from '../../value.ts'
import { compareStrings, list, toStringValue } from './convert.ts'
import { define, Fault, type FunctionTable, integer, items, raw, readText, text, texts } from './definition.ts'
import { graphemes } from './grapheme.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "String Functions"; format and regex are apart. */
export const stringFunctions: FunctionTable = {
  chomp: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => trimWhile(value, (c) => c === '\n' || c === '\r', 'end'),
  }),
  endswith: define({
    parameters: [raw('str'), text('suffix')],
    returns: 'bool',
    call([value, suffix]) {
      const last = fixedParts(value)?.at(-1)
      if (typeof last === 'string' && last.endsWith(suffix)) return true
      if (typeof last === 'string' && !suffix.endsWith(last)) return false
      return readText(value).endsWith(suffix)
    },
  }),
  indent: define({
    parameters: [integer('spaces'), text('str')],
    returns: 'string',
    call([spaces, value]) {
      if (spaces < 0) throw new Fault('the number of spaces must not be negative')
      if (spaces > 10_000) throw new RangeError('too many spaces')
      return value.replaceAll('\n', `\n${' '.repeat(spaces)}`)
    },
  }),
  join: define({
    parameters: [text('separator')],
    variadic: texts('lists'),
    least: 1,
    returns: 'string',
    refine: (args) => joinedParts(args),
    call: ([separator], lists) => lists.flat().join(separator),
  }),
  lower: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => mapCase(value, (c) => c.toLowerCase()),
  }),
  sort: define({
    parameters: [items('list')],
    returns: 'list',
    marks: 'structural',
    call: ([value]) => sortStrings(value.items, value.rest),
  }),
  split: define({
    parameters: [text('separator'), text('str')],
    returns: 'list',
    call: ([separator, value]) => (separator === '' ? [...value] : value.split(separator)),
  }),
  startswith: define({
    parameters: [raw('str'), text('prefix')],
    returns: 'bool',
    call([value, prefix]) {
      const first = fixedParts(value)?.[0]
      if (typeof first === 'string' && first.startsWith(prefix)) return true
      if (typeof first === 'string' && !prefix.startsWith(first)) return false
      return readText(value).startsWith(prefix)
    },
  }),
  strcontains: define({
    parameters: [raw('str'), text('substr')],
    returns: 'bool',
    call([value, part]) {
      if (fixedParts(value)?.some((fixed) => typeof fixed === 'string' && fixed.includes(part))) return true
      return readText(value).includes(part)
    },
  }),
  strrev: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => graphemes(value).toReversed().join(''),
  }),
  substr: define({
    parameters: [text('str'), integer('offset'), integer('length')],
    returns: 'string',
    call([value, offset, length]) {
      const clusters = graphemes(value)
      const start = offset < 0 ? Math.max(0, clusters.length + offset) : offset
      // From the end, no length means all of it.
      const all = length < 0 || (length === 0 && offset < 0)
      return clusters.slice(start, all ? undefined : start + length).join('')
    },
  }),
  title: define({ parameters: [text('str')], returns: 'string', call: ([value]) => titleCase(value) }),
  trim: define({
    parameters: [text('str'), text('cutset')],
    returns: 'string',
    call([value, cutset]) {
      const cut = new Set(cutset)
      return trimWhile(value, (c) => cut.has(c), 'both')
    },
  }),
  trimprefix: define({
    parameters: [text('str'), text('prefix')],
    returns: 'string',
    call: ([value, prefix]) => (value.startsWith(prefix) ? value.slice(prefix.length) : value),
  }),
  trimspace: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => trimWhile(value, (c) => /^[\t-\r\u0085\p{Z}]$/u.test(c), 'both'),
  }),
  trimsuffix: define({
    parameters: [text('str'), text('suffix')],
    returns: 'string',
    call: ([value, suffix]) => (value.endsWith(suffix) ? value.slice(0, value.length - suffix.length) : value),
  }),
  upper: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => mapCase(value, (c) => c.toUpperCase()),
  }),
}

function fixedParts(value: Value): UnknownValue['parts'] {
  return value.kind === 'unknown' ? value.parts : undefined
}

function trimWhile(text: string, cut: (character: string) => boolean, where: 'end' | 'both'): string {
  const characters = [...text]
  let end = characters.length
  while (end > 0 && cut(characters[end - 1] ?? '')) end--
  if (where === 'end') return characters.slice(0, end).join('')
  let start = 0
  while (start < end && cut(characters[start] ?? '')) start++
  return characters.slice(start, end).join('')
}

/** Go maps single characters to single characters: `ß` has no upper case. */
function mapCase(text: string, map: (character: string) => string): string {
  return Array.from(text, (character) => {
    const mapped = map(character)
    return [...mapped].length === 1 ? mapped : character
  }).join('')
}

/** Go's strings.Title: a letter after anything but letters, digits and underscores (or other Unicode symbols). */
function titleCase(text: string): string {
  let afterSeparator = true
  return Array.from(text, (character) => {
    const result = afterSeparator ? mapCase(character, (c) => c.toUpperCase()) : character
    afterSeparator = /^[\u0000-\u007f]$/.test(character) ? !/^\w$/.test(character) : /^[\u0085\p{Z}]$/u.test(character)
    return result
  }).join('')
}

/** What is unknown could stand anywhere in the order, so then the list is only known to hold these items. */
function sortStrings(values: readonly Value[], rest: UnknownValue | undefined): Value {
  const converted = values.map(toStringValue)
  const open = rest ?? converted.find((item) => item.kind === 'unknown')
  const known = converted.filter((item) => item.kind === 'string')
  for (const item of converted) {
    if (item.kind !== 'unknown') readText(item)
  }
  const sorted = known.toSorted((a, b) => compareStrings(a.value, b.value))
  if (open === undefined) return list(sorted)
  const unknowns = converted.filter((item) => item.kind === 'unknown')
  return list([...sorted, ...unknowns], { kind: 'unknown', reason: open.reason, refs: open.refs, type: 'string' })
}

/** A joined text with holes where items are unknown. */
function joinedParts([separator, ...lists]: readonly Value[]): { parts: (string | UnknownValue)[] } | undefined {
  if (separator?.kind !== 'string') return undefined
  const parts: (string | UnknownValue)[] = []
  for (const [i, item] of lists
    .flatMap((value) => (value.kind === 'list' && value.set !== true ? value.items : [value]))
    .entries()) {
    if (i > 0) parts.push(separator.value)
    const converted = toStringValue(item)
    if (converted.kind === 'string') parts.push(converted.value)
    else if (converted.kind === 'unknown' && converted.type === 'string' && item.kind === 'unknown')
      parts.push(converted)
    else return undefined
  }
  const open = lists.some((value) => value.kind !== 'list' || value.rest !== undefined || value.set === true)
  return open ? undefined : { parts: mergeParts(parts) }
}

/** Joins neighbouring texts and drops empty ones. */
export function mergeParts(parts: readonly (string | UnknownValue)[]): (string | UnknownValue)[] {
  const merged: (string | UnknownValue)[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part
    else if (part !== '') merged.push(part)
  }
  return merged
}
