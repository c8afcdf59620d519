import { Scalar } from 'yaml'
import { expect, test } from 'vitest'
import { parseYaml } from '../../../parse/yaml/parser.ts'
import type { Value } from '../../value.ts'
import { list, str } from './convert.ts'
import { call, check, ERROR, from, secret, setOf } from './test-support.ts'

// Expected results are those of Terraform 1.11.
check([
  ['can', ['a'], true],
  ['can', [1], true],
  ['ephemeralasnull', ['a'], 'a'],
  ['ephemeralasnull', [null], null],
  ['ephemeralasnull', [[1]], [1]],
  ['issensitive', [secret('a')], true],
  ['issensitive', [null], false],
  ['issensitive', ['a'], false],
  ['issensitive', [['a']], false],
  ['nonsensitive', [secret('a')], 'a'],
  ['nonsensitive', ['a'], 'a'],
  ['nonsensitive', [1], 1],
  ['nonsensitive', [['a']], ['a']],
  ['tobool', ['1'], true],
  ['tobool', ['0'], false],
  ['tobool', ['True'], ERROR],
  ['tobool', [1], ERROR],
  ['tobool', ['true'], true],
  ['tobool', ['false'], false],
  ['tobool', [null], null],
  ['tolist', [['a', ['b']]], ERROR],
  ['tolist', ['x'], ERROR],
  ['tolist', [null], null],
  ['tolist', [{ a: 1 }], ERROR],
  ['tolist', [setOf('b', 'a')], ['a', 'b']],
  ['tolist', [[{ a: 1 }, { a: 2, b: 3 }]], [{ a: 1 }, { a: 2, b: 3 }]],
  ['tolist', [[true, 'a', 1]], ['true', 'a', '1']],
  ['tolist', [['a', 'b']], ['a', 'b']],
  ['tolist', [[]], []],
  ['tomap', [{ a: 'x', b: 1 }], { a: 'x', b: '1' }],
  ['tomap', [['a']], ERROR],
  ['tomap', [{}], {}],
  ['tomap', [{ a: 1, b: ['x'] }], ERROR],
  ['tomap', [{ a: 'b' }], { a: 'b' }],
  ['tomap', ['x'], ERROR],
  ['tonumber', ['+1'], 1],
  ['tonumber', ['.5'], 0.5],
  ['tonumber', ['5.'], 5],
  ['tonumber', ['1e3'], 1000],
  ['tonumber', [' 1'], ERROR],
  ['tonumber', ['0x10'], ERROR],
  ['tonumber', [''], ERROR],
  ['tonumber', [true], ERROR],
  ['tonumber', ['5'], 5],
  ['tonumber', ['1.50'], 1.5],
  ['tonumber', [null], null],
  ['toset', [['b', 1, 'a']], ['1', 'a', 'b']],
  ['toset', ['a'], ERROR],
  ['toset', [[]], []],
  ['toset', [[null]], [null]],
  ['toset', [[2, 10, 1]], [1, 2, 10]],
  ['toset', [[true, false]], [false, true]],
  ['toset', [['c', 'b', 'b']], ['b', 'c']],
  ['tostring', [1e30], '1000000000000000000000000000000'],
  ['tostring', [0.1], '0.1'],
  ['tostring', [1.5e-10], '0.00000000015'],
  ['tostring', [null], null],
  ['tostring', [['a']], ERROR],
  ['tostring', [''], ''],
  ['tostring', [true], 'true'],
  ['tostring', ['a'], 'a'],
  ['tostring', [15], '15'],
  ['try', ['a', 'b'], 'a'],
  ['try', ['a'], 'a'],
  ['try', [null, 'b'], null],
  ['try', [[1], 2], [1]],
])

test('conversions between collections keep the items as they are written', () => {
  const origin = { language: 'yaml', document: parseYaml('a.yaml', ''), node: new Scalar('b') } as const
  const written: Value = { ...str('b'), origin }
  const source: Value = { ...list([written, str('a')]), origin }
  expect(call('toset', source)).toMatchObject({ origin, set: true, items: [str('a'), { origin }] })
  expect(call('tolist', source)).toMatchObject({ origin, items: [{ origin }, str('a')] })
  expect(call('flatten', [source])).toMatchObject({ items: [{ origin }, str('a')] })
  expect(call('concat', source, ['c'])).toMatchObject({ items: [{ origin }, str('a'), str('c')] })
  expect(call('element', source, 0)).toBe(written)
  expect(call('lookup', { k: written }, 'k')).toBe(written)
  expect(call('tostring', written)).toBe(written)
  expect(call('merge', { k: written }, { l: 1 })).toMatchObject({
    entries: new Map([
      ['k', written],
      ['l', from(1)],
    ]),
  })
  expect(call('upper', written)).toEqual(str('B'))
})
