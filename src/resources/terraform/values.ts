import type { BoolValue, ListValue, MapValue, NullValue, NumberValue, Reference, StringValue } from '../value.ts'
import type { UnknownValue, Value, ValueType } from '../value.ts'
import { valuesEqual } from './functions/convert.ts'
import { errorValue, isErrorValue } from './functions/evaluation-error.ts'

/** The most alternatives that an unknown value lists; beyond, it is just unknown. */
export const MAX_CANDIDATES = 16
/** Larger structures and strings are given up as unknown, so that a hostile file cannot fill the memory. */
const MAX_VALUE_SIZE = 500_000
const MAX_STRING_LENGTH = 2_000_000
const MAX_PARTS = 2_000
/** Values nested deeper are given up too: walking them would exhaust the stack. */
const MAX_VALUE_DEPTH = 300

export const NULL: NullValue = { kind: 'null' }

export function text(value: string, traits: Traits = {}): StringValue {
  return { kind: 'string', value, ...traits }
}

export function number(value: number, traits: Traits = {}): NumberValue {
  return { kind: 'number', value, ...traits }
}

export function bool(value: boolean, traits: Traits = {}): BoolValue {
  return { kind: 'bool', value, ...traits }
}

export function list(items: readonly Value[], rest?: UnknownValue): ListValue {
  return rest === undefined ? { kind: 'list', items } : { kind: 'list', items, rest }
}

export function map(entries: ReadonlyMap<string, Value>, rest?: UnknownValue): MapValue {
  return rest === undefined ? { kind: 'map', entries } : { kind: 'map', entries, rest }
}

export function unknown(reason: string, more: Partial<Omit<UnknownValue, 'kind' | 'reason'>> = {}): UnknownValue {
  return { kind: 'unknown', reason, ...more }
}

/** Whether Terraform would fail here; unlike the function library's own predicate it narrows nothing when false. */
export function failed(value: Value): boolean {
  return isErrorValue(value)
}

/** What a result inherits from the values it is made of. */
interface Traits {
  readonly refs?: readonly Reference[]
  readonly sensitive?: true
}

export function traitsOf(...values: readonly (Value | undefined)[]): Traits {
  const refs = mergeRefs(values)
  const sensitive = values.some((value) => value?.sensitive === true)
  return { ...(refs === undefined ? {} : { refs }), ...(sensitive ? { sensitive: true } : {}) }
}

export function mergeRefs(values: readonly (Value | undefined)[]): readonly Reference[] | undefined {
  const carriers = values.filter((value) => value?.refs !== undefined && value.refs.length > 0)
  if (carriers.length === 0) return undefined
  if (carriers.length === 1) return carriers[0]?.refs
  const merged = new Map<string, Reference>()
  for (const value of carriers) {
    for (const ref of value?.refs ?? []) merged.set(`${ref.root}\0${ref.address}\0${ref.attribute ?? ''}`, ref)
  }
  return [...merged.values()]
}

/** The value with further references; those it has stay. */
export function withRefs<V extends Value>(value: V, refs: readonly Reference[]): V {
  return { ...value, refs: mergeRefs([value, { kind: 'null', refs }]) }
}

/** True if nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
      return false
    case 'list':
      return value.rest === undefined && value.items.every(isWhollyKnown)
    case 'map':
      return value.rest === undefined && [...value.entries.values()].every(isWhollyKnown)
    default:
      return true
  }
}

/** The first reason for which a value is not wholly known. */
export function reasonOf(value: Value): string | undefined {
  if (value.kind === 'unknown') return value.reason
  if (value.kind !== 'list' && value.kind !== 'map') return undefined
  if (value.rest !== undefined) return value.rest.reason
  for (const item of value.kind === 'list' ? value.items : value.entries.values()) {
    const reason = reasonOf(item)
    if (reason !== undefined) return reason
  }
  return undefined
}

function typeOf(value: Value): ValueType | undefined {
  if (value.kind === 'unknown') return value.type
  return value.kind === 'null' ? undefined : value.kind
}

