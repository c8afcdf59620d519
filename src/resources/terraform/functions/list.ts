import type { ListValue, UnknownValue, Value } from '../../value.ts'
import { list, nullValue, num, toStringValue, unknownFrom, valuesEqual } from './convert.ts'
import {
  any,
  chosen,
  define,
  Fault,
  type FunctionTable,
  integer,
  items,
  NotKnown,
  number,
  raw,
  readText,
  restFrom,
} from './definition.ts'
import { countRange, dedupe, includes, makeSet, openCause, unify } from './members.ts'

/** The collection functions about lists: https://developer.hashicorp.com/terraform/language/functions */
export const listFunctions: FunctionTable = {
  chunklist: define({
    parameters: [items('list'), integer('size')],
    returns: 'list',
    marks: 'structural',
    call([source, size]) {
      if (size < 0) throw new Fault('the size must not be negative')
      const members = unify(exact(source))
      if (size === 0) return list(members.length === 0 ? [] : [list(members)])
      const count = Math.ceil(members.length / size)
      return list(Array.from({ length: count }, (_, i) => list(members.slice(i * size, (i + 1) * size))))
    },
  }),
  coalescelist: define({
    parameters: [],
    variadic: raw('vals'),
    least: 1,
    marks: 'moved',
    call(_, lists) {
      for (const value of lists) {
        if (value.kind === 'null' || value.kind === 'unknown') throwIfUnknown(value)
        if (value.kind !== 'list' || value.set === true) throw new Fault('only lists are allowed')
        if (value.items.length > 0) return value
        if (value.rest !== undefined) throw new NotKnown(value.rest)
      }
      throw new Fault('all lists are empty')
    },
  }),
  compact: define({
    parameters: [items('list')],
    returns: 'list',
    marks: 'structural',
    call: ([source]) => compact(source),
  }),
  concat: define({
    parameters: [],
    variadic: raw('seqs'),
    least: 1,
    returns: 'list',
    marks: 'structural',
    call: (_, lists) => concat(lists),
  }),
  distinct: define({
    parameters: [items('list')],
    returns: 'list',
    marks: 'structural',
    call([source]) {
      const kept = dedupe(unify(source.items))
      const { least, most } = countRange({ ...source, items: kept, set: true })
      // An unknown item may repeat another one: then the list is shorter than it looks.
      return list(kept, source.rest ?? (least < most && kept.length > 1 ? unknownFrom(openCause(source)) : undefined))
    },
  }),
  element: define({
    parameters: [items('list'), integer('index')],
    nullable: true,
    marks: 'moved',
    call([source, index]) {
      if (source.set === true) throw new Fault('sets have no order')
      const members = exact(source)
      if (members.length === 0) throw new Fault('the list is empty')
      // Terraform before 1.13 refuses negative positions.
      const position = ((index % members.length) + members.length) % members.length
      return chosen(members[position] ?? nullValue, source)
    },
  }),
  flatten: define({
    parameters: [items('list')],
    returns: 'list',
    marks: 'structural',
    call([source]) {
      const flat: Value[] = []
      const rest = flattenInto(flat, source, { steps: 500_000 })
      return list(flat, rest)
    },
  }),
  index: define({
    parameters: [items('list'), any('value')],
    returns: 'number',
    call([source, value]) {
      for (const [i, item] of exact(source).entries()) {
        const equal = valuesEqual(item, value)
        if (equal === undefined) throw new NotKnown(openCause(source))
        if (equal) return i
      }
      throw new Fault('the list does not hold this value')
    },
  }),
  matchkeys: define({
    parameters: [items('values'), items('keys'), items('searchset')],
    returns: 'list',
    marks: 'structural',
    call([values, keys, wanted]) {
      const [members, names] = [exact(values), exact(keys)]
      if (members.length !== names.length) throw new Fault('values and keys differ in length')
      const verdicts = names.map((name) => includes(wanted, name))
      const open = verdicts.includes(undefined) ? [...keys.items, ...wanted.items, wanted.rest] : []
      const cause = open.find((item) => item?.kind === 'unknown')
      const kept = members.filter((_, i) => verdicts[i] === true)
      return list(unify(kept), cause?.kind === 'unknown' ? unknownFrom(cause) : undefined)
    },
  }),
  one: define({
    parameters: [items('list')],
    nullable: true,
    marks: 'moved',
    call([source]) {
      const { least, most } = countRange(source)
      if (least > 1) throw new Fault('the list has more than one item')
      const [item] = source.items
      // More items would make Terraform fail, so the one that is there is the one.
      if (item !== undefined && source.items.length === 1) return chosen(item, source)
      if (most > 0) throw new NotKnown(openCause(source))
      return nullValue
    },
  }),
  range: define({
    parameters: [],
    variadic: number('params'),
    least: 1,
    most: 3,
    returns: 'list',
    call: (_, params) => range(params),
  }),
  reverse: define({
    parameters: [items('list')],
    returns: 'list',
    marks: 'structural',
    call: ([source]) => list(source.items.toReversed(), source.rest),
  }),
  setproduct: define({
    parameters: [],
    variadic: items('sets'),
    least: 2,
    returns: 'list',
    marks: 'structural',
    call: (_, sets) => product(sets),
  }),
  slice: define({
    parameters: [items('list'), integer('start_index'), integer('end_index')],
    returns: 'list',
    marks: 'structural',
    call([source, start, end]) {
      if (source.set === true) throw new Fault('sets have no order')
      const members = exact(source)
      if (start < 0 || end < start || end > members.length) throw new Fault('the positions lie outside the list')
      return list(members.slice(start, end))
    },
  }),
}

