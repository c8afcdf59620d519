import { isArray, RegoObject, RegoSet, SetBuilder, type Value } from '../value/value.ts'
import { define, objectOperand, operand, wrongOperand, type Builtin, type BuiltinContext } from './builtin.ts'
import { any, anyArray, anyOf, anySet, arrayOf, objectOf, setOf, tuple } from './types.ts'

const GRAPH = objectOf(any, anyOf(anyArray, anySet))
const START = anyOf(anyArray, anySet)

function items(value: Value | undefined): readonly Value[] {
  if (value instanceof RegoSet) return value.sorted()
  return value !== undefined && isArray(value) ? value : []
}

/** For where the order does not show. */
function unordered(value: Value): Iterable<Value> {
  return value instanceof RegoSet ? value.unsorted() : items(value)
}

function startOperand(args: readonly Value[]): readonly Value[] {
  const value = operand(args, 1)
  if (isArray(value) || value instanceof RegoSet) return items(value)
  throw wrongOperand(1, value, '{array, set}')
}

function reachable(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectOperand(args, 0)
  const queue = [...startOperand(args)]
  const reached = new SetBuilder()
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    context.budget.step(1)
    const edges = graph.get(node)
    if (edges === undefined || !reached.add(node)) continue
    for (const next of unordered(edges)) if (!reached.has(next)) queue.push(next)
  }
  return reached.build()
}

function reachablePaths(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectOperand(args, 0)
  const paths = new SetBuilder()
  const follow = (node: Value, path: readonly Value[], seen: readonly Value[]): void => {
    context.budget.step(1 + path.length)
    const edges = graph.get(node)
    if (edges === undefined) {
      paths.add(path)
      return
    }
    const longer = [...path, node]
    const next = items(edges)
    if (next.length === 0) paths.add(longer)
    const visited = RegoSet.of([...seen, node])
    for (const neighbor of next) {
      if (visited.has(neighbor)) paths.add(longer)
      else follow(neighbor, longer, [...seen, node])
    }
  }
  for (const node of startOperand(args)) {
    const edges = graph.get(node)
    if (edges === undefined) continue
    const next = items(edges)
    if (next.length === 0) paths.add([node])
    for (const neighbor of next) follow(neighbor, [node], [node])
  }
  return paths.build()
}

/** Every value in a value with its path, outer ones first. */
function* walkAll(value: Value, path: readonly Value[], context: BuiltinContext): Iterable<Value> {
  context.budget.step(1 + path.length)
  yield [path, value]
  if (value === null || typeof value !== 'object') return
  if (isArray(value)) {
    for (const [index, item] of value.entries()) yield* walkAll(item, [...path, index], context)
  } else if (value instanceof RegoObject) {
    for (const [key, member] of value) yield* walkAll(member, [...path, key], context)
  } else if (value instanceof RegoSet) {
    for (const member of value) yield* walkAll(member, [...path, member], context)
  }
}

const relation: Pick<Builtin, 'evaluateAll'> = {
  evaluateAll: (args, context) => walkAll(operand(args, 0), [], context),
}

export const graph: readonly Builtin[] = [
  ...define('graph', [
    {
      name: 'graph.reachable',
      args: [
        ['graph', GRAPH, 'nodes, each with the nodes it leads to'],
        ['initial', START, 'where to begin'],
      ],
      result: [anySet, 'the nodes that can be reached, those at the start with them'],
      description: 'Finds what can be reached in a graph.',
      evaluate: reachable,
    },
    {
      name: 'graph.reachable_paths',
      args: [
        ['graph', GRAPH, 'nodes, each with the nodes it leads to'],
        ['initial', START, 'where to begin'],
      ],
      result: [setOf(arrayOf(any)), 'the paths, each up to its end or to where it meets itself'],
      description: 'Finds all paths in a graph.',
      evaluate: reachablePaths,
    },
  ]),
  ...define('graph', [
    {
      name: 'walk',
      args: [['x', any, 'a value']],
      result: [tuple(anyArray, any), 'path and value, for each value in it'],
      description: 'Goes through everything inside a value.',
      evaluate: (args) => [[], operand(args, 0)],
    },
  ]).map((builtin) => ({ ...builtin, ...relation })),
]