export function neverNull(value: Value): boolean {
  if (value.kind !== 'unknown') return value.kind !== 'null'
  return value.notNull === true || (value.candidates?.every(neverNull) ?? false)
}

/** A stand-in for one item of a collection about which only `rest` is known. */
export function elementOf(rest: UnknownValue): UnknownValue {
  if (rest.member !== undefined) return rest
  const { rejects, type } = rest
  const refuses =
    rejects === undefined || type !== 'list' ? {} : { rejects: (item: Value) => refusesItem(rejects, item) }
  return unknown(rest.reason, { ...traitsOf(rest), ...refuses })
}

/** A collection is tried with the item alone and among others, so that a validation of the length alone proves nothing. */
function refusesItem(rejects: (witness: Value) => boolean, item: Value): boolean {
  const others = Array.from({ length: 7 }, (_, i) => text(`other ${i}`))
  return rejects(list([item])) && rejects(list([item, ...others]))
}

/** Whichever of the values it is: the value itself if all agree, candidates if all are known, else unknown. */
export function oneOf(values: readonly Value[], reason: string): Value {
  const first = values[0]
  if (first === undefined) return unknown(reason)
  const traits = traitsOf(...values)
  const options: Value[] = []
  let open = false
  for (const value of values) {
    const flat = value.kind !== 'unknown' ? [value] : (value.candidates ?? [])
    if (flat.length === 0) open = true
    for (const option of flat) {
      if (!options.some((other) => valuesEqual(other, option) === true)) options.push(option)
    }
    if (options.length > MAX_CANDIDATES) open = true
    if (open) break
  }
  const only = options[0]
  if (!open && options.length === 1 && only !== undefined) return { ...only, ...traits, origin: undefined }
  const types = new Set(values.filter((value) => value.kind !== 'null').map(typeOf))
  const [type] = types
  const hasMembers = values.every((value) => value.kind === 'map' || (value.kind === 'unknown' && value.member))
  return unknown(reason, {
    ...traits,
    ...(types.size === 1 && type !== undefined ? { type } : {}),
    ...(values.every(neverNull) ? { notNull: true } : {}),
    ...(open ? {} : { candidates: options }),
    ...(hasMembers
      ? {
          member: (name) =>
            oneOf(
              values.map((value) => memberOf(value, name)),
              reason,
            ),
        }
      : {}),
  })
}

/** What a part of an unknown value inherits; a part of an output is called as it was asked for. */
function namedTraitsOf(value: UnknownValue, name = value.outputName): Partial<UnknownValue> {
  return { ...traitsOf(value), ...(value.outputName === undefined ? {} : { outputName: name }) }
}

/** `value.name` and `value["name"]`. */
export function memberOf(value: Value, name: string): Value {
  switch (value.kind) {
    case 'map': {
      const entry = value.entries.get(name)
      if (entry !== undefined) return value.sensitive === true ? { ...entry, sensitive: true } : entry
      return value.rest === undefined ? errorValue(`there is no attribute or key "${name}"`) : elementOf(value.rest)
    }
    case 'unknown':
      if (failed(value)) return value
      if (value.member !== undefined) return value.member(name)
      if (value.candidates !== undefined)
        return oneOf(
          value.candidates.map((item) => memberOf(item, name)),
          value.reason,
        )
      return unknown(value.reason, namedTraitsOf(value, name))
    case 'list':
      return /^\d+$/.test(name) ? itemOf(value, Number(name)) : errorValue(`a list has no attribute "${name}"`)
    default:
      return errorValue(`a ${value.kind} has no attribute "${name}"`)
  }
}

