import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../value.ts'
import { list, map, num, str, valuesEqual } from './convert.ts'
import { errorValue, isErrorValue } from './evaluation-error.ts'
import { callFunction, functionNames } from './index.ts'
import {
  call,
  check,
  context,
  ERROR,
  from,
  oneOf,
  plainOf,
  ref,
  secret,
  setOf,
  unknown,
  UNKNOWN,
} from './test-support.ts'

const stringUnknown = unknown({ type: 'string', notNull: true })
const listUnknown = unknown({ type: 'list', notNull: true })
const arnUnknown = unknown({ type: 'string', notNull: true, parts: ['arn:aws:s3:::', unknown(), '/*'] })
const openList = list([str('a')], unknown())
const openMap = map([['a', num(1)]], unknown())

describe('partly known arguments', () => {
  check([
    ['length', [[unknown(), unknown()]], 2],
    ['length', [openList], UNKNOWN],
    ['length', [openMap], UNKNOWN],
    ['length', [listUnknown], UNKNOWN],
    ['length', [{ a: unknown() }], 1],
    ['concat', [['a'], [unknown()], ['b']], ['a', UNKNOWN, 'b']],
    ['concat', [['a'], listUnknown, ['b']], ['a', 'b', '...']],
    ['concat', [openList, ['b']], ['a', 'b', '...']],
    ['concat', [['a'], stringUnknown], ERROR],
    ['flatten', [[['a', stringUnknown], listUnknown]], ['a', UNKNOWN, '...']],
    ['flatten', [[unknown(), ['a']]], ['a', '...']],
    ['merge', [{ a: 1, b: 2 }, unknown()], { a: UNKNOWN, b: UNKNOWN, '...': '...' }],
    ['merge', [unknown(), { a: 1 }], { a: 1, '...': '...' }],
    ['merge', [{ a: unknown() }, { b: 2 }], { a: UNKNOWN, b: 2 }],
    ['merge', [{ a: 1 }, stringUnknown], ERROR],
    ['lookup', [openMap, 'a', 0], 1],
    ['lookup', [openMap, 'b', 0], UNKNOWN],
    ['lookup', [unknown({ member: (name) => str(`the ${name}`) }), 'arn'], 'the arn'],
    ['element', [[unknown(), 'b'], 1], 'b'],
    ['element', [openList, 0], UNKNOWN],
    ['element', [['a', 'b'], -1], 'b'],
    ['keys', [{ b: unknown(), a: 1 }], ['a', 'b']],
    ['keys', [openMap], ['a', '...']],
    ['values', [{ b: unknown(), a: 1 }], [1, UNKNOWN]],
    ['values', [openMap], [1, '...']],
    ['toset', [['b', stringUnknown, 'a']], ['a', 'b', UNKNOWN]],
    ['toset', [openList], ['a', '...']],
    ['tolist', [setOf('a', stringUnknown)], ['a', UNKNOWN, '...']],
    ['tolist', [[stringUnknown]], [UNKNOWN]],
    ['coalesce', [null, unknown({ type: 'number', notNull: true }), 1], UNKNOWN],
    ['coalesce', ['', 'a', unknown()], 'a'],
    ['contains', [['a', unknown()], 'a'], true],
    ['contains', [['a', unknown()], 'b'], UNKNOWN],
    ['contains', [openList, 'b'], UNKNOWN],
    ['contains', [['a'], arnUnknown], false],
    [
      'zipmap',
      [
        ['a', 'b'],
        [1, unknown()],
      ],
      { a: 1, b: UNKNOWN },
    ],
    ['zipmap', [[stringUnknown], [1]], { '...': '...' }],
    ['zipmap', [['a'], listUnknown], UNKNOWN],
    ['compact', [['a', stringUnknown, '']], ['a', '...']],
    ['compact', [['a', arnUnknown]], ['a', UNKNOWN]],
    ['distinct', [['a', 'a', stringUnknown]], ['a', UNKNOWN, '...']],
    [
      'setproduct',
      [['a'], [unknown(), 'b']],
      [
        ['a', UNKNOWN],
        ['a', 'b'],
      ],
    ],
    ['setproduct', [[], openList], []],
    ['setunion', [['a'], openList], ['a', '...']],
    [
      'setintersection',
      [
        ['a', 'b'],
        ['a', stringUnknown],
      ],
      ['a', '...'],
    ],
    [
      'setsubtract',
      [
        ['a', 'b'],
        ['a', stringUnknown],
      ],
      ['...'],
    ],
    ['one', [[unknown()]], UNKNOWN],
    ['one', [openList], 'a'],
    ['alltrue', [[false, unknown()]], false],
    ['alltrue', [[true, unknown()]], UNKNOWN],
    ['anytrue', [[true, unknown()]], true],
    ['anytrue', [list([], unknown())], UNKNOWN],
    ['sort', [['b', stringUnknown, 'a']], ['a', 'b', UNKNOWN, '...']],
    ['reverse', [['a', unknown()]], [UNKNOWN, 'a']],
    ['slice', [['a', unknown(), 'c'], 1, 3], [UNKNOWN, 'c']],
    ['chunklist', [['a', stringUnknown, 'c'], 2], [['a', UNKNOWN], ['c']]],
    ['index', [['a', unknown()], 'a'], 0],
    ['index', [[unknown(), 'a'], 'a'], UNKNOWN],
    ['matchkeys', [['x', 'y'], ['a', stringUnknown], ['a']], ['x', '...']],
    ['coalescelist', [[], ['a']], ['a']],
    ['coalescelist', [listUnknown, ['a']], UNKNOWN],
    ['transpose', [{ a: [unknown()] }], UNKNOWN],
    ['sum', [[1, unknown()]], UNKNOWN],
    ['startswith', [arnUnknown, 'arn:'], true],
    ['startswith', [arnUnknown, 'http'], false],
    ['startswith', [arnUnknown, 'arn:aws:s3:::logs'], UNKNOWN],
    ['endswith', [arnUnknown, '*'], true],
    ['endswith', [arnUnknown, 'x'], false],
    ['strcontains', [arnUnknown, 's3'], true],
    ['strcontains', [arnUnknown, 'logs'], UNKNOWN],
    ['formatlist', ['%s-%s', ['a', 'b'], stringUnknown], [UNKNOWN, UNKNOWN]],
    ['formatlist', ['%s', openList], ['a', '...']],
    ['formatlist', ['%s', unknown()], UNKNOWN],
    ['upper', [stringUnknown], UNKNOWN],
    ['upper', [listUnknown], ERROR],
    ['substr', [stringUnknown, 0, null], ERROR],
  ])

  test('a set that holds unknown members has one of several lengths', () => {
    expect(call('length', setOf('a', stringUnknown, stringUnknown))).toMatchObject({
      candidates: [num(1), num(2), num(3)],
    })
  })

  test('the result of a function is never null, unless it may be', () => {
    expect(call('lower', unknown())).toMatchObject({ kind: 'unknown', type: 'string', notNull: true })
    expect(call('tostring', unknown())).not.toHaveProperty('notNull')
    expect(call('coalesce', unknown(), 'a')).toMatchObject({ notNull: true })
  })

  test('format and join keep the known parts of a text', () => {
    expect(call('format', 'arn:%s:%s', 'aws', stringUnknown)).toMatchObject({ parts: ['arn:aws:', stringUnknown] })
    expect(call('join', '/', ['a', stringUnknown, 'b'])).toMatchObject({ parts: ['a/', stringUnknown, '/b'] })
    expect(call('join', '/', openList)).not.toHaveProperty('parts')
  })
})

