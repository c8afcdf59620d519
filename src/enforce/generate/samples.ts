import type { Json, JsonMap, Policy, Sample } from '../policies/policy.ts'
import { judge } from './judge.ts'
import { CONTAINERS, fields, isList, podPath, reduced } from './reduce.ts'

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

/** Without the containers that the policy does not need to refuse it: the first at fault stays. */
function minimal(policy: Policy, object: JsonMap): JsonMap {
  const path = podPath(String(object['kind']))
  const lists = CONTAINERS.map((field) => [...path, field])
  let smallest = object
  for (const at of lists) {
    for (let index = listAt(smallest, at).length - 1; index >= 0; index--) {
      const without = withList(
        smallest,
        at,
        listAt(smallest, at).filter((_, lane) => lane !== index),
      )
      if (judge(policy, without).length > 0) smallest = without
    }
  }
  return smallest
}

function listAt(object: Json, path: readonly string[]): readonly Json[] {
  const found = path.reduce((at: Json | undefined, key) => fields(at)[key], object)
  return isList(found) ? found : []
}

/** An empty list goes with its key. */
function withList(object: JsonMap, [key = '', ...rest]: readonly string[], list: readonly Json[]): JsonMap {
  if (rest.length > 0) return { ...object, [key]: withList(fields(object[key]), rest, list) }
  const { [key]: _old, ...others } = object
  return list.length === 0 ? others : { ...object, [key]: list }
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
