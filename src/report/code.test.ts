import { describe, expect, test } from 'vitest'
import { CodeReader, type CodeSources } from './code.ts'

const reader = (text: string, mask: CodeSources['mask'] = (_file, _line, line) => line): CodeReader =>
  new CodeReader({ sources: (file) => (file === 'a.tf' ? text : undefined), mask })

const from = (line: number, column: number, endLine: number, endColumn: number) => ({
  file: 'a.tf',
  range: { start: { line, column }, end: { line: endLine, column: endColumn } },
})

describe('a code line', () => {
  test('is cut at the columns of the place, in UTF-16 units', () => {
    expect(reader('x\n😀 = "b" # c\r\n').lineAt(from(2, 6, 2, 9))).toEqual({
      line: 2,
      before: '😀 = ',
      marked: '"b"',
      after: ' # c',
    })
  })

  test('of a place over several lines is marked to its end', () => {
    expect(reader('a {\n  b\n}\n').lineAt(from(1, 3, 3, 2))).toEqual({ line: 1, before: 'a ', marked: '{', after: '' })
  })

  test('shows tabs and hidden characters', () => {
    expect(reader('\ta\u202eb').lineAt(from(1, 2, 1, 5))).toMatchObject({ before: '  ', marked: 'a\\u{202e}b' })
  })

  test('is marked whole once something in it is masked', () => {
    const masked = reader('  p = "secret"  ', () => '  p = "••••••"  ').lineAt(from(1, 7, 1, 15))
    expect(masked).toEqual({ line: 1, before: '  ', marked: 'p = "••••••"', after: '' })
  })

  test('is missing where there is none', () => {
    expect(reader('a').lineAt(from(2, 1, 2, 1))).toBeUndefined()
    expect(reader('a').lineAt({ ...from(1, 1, 1, 1), file: 'gone.tf' })).toBeUndefined()
    expect(reader('a').lineAt(from(1, 9, 1, 12))).toEqual({ line: 1, before: 'a', marked: '', after: '' })
  })
})
