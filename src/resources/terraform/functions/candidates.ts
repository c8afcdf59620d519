import type { Value } from '../../value.ts'
import { mergeRefs } from './definition.ts'

/** As many as UnknownValue.candidates may hold. */
const most = 16

/**
 * The arguments for every combination of the candidates in them; with `nested` also of candidates one level inside
 * lists and maps. Undefined if there are none or more than sixteen.
 */
export function combinations(args: readonly Value[], nested: boolean): readonly (readonly Value[])[] | undefined {
  const choices = args.map((arg) => alternatives(arg, nested))
  if (choices.every((choice) => choice === undefined)) return undefined
  return product(choices.map((choice, i) => choice ?? args.slice(i, i + 1)))
}

/** Undefined if there is nothing to choose. */
function alternatives(value: Value, nested: boolean): readonly Value[] | undefined {
  if (value.kind === 'unknown') {
    return value.candidates?.map((candidate) => {
      const refs = mergeRefs(candidate.refs, value.refs)
      const sensitive = candidate.sensitive === true || value.sensitive === true
      return { ...candidate, ...(refs !== undefined && { refs }), ...(sensitive && { sensitive }) }
    })
  }
  if (!nested) return undefined
  if (value.kind === 'list') {
    return combinations(value.items, false)?.map((items) => ({ ...value, items }))
  }
  if (value.kind === 'map') {
    const keys = [...value.entries.keys()]
    return combinations([...value.entries.values()], false)?.map((row) => {
      const entries = new Map<string, Value>()
      for (const [i, item] of row.entries()) entries.set(keys[i] ?? '', item)
      return { ...value, entries }
    })
  }
  return undefined
}

function product(choices: readonly (readonly Value[])[]): readonly (readonly Value[])[] | undefined {
  if (choices.reduce((count, choice) => count * choice.length, 1) > most) return undefined
  let rows: readonly (readonly Value[])[] = [[]]
  for (const choice of choices) rows = rows.flatMap((row) => choice.map((value) => [...row, value]))
  return rows
}
