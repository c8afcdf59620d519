import type { ListValue, MapValue, UnknownValue, Value } from '../../value.ts'
import { compareStrings, list, map, nullValue, num, str, toBool, toStringValue, unknownFrom } from './convert.ts'
import {
  chosen,
  define,
  entries,
  Fault,
  type FunctionTable,
  items,
  known,
  mergeRefs,
  NotKnown,
  raw,
  readBool,
  readText,
  restFrom,
  text,
} from './definition.ts'
import { graphemes } from './grapheme.ts'
import { sortedKeys } from './json.ts'
import { countRange, includes, openCause } from './members.ts'

/** The collection functions about maps and about any collection: https://developer.hashicorp.com/terraform/language/functions */
export const collectionFunctions: FunctionTable = {
  alltrue: define({ parameters: [items('list')], returns: 'bool', call: ([source]) => quantify(source, false) }),
  anytrue: define({ parameters: [items('list')], returns: 'bool', call: ([source]) => quantify(source, true) }),
  coalesce: define({
    parameters: [],
    variadic: raw('vals'),
    least: 1,
    marks: 'moved',
    call: (_, values) => coalesce(values),
  }),
  contains: define({
    parameters: [items('list'), raw('value')],
    returns: 'bool',
    call([source, value]) {
      if (value.kind === 'null') throw new Fault('value: must not be null')
      const found = includes(source, value)
      if (found === undefined) throw new NotKnown(value.kind === 'unknown' ? value : openCause(source))
      return found
    },
  }),
  keys: define({
    parameters: [entries('inputMap')],
    returns: 'list',
    marks: 'structural',
    call: ([source]) =>
      list(
        sortedKeys(source.entries).map((key) => str(key)),
        source.rest === undefined ? undefined : unknownFrom(source.rest, 'string', true),
      ),
  }),
  length: define({
    parameters: [raw('value')],
    returns: 'number',
    marks: 'structural',
    call: ([value]) => lengthOf(value),
  }),
  lookup: define({
    parameters: [raw('inputMap'), text('key')],
    variadic: raw('default'),
    most: 3,
    nullable: true,
    marks: 'moved',
    call: ([source, key], [fallback]) => lookup(source, key, fallback),
  }),
  merge: define({
    parameters: [],
    variadic: raw('maps'),
    returns: 'map',
    marks: 'structural',
    call: (_, maps) => merge(maps),
  }),
  transpose: define({
    parameters: [entries('values')],
    returns: 'map',
    call: ([source]) => transpose(source),
  }),
  values: define({
    parameters: [entries('mapping')],
    returns: 'list',
    marks: 'structural',
    call: ([source]) =>
      list(
        sortedKeys(source.entries).map((key) => source.entries.get(key) ?? nullValue),
        source.rest,
      ),
  }),
  zipmap: define({
    parameters: [items('keys'), items('values')],
    returns: 'map',
    marks: 'structural',
    call: ([keys, values]) => zipmap(keys, values),
  }),
}

/** Whether some item is `sought` (`anytrue`), or none is (`alltrue` seeks false). Null counts as false. */
function quantify({ items: members, rest }: ListValue, sought: boolean): boolean {
  let open = rest
  let found = false
  for (const item of members) {
    const converted = toBool(item)
    if (converted.kind === 'unknown' && item.kind === 'unknown') open ??= item
    else if ((converted.kind === 'null' ? false : readBool(converted)) === sought) found = true
  }
  if (found) return sought
  if (open !== undefined) throw new NotKnown(open)
  return !sought
}

/** The first that is neither null nor an empty string. */
function coalesce(values: readonly Value[]): Value {
  const open: UnknownValue[] = []
  for (const value of values) {
    if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) continue
    const settled = value.kind !== 'unknown' || isFilled(value)
    if (!settled) {
      open.push(value)
      continue
    }
    const result = mixedScalars(values) ? toStringValue(value) : value
    return open.length === 0 ? result : eitherOf(open, result)
  }
  if (open.length === 0) throw new Fault('all arguments are null or empty')
  return eitherOf(open)
}

/** Surely neither null nor an empty string. */
function isFilled({ notNull, type, parts, candidates, encodes }: UnknownValue): boolean {
  if (encodes !== undefined) return true
  if (candidates !== undefined) {
    return candidates.every(
      (one) => one.kind !== 'null' && one.kind !== 'unknown' && (one.kind !== 'string' || one.value !== ''),
    )
  }
  if (notNull === true && type !== undefined && type !== 'string') return true
  return parts?.some((part) => typeof part === 'string' && part !== '') ?? false
}

/** Throws Fault where the arguments have no common type. */
function mixedScalars(values: readonly Value[]): boolean {
  const types = new Set(values.map((value) => (value.kind === 'unknown' ? value.type : value.kind)))
  types.delete('null')
  const open = types.delete(undefined)
  if (types.size > 1 && open && !types.has('list') && !types.has('map')) return types.has('string')
  if (types.size > 1 && !types.has('string')) throw new Fault('the arguments have no common type')
  if (types.size > 1 && (types.has('list') || types.has('map'))) throw new Fault('the arguments have no common type')
  return types.size > 1
}

