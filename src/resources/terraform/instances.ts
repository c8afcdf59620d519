import type { UnknownValue, Value } from '../value.ts'
import { toNumber } from './functions/convert.ts'
import { compareStrings } from './functions/convert.ts'
import { attributeOf, type SourcedItem } from './module-source.ts'
import type { Evaluate, Scope } from './scope.ts'
import { elementOf, failed, map, MAX_CANDIDATES, number, oneOf, reasonOf, text, traitsOf, unknown } from './values.ts'

/** More instances of one resource than this are not expanded. */
const MAX_INSTANCES = 10_000

export interface Instance {
  /** `[0]`, `["a"]`, or empty. */
  readonly suffix: string
  /** The index as `each.key` or `count.index` gives it; undefined without one. */
  readonly key: string | number | undefined
  readonly bindings: ReadonlyMap<string, Value>
}

/** The instances of a resource or module call. */
export interface Expansion {
  readonly kind: 'single' | 'count' | 'each'
  readonly known: readonly Instance[]
  /** Stands for all instances that are not known: no index, `each` and `count` unknown. */
  readonly open: (Instance & { readonly reason: string }) | undefined
  /** Known to have no instance; `open` then stands for what would be. */
  readonly dormant: boolean
  /** Why some of the known ones may not be there: `for_each = local.is_production ? local.rules : {}`. */
  readonly unsure?: string
  /** Set if there are too many to expand. */
  readonly excess?: number
}

export function expansionOf(items: readonly SourcedItem[], scope: Scope, evaluate: Evaluate): Expansion {
  const count = attributeOf(items, 'count')
  if (count !== undefined) return countExpansion(evaluate(count.item.value, scope.in(count.document)))
  const forEach = attributeOf(items, 'for_each')
  if (forEach !== undefined) return eachExpansion(evaluate(forEach.item.value, scope.in(forEach.document)))
  return {
    kind: 'single',
    known: [{ suffix: '', key: undefined, bindings: new Map() }],
    open: undefined,
    dormant: false,
  }
}

function countExpansion(value: Value): Expansion {
  const amount = toNumber(value)
  const open = (reason: string) => {
    const index = unknown(reason, { type: 'number', notNull: true })
    return { suffix: '', key: undefined, reason, bindings: new Map([['count', map(new Map([['index', index]]))]]) }
  }
  if (amount.kind !== 'number') {
    const reason = amount.kind === 'unknown' ? amount.reason : 'count is null'
    return { kind: 'count', known: [], open: open(reason), dormant: false }
  }
  const total = Math.trunc(amount.value)
  if (total <= 0) return { kind: 'count', known: [], open: open('count is 0'), dormant: true }
  if (total > MAX_INSTANCES) {
    return { kind: 'count', known: [], open: open(`count is ${total}`), dormant: false, excess: total }
  }
  const known = Array.from({ length: total }, (_, i) => ({
    suffix: `[${i}]`,
    key: i,
    bindings: new Map([['count', map(new Map([['index', number(i)]]))]]),
  }))
  return { kind: 'count', known, open: undefined, dormant: false }
}

interface Members {
  readonly items: ReadonlyMap<string, Value>
  /** There may be more than these. */
  readonly rest: UnknownValue | undefined
}

function membersOf(value: Value): Members {
  if (value.kind === 'map') return { items: value.entries, rest: value.rest }
  if (value.kind !== 'list') {
    return {
      items: new Map(),
      rest: value.kind === 'unknown' ? value : unknown('for_each needs a map or a set of strings'),
    }
  }
  const items = new Map<string, Value>()
  const open: UnknownValue[] = []
  for (const item of value.items) {
    if (item.kind === 'string') items.set(item.value, item)
    else open.push(item.kind === 'unknown' ? item : unknown('for_each needs a set of strings'))
  }
  return { items, rest: value.rest ?? eitherOf(open) }
}

/** Stands for each of some items of a set, of which at least a part is unknown. */
function eitherOf(items: readonly UnknownValue[]): UnknownValue | undefined {
  const [first, ...others] = items
  if (first === undefined || others.length === 0 || items.length > MAX_CANDIDATES) return first
  return unknown(first.reason, { ...traitsOf(...items), candidates: items })
}

/** The members that a condition chooses among, if each of its results is known. */
function possibleMembers(value: Value): ReadonlyMap<string, Value> | undefined {
  if (value.kind !== 'unknown' || value.candidates === undefined) return undefined
  const found = new Map<string, Value[]>()
  for (const candidate of value.candidates) {
    const { items, rest } = membersOf(candidate)
    if (rest !== undefined) return undefined
    for (const [key, item] of items) found.set(key, [...(found.get(key) ?? []), item])
  }
  if (found.size === 0) return undefined
  return new Map([...found].map(([key, items]) => [key, oneOf(items, value.reason)] as const))
}

function eachExpansion(value: Value): Expansion {
  const possible = possibleMembers(value)
  const { items: members, rest } = possible === undefined ? membersOf(value) : { items: possible, rest: undefined }
  if (members.size > MAX_INSTANCES) {
    const { size } = members
    return {
      kind: 'each',
      known: [],
      open: openEach(unknown(`for_each has ${size} keys`)),
      dormant: false,
      excess: size,
    }
  }
  const known = [...members.entries()]
    .toSorted(([a], [b]) => compareStrings(a, b))
    .map(([key, item]) => ({ suffix: `[${quoted(key)}]`, key, bindings: eachBindings(text(key), item) }))
  if (possible !== undefined) {
    return { kind: 'each', known, open: undefined, dormant: false, unsure: reasonOf(value) ?? 'for_each is unknown' }
  }
  const dormant = known.length === 0 && rest === undefined
  const open = dormant ? unknown('for_each is empty') : rest
  return { kind: 'each', known, open: open === undefined ? undefined : openEach(open, value), dormant }
}

function openEach(rest: UnknownValue, collection?: Value): Instance & { readonly reason: string } {
  const item = failed(rest) ? unknown(rest.reason) : elementOf(rest)
  // What is known of the items of a set, such as how an ARN begins, is known of their keys.
  const { parts, candidates } = collection?.kind === 'list' && collection.rest === undefined ? rest : {}
  const key = unknown(rest.reason, { type: 'string', notNull: true, parts, candidates })
  // Over a set of strings `each.value` is the key.
  const value = collection?.kind === 'list' ? { ...key, refs: item.refs } : { ...item, notNull: true }
  return { suffix: '', key: undefined, reason: rest.reason, bindings: eachBindings(key, value) }
}

function eachBindings(key: Value, value: Value): ReadonlyMap<string, Value> {
  return new Map([
    [
      'each',
      map(
        new Map([
          ['key', key],
          ['value', value],
        ]),
      ),
    ],
  ])
}

/** A key as Terraform prints it in addresses. */
function quoted(key: string): string {
  // As a function: in a replacement string `$$` would mean one `$`.
  return JSON.stringify(key)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{')
}
