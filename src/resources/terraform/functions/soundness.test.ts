import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Value } from '../../value.ts'
import { list, map, num, str, toStringValue, valuesEqual } from './convert.ts'
import { isErrorValue } from './evaluation-error.ts'
import { callFunction, functionNames } from './index.ts'
import { context, from, plainOf, unknown } from './test-support.ts'

/** A value with holes, and one of the values it may turn out to be. */
interface Pair {
  readonly open: Value
  readonly closed: Value
}

const leaf = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', '1', '10.0.0.0/8', '%s-%v').map(str),
  fc.integer({ min: -1, max: 3 }).map(num),
  fc.constantFrom(true, false, null).map(from),
)

const { pair } = fc.letrec<{ pair: Pair }>((tie) => {
  const members = fc.array(tie('pair'), { maxLength: 3 })
  const extra = fc.array(leaf, { maxLength: 2 })
  const keyed = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('pair')), { selector: ([key]) => key })
  return {
    pair: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'pair' },
      leaf.map((value) => ({ open: value, closed: value })),
      leaf.map((closed) => ({ open: unknown(), closed })),
      leaf.map((closed) => ({
        open: unknown(closed.kind === 'null' || closed.kind === 'unknown' ? {} : { type: closed.kind, notNull: true }),
        closed,
      })),
      fc.tuple(leaf, leaf).map(([closed, other]) => ({ open: unknown({ candidates: [other, closed] }), closed })),
      fc.tuple(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 })).map(([head, tail]) => ({
        open: unknown({ type: 'string', notNull: true, parts: [head, unknown()] }),
        closed: str(head + tail),
      })),
      members.map((pairs) => ({ open: list(pairs.map((p) => p.open)), closed: list(pairs.map((p) => p.closed)) })),
      fc.tuple(members, extra).map(([pairs, more]) => ({
        open: list(
          pairs.map((p) => p.open),
          unknown(),
        ),
        closed: list([...pairs.map((p) => p.closed), ...more]),
      })),
      members.map((pairs) => ({ open: unknown(), closed: list(pairs.map((p) => p.closed)) })),
      keyed.map((pairs) => ({
        open: map(pairs.map(([key, p]) => [key, p.open] as const)),
        closed: map(pairs.map(([key, p]) => [key, p.closed] as const)),
      })),
      fc.tuple(keyed, leaf).map(([pairs, more]) => ({
        open: map(
          pairs.map(([key, p]) => [key, p.open] as const),
          unknown(),
        ),
        closed: map([...pairs.map(([key, p]) => [key, p.closed] as const), ['z', more] as const]),
      })),
    ),
  }
})

/**
 * Whether `closed` is one of the values that `open` stands for. Scalars count as equal if they are the same text: they
 * become strings when an unknown neighbour in their list turns out to be one.
 */
function allows(open: Value, closed: Value): boolean {
  if (isErrorValue(open)) return isErrorValue(closed)
  if (closed.kind === 'unknown') return true
  if (open.kind === 'unknown') {
    if (closed.kind === 'null') return open.notNull !== true
    if (open.candidates !== undefined) return open.candidates.some((candidate) => allows(candidate, closed))
    if (open.type === closed.kind) return valuesEqual(open, closed) !== false
    return open.type === undefined || (closed.kind === 'string' && open.type !== 'list' && open.type !== 'map')
  }
  if (open.kind === 'list' && closed.kind === 'list') {
    if (open.rest !== undefined || open.set === true) {
      return open.items.every((item) => item.kind === 'unknown' || closed.items.some((other) => allows(item, other)))
    }
    return (
      open.items.length === closed.items.length &&
      open.items.every((item, i) => allows(item, closed.items[i] ?? from(null)))
    )
  }
  if (open.kind === 'map' && closed.kind === 'map') {
    for (const [key, item] of open.entries) {
      const other = closed.entries.get(key)
      if (other === undefined || !allows(item, other)) return false
    }
    return open.rest !== undefined || open.entries.size === closed.entries.size
  }
  return valuesEqual(toStringValue(open), toStringValue(closed)) !== false
}

test('what is said of a result holds whatever its unknown arguments turn out to be', () => {
  fc.assert(
    fc.property(fc.constantFrom(...functionNames), fc.array(pair, { minLength: 1, maxLength: 3 }), (name, pairs) => {
      const open = callFunction(
        name,
        pairs.map((p) => p.open),
        context,
      )
      const closed = callFunction(
        name,
        pairs.map((p) => p.closed),
        context,
      )
      // A call that turns out to fail contradicts nothing.
      if (isErrorValue(closed) && !isErrorValue(open)) return
      expect({ open: plainOf(open), closed: plainOf(closed), allowed: allows(open, closed) }).toMatchObject({
        allowed: true,
      })
    }),
    { numRuns: 20_000 },
  )
})
