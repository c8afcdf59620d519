import { RegoSet, type Value } from '../value/value.ts'
import { define, setOperand, wrongItem } from './builtin.ts'
import { difference, intersect, unite } from './set-operations.ts'
import { anySet, setOf } from './types.ts'

const TWO = [
  ['x', anySet, 'first set'],
  ['y', anySet, 'second set'],
] as const

function members(args: readonly Value[]): RegoSet[] {
  const outer = setOperand(args, 0)
  const sets: RegoSet[] = []
  for (const member of outer.sorted()) {
    if (!(member instanceof RegoSet)) throw wrongItem(0, outer, 'sets', member)
    sets.push(member)
  }
  return sets
}

export const sets = define('sets', [
  {
    name: 'and',
    infix: '&',
    args: TWO,
    result: [anySet, 'what is in both'],
    description: 'The intersection of two sets.',
    evaluate: (args) => intersect(setOperand(args, 0), setOperand(args, 1)),
  },
  {
    name: 'or',
    infix: '|',
    args: TWO,
    result: [anySet, 'what is in at least one'],
    description: 'The union of two sets.',
    evaluate: (args) => unite([setOperand(args, 0), setOperand(args, 1)]),
  },
  {
    name: 'intersection',
    args: [['xs', setOf(anySet), 'a set of sets']],
    result: [anySet, 'what is in every one of them'],
    description: 'The intersection of any number of sets; of none it is empty.',
    evaluate: (args) => {
      const [first, ...others] = members(args)
      return others.reduce(intersect, first ?? RegoSet.empty)
    },
  },
  {
    name: 'union',
    args: [['xs', setOf(anySet), 'a set of sets']],
    result: [anySet, 'what is in at least one of them'],
    description: 'The union of any number of sets.',
    evaluate: (args) => unite(members(args)),
  },
  {
    name: 'set_diff',
    args: TWO,
    result: [anySet, 'what is in `x` only'],
    description: 'The difference of two sets.',
    deprecated: 'use `x - y`',
    evaluate: (args) => difference(setOperand(args, 0), setOperand(args, 1)),
  },
])