describe('what an unknown argument can be', () => {
  test('every candidate gives a candidate', () => {
    expect(call('upper', oneOf('a', 'b'))).toMatchObject({
      type: 'string',
      notNull: true,
      candidates: [str('A'), str('B')],
    })
    expect(call('format', '%s-%s', oneOf('a', 'b'), oneOf(1, 2))).toMatchObject({
      candidates: ['a-1', 'a-2', 'b-1', 'b-2'].map(str),
    })
  })

  test('is known where all of them agree', () => {
    expect(plainOf(call('length', oneOf(['a'], ['b'])))).toBe(1)
    expect(plainOf(call('lower', oneOf('A', 'a')))).toBe('a')
  })

  test('is followed into lists and maps', () => {
    expect(call('join', ',', ['x', oneOf('a', 'b')])).toMatchObject({ candidates: [str('x,a'), str('x,b')] })
    expect(call('jsonencode', { k: oneOf(1, 2) })).toMatchObject({
      candidates: [{ value: '{"k":1}' }, { value: '{"k":2}' }],
    })
  })

  test('stays open if there are too many or one of them would fail', () => {
    const many = Array.from({ length: 5 }, (_, i) => i)
    expect(call('max', oneOf(...many), oneOf(...many))).not.toHaveProperty('candidates')
    expect(call('regex', '^a', oneOf('a', 'b'))).not.toHaveProperty('candidates')
    expect(isErrorValue(call('regex', '^a', oneOf('x', 'b')))).toBe(true)
  })
})

