import { expect, test } from 'vitest'
import { call, from, plainOf, ref, setOf, unknown } from './test-support.ts'

test('jsonencode keeps the structure behind its text', () => {
  const policy = from({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] })
  const encoded = call('jsonencode', policy)
  expect(encoded).toEqual({
    kind: 'string',
    value: '{"Statement":[{"Effect":"Allow"}],"Version":"2012-10-17"}',
    encodes: policy,
  })
  expect(call('jsondecode', encoded)).toBe(policy)
})

test('a structure that is partly unknown is kept too', () => {
  const policy = from({ Resource: unknown({ type: 'string' }), Effect: 'Allow' })
  const encoded = call('jsonencode', policy)
  expect(encoded).toMatchObject({ kind: 'unknown', type: 'string', notNull: true, encodes: policy })
  expect(call('jsondecode', encoded)).toBe(policy)
})

test('strings are escaped as Go escapes them', () => {
  expect(plainOf(call('jsonencode', 'a\u2028<>&"\\\b\f\u0001\u007f\t/'))).toBe(
    '"a\\u2028\\u003c\\u003e\\u0026\\"\\\\\\b\\f\\u0001\u007f\\t/"',
  )
})

test('hostile texts are given up rather than expanded', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => {
    const [name, before] = ['bcdefghij'[i], 'abcdefghi'[i]]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
  }).join('\n')}`
  expect(call('yamldecode', bomb)).toMatchObject({ kind: 'unknown' })
  const shared = Array.from({ length: 40 }).reduce<ReturnType<typeof from>>((inner) => from([inner, inner]), from('x'))
  expect(call('jsonencode', shared)).toMatchObject({ kind: 'unknown' })
  expect(call('format', '%999999999d', 1)).toMatchObject({ kind: 'unknown' })
  expect(call('jsondecode', '['.repeat(100_000))).toMatchObject({ kind: 'unknown' })
})

test('sets are encoded in their order', () => {
  expect(plainOf(call('jsonencode', setOf('b', 'a')))).toBe('["a","b"]')
})

test('structures that share their parts take no exponential time', () => {
  const grow = (leaf: ReturnType<typeof from>) =>
    Array.from({ length: 60 }).reduce<ReturnType<typeof from>>((inner) => from([inner, inner]), leaf)
  const open = grow(unknown({ refs: [ref('a.b')] }))
  const start = performance.now()
  for (const name of [
    'yamlencode',
    'jsonencode',
    'distinct',
    'toset',
    'length',
    'flatten',
    'can',
    'try',
    'tostring',
    'one',
  ]) {
    for (const value of [open, grow(from('x'))]) expect(call(name, value)).toHaveProperty('kind')
  }
  expect(call('jsondecode', call('jsonencode', open))).toMatchObject({ refs: [ref('a.b')] })
  expect(performance.now() - start).toBeLessThan(20_000)
})
