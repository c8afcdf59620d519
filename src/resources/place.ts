import { type Location, originLocation } from './location.ts'
import type { Resource } from './resource.ts'
import type { UnknownValue, Value } from './value.ts'

export type PathStep = string | number

/** What reading a place gives: known, unknown (with the reason and, if known, every possible value), or absent. */
export type Reading<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly reason: string; readonly options?: readonly (T | undefined)[] }
  | { readonly kind: 'absent' }

export type Tri = 'yes' | 'no' | 'unknown'

/** Told of every unknown that a rule meets, so that silence after an unknown can be told from a pass. */
export type Observer = (place: Place) => void

/**
 * A place in a resource: what rules read, problems point at and edits change. It exists whether or not anything is
 * written there, and every read is three-valued. Null reads as absent, as Terraform and Kubernetes treat it.
 */
export class Place {
  readonly resource: Resource
  readonly path: readonly PathStep[]
  readonly parent: Place | undefined
  /** Undefined if nothing is written here. */
  readonly value: Value | undefined
  readonly #observer: Observer | undefined

  constructor(
    resource: Resource,
    value: Value | undefined,
    path: readonly PathStep[] = [],
    parent?: Place,
    observer?: Observer,
  ) {
    this.resource = resource
    this.value = value
    this.path = path
    this.parent = parent
    this.#observer = observer
  }

  static of(resource: Resource, observer?: Observer): Place {
    return new Place(resource, resource.value, [], undefined, observer)
  }