describe('references, marks and origins', () => {
  const bucket: Value = { ...str('logs'), refs: [ref('aws_s3_bucket.logs')] }
  const key: Value = { ...unknown(), refs: [ref('aws_kms_key.logs')] }

  test('computed values refer to everything that went into them', () => {
    expect(call('upper', bucket).refs).toEqual([ref('aws_s3_bucket.logs')])
    expect(call('format', '%s-%s', bucket, key).refs).toEqual([ref('aws_kms_key.logs'), ref('aws_s3_bucket.logs')])
    expect(call('join', ',', [bucket, bucket]).refs).toEqual([ref('aws_s3_bucket.logs')])
    expect(call('split', 'o', bucket)).toMatchObject({
      items: [{ refs: [ref('aws_s3_bucket.logs')] }, { value: 'gs' }],
    })
  })

  test('moved values keep what is theirs', () => {
    expect(call('concat', [bucket], ['x'])).toMatchObject({ items: [bucket, str('x')] })
    expect(call('element', [bucket, 'x'], 1)).toEqual(str('x'))
    expect(call('coalesce', 'a', bucket)).toEqual(str('a'))
    expect(call('element', { ...list([str('a')]), refs: [ref('a.b')] }, 0).refs).toEqual([ref('a.b')])
  })

  test('what is made from a secret is one', () => {
    expect(call('upper', secret('a')).sensitive).toBe(true)
    expect(call('join', ',', [secret('a')]).sensitive).toBe(true)
    expect(call('concat', [secret('a')], ['b']).sensitive).toBeUndefined()
    expect(call('sensitive', 'a')).toEqual(secret('a'))
    expect(call('sensitive', [1]).sensitive).toBe(true)
    expect(call('sensitive', unknown()).sensitive).toBe(true)
    expect(call('nonsensitive', secret('a')).sensitive).toBeUndefined()
    expect(call('issensitive', secret('a')).sensitive).toBeUndefined()
    expect(call('base64encode', unknown({ sensitive: true })).sensitive).toBe(true)
  })

  test('no reason of an error holds the value', () => {
    for (const name of ['tonumber', 'tobool', 'jsondecode', 'base64decode', 'timeadd', 'cidrnetmask']) {
      const value = call(name, 'hunter2-é', ...(name === 'timeadd' ? ['1h'] : []))
      expect(isErrorValue(value)).toBe(true)
      expect(value).toMatchObject({ reason: expect.not.stringContaining('hunter2') })
    }
  })
})

describe('errors', () => {
  const failed = errorValue('var.x has no attribute "y"')

  test('pass through every other function', () => {
    expect(call('upper', failed)).toBe(failed)
    expect(call('concat', ['a'], [{ deep: failed }])).toBe(failed)
  })

  test('name the function and the fault', () => {
    expect(call('substr', 'a')).toMatchObject({ reason: 'substr(): needs at least 3 arguments, has 1' })
    expect(call('upper', 'a', 'b')).toMatchObject({ reason: 'upper(): takes at most 1 arguments, has 2' })
    expect(call('upper', ['a'])).toMatchObject({ reason: 'upper(): str: string required, not a list' })
  })

  check([
    ['try', [failed, 'b'], 'b'],
    ['try', [[failed], 'b'], 'b'],
    ['try', [failed, failed], ERROR],
    ['try', [unknown(), 'b'], UNKNOWN],
    ['can', [failed], false],
    ['can', [{ a: failed }], false],
    ['can', [[1, 2]], true],
    ['can', [unknown()], UNKNOWN],
    ['can', [oneOf(1, 2)], true],
    ['can', [[1, unknown()]], UNKNOWN],
    ['core::upper', ['a'], 'A'],
    ['nonesuch', ['a'], UNKNOWN],
    ['provider::terraform::encode_tfvars', [{ a: 1 }], UNKNOWN],
  ])

  test('a call that may yet fail leaves open what try takes', () => {
    expect(call('try', call('tonumber', unknown()), null)).not.toHaveProperty('notNull')
    expect(call('try', call('parseint', unknown(), 10), null)).not.toHaveProperty('notNull')
    expect(call('try', unknown({ notNull: true, type: 'string' }), null)).toMatchObject({ notNull: true })
    expect(call('can', call('regex', '^a', oneOf('a', 'b')))).toMatchObject({ kind: 'unknown', type: 'bool' })
  })
})

