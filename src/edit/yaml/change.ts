import type { PathStep } from '../../resources/place.ts'
import { isMapping, isSequence, sameData, type YamlData } from './data.ts'
import { Refusal } from './refusal.ts'

/** One change to an object. Indexes in paths are those of the unchanged file; missing parents are made. */
export type YamlChange =
  | { readonly op: 'set'; readonly path: readonly PathStep[]; readonly value: YamlData }
  /** What is not there is left alone. With `prune`, mappings and sequences that become empty go too. */
  | { readonly op: 'delete'; readonly path: readonly PathStep[]; readonly prune?: boolean }
  /** Adds an item to the sequence at `path`, unless the very same item is in it. */
  | { readonly op: 'append'; readonly path: readonly PathStep[]; readonly value: YamlData }

/** All changes of one call as a tree over the paths, so that what is new under one parent is written in one piece. */
export type Patch = { readonly kind: 'set'; readonly value: YamlData } | { readonly kind: 'delete' } | InnerPatch

export interface InnerPatch {
  readonly kind: 'inside'
  readonly steps: Map<string, Patch>
  readonly appended: YamlData[]
  /** True if the collection is to go when these changes leave nothing in it. */
  prune: boolean
}

export function buildPatch(changes: readonly YamlChange[], prefix: readonly PathStep[]): InnerPatch {
  const root = inside()
  for (const change of changes) addChange(root, change, [...prefix, ...change.path], prefix.length)
  return root
}

function inside(): InnerPatch {
  return { kind: 'inside', steps: new Map(), appended: [], prune: false }
}

function addChange(root: InnerPatch, change: YamlChange, path: readonly PathStep[], fixed: number): void {
  let patch = root
  for (const [depth, step] of path.entries()) {
    if (change.op === 'delete' && change.prune === true && depth > fixed) patch.prune = true
    const key = String(step)
    const there = patch.steps.get(key)
    if (depth === path.length - 1 && change.op !== 'append') {
      patch.steps.set(key, change.op === 'set' ? { kind: 'set', value: change.value } : { kind: 'delete' })
      return
    }
    if (there?.kind === 'delete' && change.op === 'delete') return
    // What an earlier change wrote or deleted is what this one starts from.
    if (there?.kind === 'set' || there?.kind === 'delete') {
      const rest = inside()
      addChange(rest, change, path.slice(depth + 1), 0)
      patch.steps.set(key, {
        kind: 'set',
        value: patched(there.kind === 'set' ? there.value : undefined, rest, new WeakMap()) ?? null,
      })
      return
    }
    const next = there?.kind === 'inside' ? there : inside()
    patch.steps.set(key, next)
    patch = next
  }
  if (change.op !== 'append') throw new Refusal('the object itself cannot be replaced')
  patch.appended.push(change.value)
}

/** For each item of a patched sequence the index it had before; undefined for a new one. */
export type ItemOrigins = WeakMap<readonly YamlData[], readonly (number | undefined)[]>

/**
 * The data after a patch; undefined if the patch leaves nothing of it.
 * @throws Refusal if a path leads through a scalar or past the end of a sequence.
 */
export function patched(data: YamlData | undefined, patch: Patch, origins: ItemOrigins): YamlData | undefined {
  if (patch.kind === 'set') return patch.value
  if (patch.kind === 'delete') return undefined
  const absent = data === undefined || data === null
  // Deleting below something that is not there must not create its parents.
  if (absent && !adds(patch)) return data
  const result =
    absent && patch.appended.length > 0
      ? patchedSequence([], patch, origins)
      : !absent && isSequence(data)
        ? patchedSequence(data, patch, origins)
        : patchedMapping(data ?? {}, patch, origins)
  return patch.prune && isEmpty(result) && !absent && !isEmpty(data) ? undefined : result
}

function adds(patch: Patch): boolean {
  if (patch.kind !== 'inside') return patch.kind === 'set'
  return patch.appended.length > 0 || [...patch.steps.values()].some(adds)
}

function isEmpty(data: YamlData): boolean {
  return isSequence(data) ? data.length === 0 : isMapping(data) && Object.keys(data).length === 0
}

function patchedMapping(data: YamlData, patch: InnerPatch, origins: ItemOrigins): YamlData {
  if (!isMapping(data)) throw new Refusal('a path leads through a value that is no mapping')
  if (patch.appended.length > 0) throw new Refusal('an item is to be appended to a mapping')
  const entries = new Map(Object.entries(data))
  for (const [key, child] of patch.steps) {
    const value = patched(entries.get(key), child, origins)
    if (value === undefined) entries.delete(key)
    else entries.set(key, value)
  }
  return Object.fromEntries(entries)
}

function patchedSequence(data: readonly YamlData[], patch: InnerPatch, origins: ItemOrigins): YamlData {
  const items = data.map((value, origin): Item => ({ value, origin }))
  for (const [key, child] of sortedSteps(patch)) {
    const item = items[key]
    const value = patched(item?.value, child, origins)
    if (item) items[key] = { value, origin: item.origin }
    else if (value !== undefined && key === items.length) items.push({ value, origin: undefined })
    else if (value !== undefined) throw new Refusal(`there is no item ${key} in the sequence`)
  }
  for (const value of patch.appended) {
    if (!items.some((item) => item.value !== undefined && sameData(item.value, value))) {
      items.push({ value, origin: undefined })
    }
  }
  const kept = items.flatMap(({ value, origin }) => (value === undefined ? [] : [{ value, origin }]))
  const result = kept.map((item) => item.value)
  origins.set(
    result,
    kept.map((item) => item.origin),
  )
  return result
}

interface Item {
  readonly value: YamlData | undefined
  readonly origin: number | undefined
}

function sortedSteps(patch: InnerPatch): [number, Patch][] {
  return [...patch.steps]
    .map(([key, child]): [number, Patch] => {
      if (!/^\d+$/.test(key)) throw new Refusal(`a path asks for the key ${key} in a sequence`)
      return [Number(key), child]
    })
    .sort(([a], [b]) => a - b)
}
