import type { ListValue, UnknownValue, Value } from '../../value.ts'
import { compareStrings, list, toStringValue, valuesEqual } from './convert.ts'
import { Fault } from './definition.ts'
import { isErrorValue } from './evaluation-error.ts'

/**
 * Brings members of one collection to one type, as Terraform's lists, sets and maps need it: scalars of several types
 * become strings. Throws Fault where there is no common type.
 */
export function unify(members: readonly Value[]): readonly Value[] {
  const types = new Set(members.map((member) => (member.kind === 'unknown' ? member.type : member.kind)))
  types.delete('null')
  const open = types.delete(undefined)
  if (types.size < 2) return members
  if (types.has('list') || types.has('map')) throw new Fault('the members have no common type')
  if (!types.has('string')) {
    // A member that is not known yet may be the string that all others become.
    if (open) return members
    throw new Fault('the members have no common type')
  }
  return members.map((member) => {
    if (member.kind === 'unknown' && member.type === undefined) return member
    const converted = toStringValue(member)
    if (isErrorValue(converted)) throw new Fault('the members have no common type')
    return converted
  })
}

/** The members without those that surely occur before; what is unknown stays. */
export function dedupe(members: readonly Value[]): readonly Value[] {
  const scalars = new Set<string>()
  const others: Value[] = []
  return members.filter((member) => {
    if (member.kind === 'unknown') return true
    if ('value' in member) {
      const key = `${member.kind} ${String(member.value)}`
      const before = scalars.has(key)
      scalars.add(key)
      return !before
    }
    const before = others.some((other) => valuesEqual(other, member) === true)
    if (!before) others.push(member)
    return !before
  })
}

/** A set of these members: of one type, each once, in Terraform's order with what is unknown at the end. */
export function makeSet(members: readonly Value[], rest?: UnknownValue): ListValue {
  const distinct = dedupe(unify(members))
  const ordered = distinct.toSorted((a, b) => {
    if (a.kind === 'unknown' || b.kind === 'unknown') return Number(a.kind === 'unknown') - Number(b.kind === 'unknown')
    if (a.kind === 'string' && b.kind === 'string') return compareStrings(a.value, b.value)
    if (a.kind === 'number' && b.kind === 'number') return a.value - b.value
    if (a.kind === 'bool' && b.kind === 'bool') return Number(a.value) - Number(b.value)
    return 0
  })
  return { ...list(ordered, rest), set: true }
}

/** How many members there can be at least and at most: unknown members of a set may be equal to others. */
export function countRange({ items, set, rest }: ListValue): { least: number; most: number } {
  const open = items.filter((item) => item.kind === 'unknown').length
  const least = set === true && open > 0 ? Math.max(1, items.length - open) : items.length
  return { least, most: rest === undefined ? items.length : Infinity }
}

/** Whether a list holds a value equal to this one. */
export function includes({ items, rest }: ListValue, value: Value): boolean | undefined {
  const verdicts = items.map((item) => valuesEqual(item, value))
  if (verdicts.includes(true)) return true
  return verdicts.includes(undefined) || rest !== undefined ? undefined : false
}

/** The reason why a collection is not known exactly. */
export function openCause({ items, rest }: ListValue): UnknownValue {
  return rest ?? items.find((item) => item.kind === 'unknown') ?? { kind: 'unknown', reason: 'not all items are known' }
}
