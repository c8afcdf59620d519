import { expect, test } from 'vitest'
import { styleFor } from './style.ts'
import { padEnd, table, textWidth, truncate, wrap } from './table.ts'

test('columns align, colour codes and surrogate pairs count as what is seen', () => {
  const style = styleFor(true)
  const rows = table(
    [
      [style.bad('HIGH'), '1', 'one'],
      ['LOW', '20', '😀'],
    ],
    ['left', 'right'],
  )
  expect(rows.map(textWidth)).toEqual([13, 11])
  expect(rows[0]).toContain('\u001b[31mHIGH')
  expect(table([['a', 'b'], ['ccc']])).toEqual(['a    b', 'ccc'])
  expect(padEnd(style.bold('x'), 3)).toMatch(/ {2}$/)
})

test('no colour unless it is asked for', () => {
  expect(styleFor(false).bad('x')).toBe('x')
  expect(styleFor(true).bad('')).toBe('')
})

test('truncates by characters', () => {
  expect(truncate('abcdef', 4)).toBe('abc…')
  expect(truncate('😀😀', 2)).toBe('😀😀')
})

test('wraps words, and leaves a long one whole', () => {
  expect(wrap('one two  three averyverylongword x', 9)).toEqual(['one two', 'three', 'averyverylongword', 'x'])
  expect(wrap('', 9)).toEqual([])
})