  /** The place under a key (an attribute, a block type, a mapping key); with several keys, deeper. */
  get(...keys: readonly PathStep[]): Place {
    return keys.reduce<Place>((place, key) => place.#child(key), this)
  }

  #child(step: PathStep): Place {
    return new Place(this.resource, childValue(this.value, step), [...this.path, step], this, this.#observer)
  }

  /** `spec.containers[0].image` */
  get pathText(): string {
    return this.path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
  }

  /** True unless this is, or lies in, the body of a dynamic block that may occur zero times. */
  get certain(): boolean {
    if (this.value?.kind === 'map' && this.value.uncertain !== undefined) return false
    // `metadata_options.http_tokens` goes through the one block that there may be.
    const around = this.parent?.value
    const only = around?.kind === 'list' && typeof this.path.at(-1) === 'string' ? around.items[0] : undefined
    if (only?.kind === 'map' && only.uncertain !== undefined) return false
    return this.parent?.certain ?? true
  }

  /** Why this is unknown; undefined if it is known or absent. Does not count as meeting the unknown. */
  get unknown(): UnknownValue | undefined {
    return this.value?.kind === 'unknown' ? this.value : undefined
  }

  get absent(): boolean {
    return this.value === undefined || this.value.kind === 'null'
  }

  /** Whether anything is set here; a value that is unknown but never null is set. */
  isSet(): Tri {
    if (this.absent) return 'no'
    const unknown = this.unknown
    if (unknown === undefined || unknown.notNull === true) return 'yes'
    if (unknown.candidates !== undefined) {
      const nulls = unknown.candidates.filter((candidate) => candidate.kind === 'null').length
      if (nulls === 0) return 'yes'
      if (nulls === unknown.candidates.length) return 'no'
    }
    return this.#met('unknown')
  }

  string(): Reading<string> {
    return this.#scalar(asString, 'a string')
  }

  /** Terraform's and YAML's spellings: `true`, `"true"`. */
  bool(): Reading<boolean> {
    return this.#scalar(asBool, 'a boolean')
  }

  /** Numbers and numeric strings. */
  number(): Reading<number> {
    return this.#scalar(asNumber, 'a number')
  }

  /** All items of a list as strings; a single string counts as a list of one. Unknown if any of it is. */
  strings(): Reading<readonly string[]> {
    if (this.absent) return { kind: 'absent' }
    return this.#scalar(asStrings, 'a list of strings')
  }

  /**
   * The items of a list, the blocks of one type, or the one mapping that stands where a list may (JSON syntax). An
   * unknown list has no items here: ask `mayHaveMore` before concluding anything from what is missing.
   */
  items(): readonly Place[] {
    const { value } = this
    if (value === undefined) return []
    if (value.kind === 'map') return [this]
    if (value.kind !== 'list') return []
    return value.items.map((_, index) => this.#child(index))
  }

  /** True if items or keys may exist that `items` and `get` do not show. Meeting it counts as meeting an unknown. */
  mayHaveMore(): boolean {
    const { value } = this
    const open =
      value?.kind === 'unknown' || ((value?.kind === 'list' || value?.kind === 'map') && value.rest !== undefined)
    if (open) this.#met(undefined)
    return open
  }

  /** The keys of a mapping, in the order of the file. */
  keys(): readonly string[] {
    return this.value?.kind === 'map' ? [...this.value.entries.keys()] : []
  }

  /** The structure behind a JSON string (a policy); the place itself if it is structured already. */
  decoded(): Place {
    const { value } = this
    if ((value?.kind === 'string' || value?.kind === 'unknown') && value.encodes !== undefined) {
      return new Place(this.resource, value.encodes, this.path, this.parent, this.#observer)
    }
    return this
  }

  /** Where this is written; for something absent, its nearest written ancestor. */
  get location(): Location {
    const parent = this.parent?.value
    const step = this.path.at(-1)
    const origin = this.value?.origin
    if (origin !== undefined) {
      // A mapping with a key of its own is shown at that key: `securityContext:` rather than what it begins with.
      if (
        this.value?.kind === 'map' &&
        origin.language === 'yaml' &&
        parent?.kind === 'map' &&
        typeof step === 'string'
      ) {
        const span = parent.keySpans?.get(step)
        if (span !== undefined) return { document: origin.document, span }
      }
      return originLocation(origin)
    }
    return this.parent?.location ?? this.resource.header
  }

  #scalar<T>(convert: (value: Value) => T | undefined, expected: string): Reading<T> {
    const { value } = this
    if (value === undefined || value.kind === 'null') return { kind: 'absent' }
    const converted = convert(value)
    if (converted !== undefined) return { kind: 'known', value: converted }
    this.#met(undefined)
    if (value.kind !== 'unknown') return { kind: 'unknown', reason: `${this.pathText} is not ${expected}` }
    const options = value.candidates?.map((candidate) => (candidate.kind === 'null' ? null : convert(candidate)))
    if (options?.every((option) => option !== undefined)) {
      return { kind: 'unknown', reason: value.reason, options: options.map((option) => option ?? undefined) }
    }
    return { kind: 'unknown', reason: value.reason }
  }

  #met<T>(result: T): T {
    this.#observer?.(this)
    return result
  }
}

/**
 * Whether a reading satisfies a condition: decided if every possible value agrees. The condition gets undefined for
 * an absent value, so it states the provider's default too.
 */
export function decide<T>(reading: Reading<T>, holds: (value: T | undefined) => boolean): Tri {
  if (reading.kind === 'absent') return holds(undefined) ? 'yes' : 'no'
  if (reading.kind === 'known') return holds(reading.value) ? 'yes' : 'no'
  if (reading.options === undefined || reading.options.length === 0) return 'unknown'
  const verdicts = new Set(reading.options.map(holds))
  if (verdicts.size === 2) return 'unknown'
  return verdicts.has(true) ? 'yes' : 'no'
}

function childValue(value: Value | undefined, step: PathStep): Value | undefined {
  if (value === undefined) return undefined
  switch (value.kind) {
    case 'map':
      return value.entries.get(String(step)) ?? inheritedUnknown(value.rest)
    case 'list':
      if (typeof step === 'number') return value.items[step] ?? inheritedUnknown(value.rest)
      // `metadata_options.http_tokens` of a single nested block, as people write it.
      return value.items.length === 1 ? childValue(value.items[0], step) : inheritedUnknown(value.rest)
    case 'unknown':
      return value.member?.(String(step)) ?? inheritedUnknown(value)
    default:
      return undefined
  }
}

function inheritedUnknown(value: UnknownValue | undefined): UnknownValue | undefined {
  return value === undefined ? undefined : { kind: 'unknown', reason: value.reason, refs: value.refs }
}

export function asString(value: Value): string | undefined {
  if (value.kind === 'string') return value.value
  if (value.kind === 'number' || value.kind === 'bool') return String(value.value)
  return undefined
}

export function asBool(value: Value): boolean | undefined {
  if (value.kind === 'bool') return value.value
  if (value.kind === 'string') return value.value === 'true' ? true : value.value === 'false' ? false : undefined
  return undefined
}

export function asNumber(value: Value): number | undefined {
  if (value.kind === 'number') return value.value
  if (value.kind !== 'string' || value.value.trim() === '') return undefined
  const number = Number(value.value)
  return Number.isFinite(number) ? number : undefined
}

function asStrings(value: Value): readonly string[] | undefined {
  if (value.kind !== 'list') {
    const single = asString(value)
    return single === undefined ? undefined : [single]
  }
  if (value.rest !== undefined) return undefined
  const strings = value.items.filter((item) => item.kind !== 'null').map(asString)
  return strings.every((item) => item !== undefined) ? strings : undefined
}
