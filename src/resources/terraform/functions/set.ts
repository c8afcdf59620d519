import type { ListValue, Value } from '../../value.ts'
import { unknownFrom } from './convert.ts'
import { define, type FunctionTable, items } from './definition.ts'
import { includes, makeSet, openCause, unify } from './members.ts'

/** The collection functions about sets: https://developer.hashicorp.com/terraform/language/functions */
export const setFunctions: FunctionTable = {
  setintersection: define({
    parameters: [items('first_set')],
    variadic: items('other_sets'),
    returns: 'list',
    marks: 'structural',
    call: ([first], others) =>
      select(
        first,
        others,
        (found) => found.every((one) => one === true),
        (found) => found.includes(false),
      ),
  }),
  setsubtract: define({
    parameters: [items('a'), items('b')],
    returns: 'list',
    marks: 'structural',
    call: ([a, b]) =>
      select(
        a,
        [b],
        (found) => found.includes(false),
        (found) => found.includes(true),
      ),
  }),
  setunion: define({
    parameters: [items('first_set')],
    variadic: items('other_sets'),
    returns: 'list',
    marks: 'structural',
    call([first], others) {
      const sets = [first, ...others]
      return makeSet(
        sets.flatMap((set) => unify(set.items)),
        sets.map((set) => set.rest).find((rest) => rest !== undefined),
      )
    },
  }),
}

/** The members of the first set that are surely kept; a `rest` stands for those that may be. */
function select(
  first: ListValue,
  others: readonly ListValue[],
  keeps: (found: readonly (boolean | undefined)[]) => boolean,
  drops: (found: readonly (boolean | undefined)[]) => boolean,
): Value {
  const [own, ...theirs] = alike([first, ...others])
  let rest = first.rest === undefined ? undefined : unknownFrom(first.rest)
  const kept: Value[] = []
  for (const member of own?.items ?? []) {
    const found = theirs.map((set) => includes(set, member))
    if (keeps(found)) kept.push(member)
    else if (!drops(found)) rest ??= unknownFrom(openCause(theirs.find((_, i) => found[i] === undefined) ?? first))
  }
  return makeSet(kept, rest)
}

/** The sets with all their members brought to one type. */
function alike(sets: readonly ListValue[]): readonly ListValue[] {
  const members = unify(sets.flatMap((set) => unify(set.items)))
  let start = 0
  return sets.map((set) => {
    const own = members.slice(start, start + set.items.length)
    start += set.items.length
    return { ...set, items: own }
  })
}
