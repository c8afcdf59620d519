import type { Json, JsonMap, Policy, Sample } from '../policies/policy.ts'
import { judge } from './judge.ts'
import { CONTAINERS, fields, isList, reduced } from './reduce.ts'

/** An object as it was found, and as it is after its fix, if there is one. */
export interface Case {
  readonly address: string
  readonly before: JsonMap
  readonly after?: JsonMap | undefined
}

export interface Samples {
  readonly failing: readonly Sample[]
  readonly passing: readonly Sample[]
  /** What could not be taken from the project, in a line each. */
  readonly notes: readonly string[]
}

/** So many objects of one policy become samples: more show nothing new. */
const MOST = 5

/**
 * Samples from objects of the project, each held against the policy first. What the policy judges otherwise than the
 * rule did is left out, with a note; where nothing is left, the library's own samples stand in.
 */
export function samplesOf(policy: Policy, cases: readonly Case[]): Samples {
  const failing: Sample[] = []
  const passing: Sample[] = []
  const notes: string[] = []
  for (const { address, before, after } of cases.slice(0, MOST)) {
    const name = slug(address)
    const bad = reduced(policy, before)
    if (judge(policy, bad).length > 0) failing.push({ name, object: minimal(policy, bad) })
    else notes.push(`${policy.name}: ${address}: the policy does not refuse it as it was, so it is no sample`)
    if (after === undefined) continue
    const good = reduced(policy, after)
    if (judge(policy, good).length === 0) passing.push({ name, object: good })
    else notes.push(`${policy.name}: ${address}: the policy still refuses it after the fix, so it is no passing sample`)
  }
  const own = ownSamples(policy)
  return {
    failing: failing.length > 0 ? unique(failing) : own.failing,
    passing: passing.length > 0 ? unique(passing) : own.passing,
    notes,
  }
}

/** Lists and maps of which a policy may need only some entries to refuse an object. */
const PARTS: ReadonlySet<string> = new Set([...CONTAINERS, 'env', 'ports', 'volumes', 'data', 'binaryData'])

/** Without what the policy does not need to refuse it: the first fault stays. */
function minimal(policy: Policy, object: JsonMap): JsonMap {
  let smallest = object
  // The last first, so that the places of those before stay what they are.
  for (const path of [...partsOf(object, [])].toReversed()) {
    const less = without(smallest, path)
    if (less !== undefined && judge(policy, less).length > 0) smallest = less
  }
  return smallest
}

type Path = readonly (string | number)[]

/** Where the entries are that may go, what is around before what is within. */
function* partsOf(value: Json, path: Path): Iterable<Path> {
  const entries: readonly (readonly [string | number, Json])[] = isList(value)
    ? [...value.entries()]
    : Object.entries(fields(value))
  const isPart = PARTS.has(String(path.at(-1)))
  for (const [key, inner] of entries) {
    const at = [...path, key]
    if (isPart) yield at
    yield* partsOf(inner, at)
  }
}

/** An empty list or map goes with its key; undefined if there is no such entry any more. */
function without(object: JsonMap, path: Path): JsonMap | undefined {
  const [key = '', ...rest] = path
  const changed = withoutIn(object[key], rest)
  if (changed === undefined) return undefined
  const { [key]: _old, ...others } = object
  return isEmpty(changed) ? others : { ...object, [key]: changed }
}

function withoutIn(value: Json | undefined, path: Path): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return undefined
  if (!isList(value)) {
    const map = fields(value)
    if (rest.length > 0) return without(map, path)
    const { [key]: old, ...others } = map
    return old === undefined ? undefined : others
  }
  const index = Number(key)
  if (index >= value.length) return undefined
  if (rest.length === 0) return value.filter((_, other) => other !== index)
  const changed = withoutIn(value[index], rest)
  return changed === undefined ? undefined : value.map((item, other) => (other === index ? changed : item))
}

function isEmpty(value: Json): boolean {
  return isList(value) ? value.length === 0 : Object.keys(fields(value)).length === 0
}

/** Sorted anew: with other parameters some that fail may pass. */
function ownSamples(policy: Policy): Pick<Samples, 'failing' | 'passing'> {
  const all = [
    ...policy.failing,
    ...policy.passing.filter(({ object }) => !policy.failing.some((one) => one.object === object)),
  ]
  const fails = (sample: Sample): boolean => judge(policy, sample.object).length > 0
  return { failing: unique(all.filter(fails)), passing: unique(all.filter((sample) => !fails(sample))) }
}

function unique(samples: readonly Sample[]): Sample[] {
  const seen = new Map<string, number>()
  return samples.map(({ name, object }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { name: count === 1 ? name : `${name}-${count}`, object }
  })
}

function slug(address: string): string {
  return address
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
