/**
 * Where results come from: which parts of `input` were read on the way to them. Only code that was compiled for it takes notes; other
 * code does not know of it.
 *
 * The trail is a stack: what was read on the way to where the evaluation is now. The log is a list: what was tried since a search
 * began, for searches that have to fail (`not`, and comprehensions that find nothing).
 */
import { isArray, keyOf, RegoSet, type Key, type Value } from '../value/value.ts'
import { lookup } from './access.ts'
import type { KeyMode } from './flat.ts'
import type { Frame, Machine, Take } from './machine.ts'
import { enumerate } from './refs.ts'

/** A part of `input`. */
export interface Origin {
  /** Keys from `input` on; the value is there. */
  readonly path: readonly Value[]
  /** Keys that were asked for below it and are not there; mostly empty. */
  readonly missing: readonly Value[]
  /** It was only read to build a text. */
  readonly message: boolean
}

const MAX_LOG = 500

export class Trace {
  trail: Origin[] = []
  log: Origin[] = []
  /** Length of the trail when the innermost rule or comprehension began. */
  start = 0
  /** What the value that was computed last came from. */
  last: readonly Origin[] = []
  /** Of the innermost collection that is being built. */
  members = new Map<Key, readonly Origin[]>()
  collected: Origin[] = []
  /** Where composite values of `input` are. */
  readonly #paths = new Map<Value, readonly Value[]>()
  readonly #sets = new Map<Value, ReadonlyMap<Key, readonly Origin[]>>()

  constructor(input: Value | undefined) {
    if (input !== undefined) this.#paths.set(input, [])
  }

  pathOf(value: Value): readonly Value[] | undefined {
    return typeof value === 'object' && value !== null ? this.#paths.get(value) : undefined
  }

  locate(value: Value, path: readonly Value[]): void {
    if (typeof value === 'object' && value !== null) this.#paths.set(value, path)
  }

  note(origin: Origin): void {
    if (this.log.length < MAX_LOG) this.log.push(origin)
  }

  noteAll(origins: readonly Origin[]): void {
    for (const origin of origins) this.note(origin)
  }

  /** What has been read since the innermost rule or comprehension began. */
  since(): readonly Origin[] {
    return this.trail.slice(this.start)
  }

  remember(set: Value, members: ReadonlyMap<Key, readonly Origin[]>): void {
    this.#sets.set(set, members)
  }

  ofMember(set: Value, member: Value): readonly Origin[] {
    return this.#sets.get(set)?.get(keyOf(member)) ?? []
  }

  /** Runs a search of its own: what it tried is in the log afterwards, and given back. */
  search<T>(run: () => T): { readonly value: T; readonly log: readonly Origin[] } {
    const { log: outer, start } = this
    this.log = []
    this.start = this.trail.length
    const value = run()
    const { log } = this
    this.log = outer
    this.start = start
    this.noteAll(log)
    return { value, log }
  }

  /** Goes on with origins on the trail. */
  along(origins: readonly Origin[], next: () => boolean): boolean {
    if (origins.length === 0) return next()
    const { length } = this.trail
    this.trail.push(...origins)
    const stop = next()
    this.trail.length = length
    return stop
  }
}

/** Like `followKeys`, with notes. */
export function traceKeys(modes: readonly KeyMode[], take: Take, message: boolean, from = 0): Take {
  const end: (machine: Machine, frame: Frame, value: Value, path: readonly Value[] | undefined) => boolean = (
    machine,
    frame,
    value,
    path,
  ) => {
    const { trace } = machine
    if (trace === undefined || path === undefined) return take(machine, frame, value)
    trace.locate(value, path)
    const origin = { path, missing: [], message }
    trace.note(origin)
    return trace.along([origin], () => take(machine, frame, value))
  }
  const visit = (
    machine: Machine,
    frame: Frame,
    value: Value,
    path: readonly Value[] | undefined,
    index: number,
  ): boolean => {
    const mode = modes[index]
    const { trace } = machine
    if (mode === undefined || trace === undefined) return end(machine, frame, value, path)
    if (mode.kind === 'const' || mode.kind === 'read') {
      const key = mode.kind === 'const' ? mode.value : mode.read(machine, frame)
      if (key === undefined) return false
      const member = lookup(value, key)
      if (member !== undefined) {
        const origins = value instanceof RegoSet ? trace.ofMember(value, member) : []
        return trace.along(origins, () =>
          visit(machine, frame, member, path === undefined ? undefined : [...path, key], index + 1),
        )
      }
      if (path !== undefined) trace.note({ path, missing: [key, ...constants(modes, index + 1)], message })
      return false
    }
    if (path !== undefined) trace.note({ path, missing: [], message })
    return enumerate(value, (key, member) => {
      machine.tick()
      if (mode.kind === 'bind') frame[mode.slot] = key
      else if (mode.kind === 'match' && !mode.match(machine, frame, key)) return false
      const origins = value instanceof RegoSet ? trace.ofMember(value, member) : []
      return trace.along(origins, () =>
        visit(machine, frame, member, path === undefined ? undefined : [...path, key], index + 1),
      )
    })
  }
  return (machine, frame, value) => visit(machine, frame, value, machine.trace?.pathOf(value), from)
}

function constants(modes: readonly KeyMode[], from: number): Value[] {
  const keys: Value[] = []
  for (const mode of modes.slice(from)) {
    if (mode.kind !== 'const') break
    keys.push(mode.value)
  }
  return keys
}

/** What `object.get(object, key or path, default)` reads. */
export function originOfGet(trace: Trace, args: readonly Value[], message: boolean): readonly Origin[] {
  const [object, wanted] = args
  if (object === undefined || wanted === undefined) return []
  const base = trace.pathOf(object)
  if (base === undefined) return []
  const keys = wanted !== null && typeof wanted === 'object' && isArray(wanted) ? wanted : [wanted]
  let value: Value = object
  const path: Value[] = [...base]
  for (const [index, key] of keys.entries()) {
    const member: Value | undefined = lookup(value, key)
    if (member === undefined) return [{ path, missing: keys.slice(index), message }]
    path.push(key)
    value = member
  }
  trace.locate(value, path)
  return [{ path, missing: [], message }]
}

/** Each part once: conditions before texts, then the most specific first, then in the order of reading. */
export function ranked(origins: readonly Origin[]): readonly Origin[] {
  const seen = new Map<Key, Origin>()
  for (const origin of origins) {
    const key = keyOf([origin.path, origin.missing])
    const known = seen.get(key)
    if (known === undefined || (known.message && !origin.message)) seen.set(key, origin)
  }
  const list = [...seen.values()]
  const order = new Map(list.map((origin, index) => [origin, index]))
  return list.sort(
    (a, b) =>
      Number(a.message) - Number(b.message) ||
      specificity(b) - specificity(a) ||
      (order.get(a) ?? 0) - (order.get(b) ?? 0),
  )
}

/** How many keys it names; what is missing comes before what is there. */
function specificity({ path, missing }: Origin): number {
  return path.length + missing.length + (missing.length > 0 ? 0.5 : 0)
}