function eitherOf(open: readonly UnknownValue[], last?: Value): UnknownValue {
  const all: readonly Value[] = last === undefined ? open : [...open, last]
  const types = new Set(all.map((value) => (value.kind === 'unknown' ? value.type : value.kind)))
  const [type] = types
  const [first] = open
  const cause: UnknownValue = first ?? { kind: 'unknown', reason: 'not known which argument is the first that is set' }
  const sensitive = all.some((value) => value.sensitive === true)
  return {
    ...unknownFrom(cause, types.size === 1 && type !== 'null' ? type : undefined, true),
    refs: mergeRefs(...all.map((value) => value.refs)),
    ...(sensitive && { sensitive }),
  }
}

function lengthOf(value: Value): number | Value {
  const collection = known(value)
  if (collection.kind === 'string') return graphemes(collection.value).length
  if (collection.kind === 'map') {
    if (collection.rest !== undefined) throw new NotKnown(collection.rest)
    return collection.entries.size
  }
  if (collection.kind !== 'list') throw new Fault('a collection or string is required')
  const uncertain = collection.items.some((item) => item.kind === 'map' && item.uncertain !== undefined)
  const { least, most } = countRange(collection)
  if (uncertain || most - least > 15) throw new NotKnown(openCause(collection))
  if (least === most) return most
  const counts = Array.from({ length: most - least + 1 }, (_, i) => num(least + i))
  return { ...unknownFrom(openCause(collection), 'number', true), candidates: counts }
}

function lookup(source: Value, key: string, fallback: Value | undefined): Value {
  if (source.kind === 'unknown' && source.member !== undefined) return chosen(source.member(key), source)
  const collection = known(source, 'map')
  if (collection.kind !== 'map') throw new Fault('a map is required')
  const item = collection.entries.get(key)
  if (item !== undefined) return chosen(item, collection)
  if (collection.rest !== undefined) throw new NotKnown(collection.rest)
  if (fallback === undefined) throw new Fault(`the map has no key ${JSON.stringify(key)}`)
  return fallback
}

/** Later maps win. What an unknown map may overwrite is unknown, though surely there. */
function merge(maps: readonly Value[]): Value {
  const merged = new Map<string, Value>()
  let rest: UnknownValue | undefined
  for (const value of maps) {
    if (value.kind === 'null') continue
    const open = value.kind === 'unknown' ? value : value.kind === 'map' ? value.rest : undefined
    if (value.kind !== 'map' && (value.kind !== 'unknown' || (value.type !== undefined && value.type !== 'map'))) {
      throw new Fault('only maps are allowed')
    }
    if (open !== undefined) {
      rest ??= restFrom(open)
      for (const [key, item] of merged) merged.set(key, { ...unknownFrom(open), refs: mergeRefs(item.refs, open.refs) })
    }
    if (value.kind === 'map') for (const [key, item] of value.entries) merged.set(key, item)
  }
  return map(merged, rest)
}

function transpose(source: MapValue): Value {
  if (source.rest !== undefined) throw new NotKnown(source.rest)
  const turned = new Map<string, string[]>()
  for (const key of sortedKeys(source.entries)) {
    const names = known(source.entries.get(key) ?? nullValue, 'list')
    if (names.kind !== 'list') throw new Fault('a map of lists is required')
    if (names.rest !== undefined) throw new NotKnown(names.rest)
    for (const name of names.items.map(readText)) turned.set(name, [...(turned.get(name) ?? []), key])
  }
  const sorted = [...turned].toSorted(([a], [b]) => compareStrings(a, b))
  return map(sorted.map(([name, keys]) => [name, list(keys.map((key) => str(key)))] as const))
}

function zipmap(keys: ListValue, values: ListValue): Value {
  if (keys.rest !== undefined) throw new NotKnown(keys.rest)
  const { rest } = values
  if (rest === undefined && keys.items.length !== values.items.length)
    throw new Fault('keys and values differ in length')
  const zipped = new Map<string, Value>()
  let open: UnknownValue | undefined
  for (const [i, item] of keys.items.entries()) {
    const name = toStringValue(item)
    if (name.kind === 'unknown' && item.kind === 'unknown') {
      open ??= unknownFrom(item)
      continue
    }
    const value = values.items[i] ?? nullValue
    // Where the known items of an open list stand is not certain.
    zipped.set(readText(name), rest === undefined ? value : unknownFrom(rest))
  }
  if (open === undefined) return map(zipped)
  const cause = open
  // A key that is not known yet may be any of the others, and the last one wins.
  return map(keys.items.length > 1 ? [...zipped].map(([key]) => [key, unknownFrom(cause)] as const) : zipped, cause)
}
