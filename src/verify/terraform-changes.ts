import type { Estate } from '../resources/estate.ts'
import type { TerraformResource } from '../resources/resource.ts'
import type { ListValue, MapValue, Value } from '../resources/value.ts'

/** A Terraform resource that an edit made or changed, in its text or by what it evaluates to. */
export interface ChangedResource {
  /** Undefined if the edit made it. */
  readonly before: TerraformResource | undefined
  readonly after: TerraformResource
}

export function changedResources(before: Estate, after: Estate): readonly ChangedResource[] {
  const had = new Map<string, TerraformResource>()
  for (const resource of before.resources) if (resource.kind === 'terraform') had.set(keyOf(resource), resource)
  const changed: ChangedResource[] = []
  for (const resource of after.resources) {
    if (resource.kind !== 'terraform') continue
    const old = had.get(keyOf(resource))
    if (old !== undefined && textOf(old) === textOf(resource) && sameValue(old.value, resource.value)) continue
    changed.push({ before: old, after: resource })
  }
  return changed
}

function keyOf({ root, address }: TerraformResource): string {
  return `${root}\u0000${address}`
}

function textOf({ source }: TerraformResource): string | undefined {
  return source?.document.text.slice(source.block.span.start, source.block.span.end)
}

/** Whether two values are the same as far as can be known; where they were written does not count. */
function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return isNothing(a) && isNothing(b)
  switch (a.kind) {
    case 'null':
      return b.kind === 'null'
    case 'bool':
    case 'number':
    case 'string':
      return b.kind === a.kind && a.value === b.value
    case 'list':
      return b.kind === 'list' && sameList(a, b)
    case 'map':
      return b.kind === 'map' && sameMap(a, b)
    default:
      return (
        b.kind === 'unknown' &&
        a.reason === b.reason &&
        JSON.stringify(a.refs) === JSON.stringify(b.refs) &&
        sameValue(a.encodes, b.encodes) &&
        (a.candidates?.length ?? 0) === (b.candidates?.length ?? 0) &&
        (a.candidates ?? []).every((one, index) => sameValue(one, b.candidates?.[index])) &&
        (a.parts?.length ?? 0) === (b.parts?.length ?? 0) &&
        (a.parts ?? []).every((part, index) => samePart(part, b.parts?.[index]))
      )
  }
}

function samePart(a: string | Value, b: string | Value | undefined): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : sameValue(a, b)
}

function sameList(a: ListValue, b: ListValue): boolean {
  return (
    a.items.length === b.items.length &&
    a.items.every((item, index) => sameValue(item, b.items[index])) &&
    sameValue(a.rest, b.rest)
  )
}

function sameMap(a: MapValue, b: MapValue): boolean {
  const keys = new Set([...a.entries.keys(), ...b.entries.keys()])
  return (
    a.uncertain === b.uncertain &&
    [...keys].every((key) => sameValue(a.entries.get(key), b.entries.get(key))) &&
    sameValue(a.rest, b.rest)
  )
}

function isNothing(value: Value | undefined): boolean {
  return value === undefined || value.kind === 'null'
}

/**
 * Paths of names, without indexes, whose values differ: `['vpc_config', 'subnet_ids']`. Of a block that came or went, every
 * name in it; of a list of plain values, the list.
 */
export function changedPaths(before: Value | undefined, after: Value | undefined): readonly (readonly string[])[] {
  const paths = new Map<string, readonly string[]>()
  collect(before, after, [], (path) => paths.set(path.join('.'), path))
  return [...paths.values()]
}

function collect(
  before: Value | undefined,
  after: Value | undefined,
  path: readonly string[],
  found: (path: readonly string[]) => void,
): void {
  if (sameValue(before, after)) return
  const [old, now] = [objectsOf(before), objectsOf(after)]
  const nested = old.length > 0 || now.length > 0
  if (!nested) {
    found(path)
    return
  }
  // A block that came or went is a change of its own; what is in it is another.
  if (old.length !== now.length && path.length > 0) found(path)
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    const [a, b] = [old[index], now[index]]
    const keys = new Set([...(a?.entries.keys() ?? []), ...(b?.entries.keys() ?? [])])
    for (const key of keys) collect(a?.entries.get(key), b?.entries.get(key), [...path, key], found)
  }
}

/** The blocks or objects of a value; empty for a plain one. */
function objectsOf(value: Value | undefined): readonly MapValue[] {
  if (value?.kind === 'map') return [value]
  if (value?.kind !== 'list') return []
  return value.items.flatMap((item) => (item.kind === 'map' ? [item] : []))
}
