import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, editsConflict, type TextEdit } from './edit.ts'
import { LineMap } from './line-map.ts'
import { nearest } from './nearest.ts'
import { applyWorkspaceEdit, createFile, fileEdit, isEmptyEdit, mergeEdits, touchedPaths } from './workspace-edit.ts'

const edit = (start: number, end: number, text: string): TextEdit => ({ span: { start, end }, text })

describe('applyEdits', () => {
  test('applies in place, whatever the order of the list', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'X'), edit(0, 1, ''), edit(2, 2, '-')])).toBe('b-cdXf')
  })

  test.each([
    ['sharing a character', edit(0, 2, ''), edit(1, 3, ''), true],
    ['touching', edit(0, 2, ''), edit(2, 3, ''), false],
    ['inserting at one place', edit(1, 1, 'a'), edit(1, 1, 'b'), true],
    ['inserting inside a replacement', edit(0, 3, ''), edit(1, 1, 'a'), true],
    ['inserting at the edge of a replacement', edit(0, 3, ''), edit(3, 3, 'a'), false],
  ])('%s: conflict is %s', (_name, a, b, conflict) => {
    expect(editsConflict(a, b)).toBe(conflict)
    expect(editsConflict(b, a)).toBe(conflict)
    if (conflict) expect(() => applyEdits('abcdef', [a, b])).toThrow(RangeError)
  })

  test('refuses a span outside the text', () => {
    expect(() => applyEdits('abc', [edit(2, 4, '')])).toThrow(RangeError)
  })

  test('leaves everything outside the spans as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.nat(40),
        fc.nat(10),
        fc.string({ maxLength: 5 }),
        (text, at, size, by) => {
          const start = Math.min(at, text.length)
          const end = Math.min(start + size, text.length)
          const after = applyEdits(text, [edit(start, end, by)])
          expect(after.slice(0, start)).toBe(text.slice(0, start))
          expect(after.slice(start + by.length)).toBe(text.slice(end))
        },
      ),
    )
  })
})

describe('workspace edits', () => {
  test('identical edits count as agreement, others that overlap do not merge', () => {
    const one = fileEdit('a.tf', [edit(0, 1, 'x')])
    expect(mergeEdits(one, fileEdit('a.tf', [edit(0, 1, 'x')]))).toEqual(one)
    expect(mergeEdits(one, fileEdit('a.tf', [edit(0, 1, 'y')]))).toBeUndefined()
    expect(mergeEdits(createFile('n', '1'), createFile('n', '2'))).toBeUndefined()
    expect(mergeEdits(one, createFile('n', '1'))?.creates.get('n')).toBe('1')
  })

  test('applies to a set of files and keeps the others', () => {
    const files = new Map([
      ['a', 'aa'],
      ['b', 'bb'],
    ])
    const merged = mergeEdits(fileEdit('a', [edit(0, 1, 'X')]), createFile('c', 'new'))
    expect(merged).toBeDefined()
    if (merged === undefined) return
    expect(touchedPaths(merged)).toEqual(['a', 'c'])
    expect([...applyWorkspaceEdit(files, merged)]).toEqual([
      ['a', 'Xa'],
      ['b', 'bb'],
      ['c', 'new'],
    ])
    expect(() => applyWorkspaceEdit(files, createFile('a', ''))).toThrow(/exists/)
    expect(() => applyWorkspaceEdit(files, fileEdit('z', []))).toThrow(/no file/)
    expect(isEmptyEdit(fileEdit('a', []))).toBe(true)
  })
})

describe('LineMap', () => {
  test('LF, CRLF and a lone CR end lines; columns are UTF-16 units', () => {
    const map = new LineMap('a\r\n😀b\rc\n')
    expect(map.lineCount).toBe(4)
    expect(map.position(3)).toEqual({ line: 2, column: 1 })
    expect(map.position(5)).toEqual({ line: 2, column: 3 })
    expect(map.lineText(1)).toBe('a')
    expect(map.lineText(2)).toBe('😀b')
    expect(map.position(99)).toEqual({ line: 4, column: 1 })
  })

  test('every offset lies in the line that it is said to lie in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', 'é')), (parts) => {
        const text = parts.join('')
        const map = new LineMap(text)
        for (let offset = 0; offset <= text.length; offset++) {
          const { line, column } = map.position(offset)
          expect(map.lineStart(line) + column - 1).toBe(offset)
        }
      }),
    )
  })
})

test('nearest finds the word that was meant, and nothing for a strange one', () => {
  expect(nearest('s3-no-public-acll', ['s3-no-public-acl', 'rds-not-public'])).toBe('s3-no-public-acl')
  expect(nearest('zzz', ['s3-no-public-acl'])).toBeUndefined()
})
