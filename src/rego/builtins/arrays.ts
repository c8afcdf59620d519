import { isArray, type Value } from '../value/value.ts'
import { arrayOperand, define, intOperand } from './builtin.ts'
import { anyArray, number } from './types.ts'

function slice(args: readonly Value[]): Value {
  const items = arrayOperand(args, 0)
  const start = Math.max(0, intOperand(args, 1))
  const stop = Math.min(items.length, Math.max(0, intOperand(args, 2)))
  return items.slice(Math.min(start, stop), stop)
}

export const arrays = define('arrays', [
  {
    name: 'array.concat',
    args: [
      ['x', anyArray, 'first array'],
      ['y', anyArray, 'second array'],
    ],
    result: [anyArray, 'the items of both'],
    description: 'Puts one array behind another.',
    evaluate: (args) => [...arrayOperand(args, 0), ...arrayOperand(args, 1)],
  },
  {
    name: 'array.flatten',
    args: [['arr', anyArray, 'an array, perhaps with arrays in it']],
    result: [anyArray, 'the items, those of inner arrays in their place'],
    description: 'Opens the arrays that are items of an array, one level deep.',
    evaluate: (args) => arrayOperand(args, 0).flatMap((item) => (isArray(item) ? item : [item])),
  },
  {
    name: 'array.reverse',
    args: [['arr', anyArray, 'an array']],
    result: [anyArray, 'the items from last to first'],
    description: 'Turns an array round.',
    evaluate: (args) => arrayOperand(args, 0).toReversed(),
  },
  {
    name: 'array.slice',
    args: [
      ['arr', anyArray, 'an array'],
      ['start', number, 'index of the first item'],
      ['stop', number, 'index behind the last item'],
    ],
    result: [anyArray, 'the items from `start` to before `stop`'],
    description: 'A part of an array; indexes outside are moved to its ends.',
    evaluate: slice,
  },
])
