/** The algebra of sets, as the operators and the builtins use it. */
import { RegoSet, SetBuilder } from '../value/value.ts'

export function difference(a: RegoSet, b: RegoSet): RegoSet {
  const result = new SetBuilder()
  for (const member of a.unsorted()) if (!b.has(member)) result.add(member)
  return result.build()
}

export function intersect(a: RegoSet, b: RegoSet): RegoSet {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  const result = new SetBuilder()
  for (const member of small.unsorted()) if (large.has(member)) result.add(member)
  return result.build()
}

export function unite(sets: Iterable<RegoSet>): RegoSet {
  const result = new SetBuilder()
  for (const set of sets) for (const member of set.unsorted()) result.add(member)
  return result.build()
}