function throwIfUnknown(value: Value): void {
  if (value.kind === 'null') throw new Fault('must not be null')
  if (value.kind === 'unknown') throw new NotKnown(value)
}

/** The items of a list whose length and order are known. */
function exact(source: ListValue): readonly Value[] {
  const { least, most } = countRange(source)
  if (least < most) throw new NotKnown(openCause(source))
  return source.items
}

/** Strings that are neither null nor empty. An unknown one stays only if it can be neither. */
function compact(source: ListValue): Value {
  const kept: Value[] = []
  let { rest } = source
  for (const item of source.items.map(toStringValue)) {
    if (item.kind === 'null') continue
    if (item.kind !== 'unknown') {
      if (readText(item) !== '') kept.push(item)
    } else if (item.encodes !== undefined || item.parts?.some((part) => typeof part === 'string' && part !== '')) {
      kept.push(item)
    } else {
      rest ??= { ...unknownFrom(item, 'string', true) }
    }
  }
  return list(kept, rest)
}

function concat(lists: readonly Value[]): Value {
  const joined: Value[] = []
  let rest: UnknownValue | undefined
  for (const value of lists) {
    if (value.kind === 'unknown' && (value.type === undefined || value.type === 'list')) {
      rest ??= restFrom(value)
    } else if (value.kind === 'list' && value.set !== true) {
      joined.push(...value.items)
      rest ??= value.rest
    } else {
      throw new Fault(value.kind === 'null' ? 'must not be null' : 'only lists are allowed')
    }
  }
  return list(joined, rest)
}

/** Adds the items at every depth; returns the `rest` that the result must have. */
function flattenInto(flat: Value[], source: ListValue, budget: { steps: number }): UnknownValue | undefined {
  let { rest } = source
  for (const item of source.items) {
    if (budget.steps-- <= 0) throw new RangeError('the list is too long')
    if (item.kind === 'list') {
      const inner = flattenInto(flat, item, budget)
      rest ??= inner
    } else if (item.kind === 'unknown' && (item.type === undefined || item.type === 'list')) {
      rest ??= restFrom(item)
    } else {
      flat.push(item)
    }
  }
  return rest
}

function range(params: readonly number[]): Value {
  const [start = 0, end = 0] = params.length === 1 ? [0, params[0]] : params
  const step = params[2] ?? (end < start ? -1 : 1)
  if (step === 0) throw new Fault('the step must not be zero')
  if (end > start ? step < 0 : end < start && step > 0) throw new Fault('the step leads away from the end')
  const numbers: Value[] = []
  for (let value = start; step > 0 ? value < end : value > end; value += step) {
    if (numbers.length >= 1024) throw new Fault('more than 1024 numbers')
    numbers.push(num(value))
  }
  return list(numbers)
}

function product(sets: readonly ListValue[]): Value {
  if (sets.some((set) => set.items.length === 0 && set.rest === undefined)) return list([])
  const size = sets.reduce((total, set) => total * set.items.length, 1)
  if (size > 10_000) throw new RangeError('the product is too large')
  let rows: readonly (readonly Value[])[] = [[]]
  for (const { items: members } of sets) rows = rows.flatMap((row) => unify(members).map((member) => [...row, member]))
  const open = sets.find((set) => set.rest !== undefined)?.rest
  const rest = open === undefined ? undefined : unknownFrom(open, 'list', true)
  const tuples = rows.map((row) => list(row))
  return sets.every((set) => set.set === true) ? makeSet(tuples, rest) : list(tuples, rest)
}