describe('what differs from run to run', () => {
  check([
    ['timestamp', [], UNKNOWN],
    ['plantimestamp', [], UNKNOWN],
    ['uuid', [], UNKNOWN],
    ['bcrypt', ['a'], UNKNOWN],
    ['bcrypt', ['a', 5], UNKNOWN],
    ['bcrypt', ['a', 5, 6], ERROR],
    ['uuid', [1], ERROR],
    ['rsadecrypt', ['a', 'b'], UNKNOWN],
    ['base64gzip', ['a'], UNKNOWN],
    ['type', ['a'], UNKNOWN],
  ])

  test('the time is known if the caller fixes it', () => {
    const now = '2026-01-01T00:00:00Z'
    expect(callFunction('timestamp', [], { ...context, now })).toEqual(str(now))
    expect(call('uuid')).toMatchObject({ type: 'string', notNull: true, reason: 'uuid() differs on every run' })
  })
})

const leaf = fc.oneof(
  fc.string().map(str),
  fc.constantFrom('1', '10.0.0.0/8', '2020-01-01T00:00:00Z', '/(a+)+/', '%s%d', 'utf-8', '${a}').map(str),
  fc.integer({ min: -20, max: 200 }).map(num),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(num),
  fc.boolean().map(from),
  fc.constant(from(null)),
  fc.constantFrom(
    unknown(),
    stringUnknown,
    listUnknown,
    arnUnknown,
    oneOf('a', 'b'),
    oneOf(['a'], null),
    errorValue('failed'),
  ),
)
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }).map((items) => list(items)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => list(items, unknown())),
    fc.array(tie('value'), { maxLength: 3 }).map((items): Value => ({ ...list(items), set: true })),
    fc.array(fc.tuple(fc.string({ maxLength: 3 }), tie('value')), { maxLength: 3 }).map((own) => map(own)),
    fc.array(fc.tuple(fc.string({ maxLength: 3 }), tie('value')), { maxLength: 3 }).map((own) => map(own, unknown())),
  ),
}))

test('no arguments make a call throw, and calls are deterministic', () => {
  fc.assert(
    fc.property(fc.constantFrom(...functionNames), fc.array(anyValue, { maxLength: 4 }), (name, args) => {
      const once = callFunction(name, args, context)
      const again = callFunction(name, args, context)
      expect(plainOf(again)).toEqual(plainOf(once))
      if (once.kind === 'unknown') expect(once.reason).not.toBe('')
      if (once.kind === 'unknown' && once.candidates !== undefined)
        expect(once.candidates.length).toBeLessThanOrEqual(16)
    }),
    { numRuns: 5000 },
  )
})

test('what is known with every candidate is never contradicted by one of them', () => {
  const candidate = fc.oneof(fc.string({ maxLength: 3 }).map(str), fc.integer({ min: -2, max: 3 }).map(num))
  fc.assert(
    fc.property(
      fc.constantFrom(...functionNames.filter((name) => name !== 'sensitive')),
      fc.tuple(candidate, candidate),
      fc.array(leaf, { maxLength: 2 }),
      (name, candidates, others) => {
        const open = callFunction(name, [unknown({ candidates }), ...others], context)
        if (open.kind === 'unknown' && !isErrorValue(open)) return
        for (const one of candidates) {
          const closed = callFunction(name, [one, ...others], context)
          if (closed.kind === 'unknown' && !isErrorValue(closed)) continue
          expect(isErrorValue(closed)).toBe(isErrorValue(open))
          if (!isErrorValue(closed)) expect(valuesEqual(closed, open)).not.toBe(false)
        }
      },
    ),
    { numRuns: 3000 },
  )
})
