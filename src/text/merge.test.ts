import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeTexts } from './merge.ts'

describe('mergeTexts', () => {
  const base = 'a = 1\nb = 2\nc = 3\nd = 4\n'

  test.each([
    ['different lines', 'a = 9\nb = 2\nc = 3\nd = 4\n', 'a = 1\nb = 2\nc = 3\nd = 8\n', 'a = 9\nb = 2\nc = 3\nd = 8\n'],
    [
      'neighbouring lines',
      'a = 1\nb = 9\nc = 3\nd = 4\n',
      'a = 1\nb = 2\nc = 8\nd = 4\n',
      'a = 1\nb = 9\nc = 8\nd = 4\n',
    ],
    [
      'a comment after an edit in the line',
      'a = 1 # why\nb = 2\nc = 3\nd = 4\n',
      base.replace('a = 1', 'a = 7'),
      'a = 7 # why\nb = 2\nc = 3\nd = 4\n',
    ],
    [
      'a line removed, one added below it',
      'a = 1\nb = 2\nnew\nc = 3\nd = 4\n',
      'a = 1\nc = 3\nd = 4\n',
      'a = 1\nnew\nc = 3\nd = 4\n',
    ],
    ['one side only', base, 'x\n', 'x\n'],
    ['the same on both sides', 'a = 1\nc = 3\nd = 4\n', 'a = 1\nc = 3\nd = 4\n', 'a = 1\nc = 3\nd = 4\n'],
  ])('combines %s', (_, ours, theirs, merged) => {
    expect(mergeTexts(base, ours, theirs)).toBe(merged)
    expect(mergeTexts(base, theirs, ours)).toBe(merged)
  })

  test.each([
    ['the same word', base.replace('a = 1', 'a = 5'), base.replace('a = 1', 'a = 6')],
    ['text put against an edited word', base.replace('a = 1', 'a = 15'), base.replace('a = 1', 'a = 6')],
    ['a line edited that the other side removed', base.replace('b = 2', 'b = 5'), 'a = 1\nc = 3\nd = 4\n'],
    ['two insertions at one place', base.replace('c', 'x\nc'), base.replace('c', 'y\nc')],
    [
      'a return of a line and an insertion right there',
      base.replace('b = 2\n', 'b = 2\nx\n'),
      base.replace('c', 'y\nc'),
    ],
    ['the last line without its line end', 'a\nb = 2 # x', 'a\nb = 2 # y'],
  ])('refuses %s', (_, ours, theirs) => {
    expect(mergeTexts(base, ours, theirs)).toBeUndefined()
    expect(mergeTexts(base, theirs, ours)).toBeUndefined()
  })

  test('tells a block from a like one that was added after it', () => {
    const before = 'a {\n}\n'
    const run = 'a {\n}\n\nrun {\n}\n'
    const later = 'a {\n}\n\nrun {\n}\n\nmine {\n}\n'
    expect(mergeTexts(run, later, before)).toBe('a {\n}\n\nmine {\n}\n')
  })

  const blocks = (who: readonly string[], set: readonly string[]): string =>
    who.map((by, at) => (by === 'base' || set.includes(by) ? `res ${at} {\n  a = 1\n}\n\n` : '')).join('')

  test.each([
    'base run base person run base',
    'base base person run base',
    'base run person base',
    'base person base run',
  ])('tells like blocks apart: %s', (order) => {
    const who = order.split(' ')
    const merged = mergeTexts(blocks(who, ['run']), blocks(who, ['run', 'person']), blocks(who, []))
    expect(merged).toBe(blocks(who, ['person']))
  })

  test('tells a block from the one after it, though both begin alike', () => {
    const [first, own, mine, last] = ['x {\n  a\n}\n', '- item:\n  a\n', '- mine:\n  a\n', '- item:\n  b\n']
    expect(mergeTexts(`${first}${own}${last}`, `${first}${own}${mine}${last}`, `${first}${last}`)).toBe(
      `${first}${mine}${last}`,
    )
  })

  test('takes like blocks out exactly or not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('base', 'run', 'person'), { maxLength: 8 }), (between) => {
        const who = ['base', ...between, 'base']
        const merged = mergeTexts(blocks(who, ['run']), blocks(who, ['run', 'person']), blocks(who, []))
        expect([undefined, blocks(who, ['person'])]).toContain(merged)
      }),
      { numRuns: 1000 },
    )
  })

  test('keeps CRLF and a missing final line end', () => {
    expect(mergeTexts('a\r\nb\r\nc\r\nd', 'A\r\nb\r\nc\r\nd', 'a\r\nb\r\nc\r\nD')).toBe('A\r\nb\r\nc\r\nD')
  })

  const edits = fc.array(
    fc.record({
      by: fc.constantFrom('nobody', 'run', 'person'),
      how: fc.constantFrom('replace', 'remove', 'insert', 'append'),
    }),
    { minLength: 1, maxLength: 30 },
  )
  type Edit = { by: string; how: string }
  /** Where the run removed a line, its return and a person's edit right there have no certain order. */
  const certain = (list: Edit[]): Edit[] =>
    list.map((edit, line) => {
      const near = list[line - 1]?.by === 'person' || list[line + 1]?.by === 'person'
      return edit.by === 'run' && edit.how === 'remove' && near ? { by: 'run', how: 'replace' } : edit
    })
  const edited = (line: number, how: string, by: string): string => {
    const text = `line ${line}\n`
    if (how === 'remove') return ''
    if (how === 'insert') return `${by} above ${line}\n${text}`
    return how === 'replace' ? `${by} instead of ${line}\n` : `line ${line} # ${by}\n`
  }

  test('taking out one of two sets of edits in different lines leaves exactly the other', () => {
    fc.assert(
      fc.property(edits.map(certain), (list) => {
        const render = (who: readonly string[]): string =>
          list.map(({ by, how }, line) => (who.includes(by) ? edited(line, how, by) : `line ${line}\n`)).join('')
        expect(mergeTexts(render(['run']), render(['run', 'person']), render([]))).toBe(render(['person']))
      }),
      { numRuns: 500 },
    )
  })

  test('never merges two edits of one word', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{1,8}$/), (at, one, other) => {
        const render = (word: string): string =>
          Array.from({ length: 10 }, (_, line) => `key${line} = "${line === at ? word : 'same'}"\n`).join('')
        fc.pre(one !== other && one !== 'before' && other !== 'before')
        expect(mergeTexts(render(one), render(other), render('before'))).toBeUndefined()
      }),
    )
  })
})