/** `value[key]`; an unknown key gives whichever item it may be. */
export function indexOf(value: Value, key: Value): Value {
  if (failed(value)) return value
  if (failed(key)) return key
  if (key.kind === 'unknown' && (value.kind === 'list' || value.kind === 'map')) return anyItemOf(value, key)
  if (value.kind === 'unknown' && value.member === undefined && value.candidates === undefined) {
    return key.kind === 'string' ? memberOf(value, key.value) : unknown(value.reason, namedTraitsOf(value))
  }
  if (value.kind === 'map' || (value.kind === 'unknown' && value.member !== undefined)) {
    if (key.kind === 'string' || (key.kind === 'number' && value.kind === 'map'))
      return memberOf(value, String(key.value))
    return value.kind === 'unknown' ? value : errorValue('the key of a map must be a string')
  }
  if (value.kind === 'unknown') {
    return oneOf(
      (value.candidates ?? []).map((item) => indexOf(item, key)),
      value.reason,
    )
  }
  if (value.kind !== 'list') return errorValue(`a ${value.kind} has no items`)
  const position = key.kind === 'number' || key.kind === 'string' ? Number(key.value) : Number.NaN
  return Number.isInteger(position) ? itemOf(value, position) : errorValue('the index of a list must be a whole number')
}

function itemOf(value: ListValue, position: number): Value {
  const item = value.items[position]
  if (item !== undefined) return value.sensitive === true ? { ...item, sensitive: true } : item
  return value.rest === undefined ? errorValue(`the list has no item ${position}`) : elementOf(value.rest)
}

function anyItemOf(value: ListValue | MapValue, key: UnknownValue): Value {
  const items = value.kind === 'list' ? [...value.items] : [...value.entries.values()]
  if (value.rest !== undefined) items.push(elementOf(value.rest))
  if (key.candidates !== undefined && value.rest === undefined) {
    return oneOf(
      key.candidates.map((candidate) => indexOf(value, candidate)),
      key.reason,
    )
  }
  if (items.length === 0) return errorValue('the collection is empty')
  // The instances of one resource are named by the address without index.
  const { refs } = value
  if (refs === undefined || items.length > MAX_CANDIDATES) return oneOf(items, key.reason)
  return withOwnRefs(oneOf(items, key.reason), refs)
}

function withOwnRefs(value: Value, refs: readonly Reference[]): Value {
  if (value.kind !== 'unknown') return { ...value, refs }
  const { member } = value
  if (member === undefined) return { ...value, refs }
  const memberRefs = (name: string) => refs.map((ref) => ({ ...ref, attribute: ref.attribute ?? name }))
  return { ...value, refs, member: (name) => withOwnRefs(member(name), memberRefs(name)) }
}

interface Extent {
  readonly size: number
  readonly depth: number
}

const SCALAR: Extent = { size: 1, depth: 0 }
const extents = new WeakMap<Value, Extent>()

/** The value, or unknown in its place if it has grown beyond reason. */
export function bounded(value: Value): Value {
  if (value.kind === 'string' && value.value.length > MAX_STRING_LENGTH) {
    return unknown('the text is too long', { type: 'string', notNull: true, ...traitsOf(value) })
  }
  if (value.kind === 'unknown' && value.parts !== undefined && value.parts.length > MAX_PARTS) {
    return { ...value, parts: undefined }
  }
  if (value.kind !== 'list' && value.kind !== 'map') return value
  const { depth, size } = extentOf(value)
  if (size <= MAX_VALUE_SIZE && depth <= MAX_VALUE_DEPTH) return value
  return unknown('the value is too large', { type: value.kind, notNull: true })
}

/** Every structure is measured when it is built, so its parts are in the cache and this does not go deep. */
function extentOf(value: Value): Extent {
  if (value.kind !== 'list' && value.kind !== 'map') return SCALAR
  const cached = extents.get(value)
  if (cached !== undefined) return cached
  let size = 1
  let depth = 0
  for (const item of value.kind === 'list' ? value.items : value.entries.values()) {
    const extent = extentOf(item)
    size += extent.size
    depth = Math.max(depth, extent.depth)
  }
  const extent = { size, depth: depth + 1 }
  extents.set(value, extent)
  return extent
}

/**
 * `${replace(aws_iam_openid_connect_provider.main.url, "https://", "")}:sub`: the provider is not known, the claim that the
 * condition is about is. It stands for the key, which no other key of a policy can be mistaken for.
 */
export function claimOf(key: Value | undefined): string | undefined {
  const last = key?.kind === 'unknown' ? key.parts?.at(-1) : undefined
  return typeof last === 'string' ? /:(?:sub|aud|amr|azp)$/.exec(last)?.[0] : undefined
}
