import fc from 'fast-check'
import ignore from 'ignore'
import { expect, test } from 'vitest'
import { IgnoreRules } from './ignore-rules.ts'

const name = fc.stringMatching(/^(?:[abAB.\u212A\u0130é ]|log|\[|\\){1,4}$/)
const path = fc
  .tuple(
    fc.array(
      name.filter((one) => !/^\.+$/.test(one)),
      { minLength: 1, maxLength: 4 },
    ),
    fc.boolean(),
  )
  .map(([names, isFolder]) => `${names.join('/')}${isFolder ? '/' : ''}`)
const pattern = fc.oneof(
  fc.stringMatching(/^!?\/?(?:[abAB.*?\u212Aé ]|\*\*|log|\/|\[a-b\]|\[!b\]|\[\]\]|\[a\/b\]|\\a|\\ ){0,6}\/?[ \t\r]?$/),
  fc.constantFrom('#log', '', ' ', '*', '!*', '/*', '*.log', '**/a', 'a/**', '\uFEFFa', '[[:alpha:]]', '***'),
)

test('says of every path what the library says of it', () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 6 }), fc.array(path, { minLength: 1, maxLength: 8 }), (lines, paths) => {
      const text = lines.join('\n')
      for (const patterns of [text, lines]) {
        const own = new IgnoreRules(patterns)
        const library = ignore().add(patterns)
        for (const one of paths) expect(own.test(one), one).toMatchObject(verdictOf(library, one))
      }
    }),
    { numRuns: 3000 },
  )
})

test('most paths are settled by their names', () => {
  const rules = new IgnoreRules('*.py[cod]\nbuild/\n/dist\n*.log\n!keep.log\nvendor/**\n')
  expect(['a.pyc', 'x/build/', 'dist', 'a.log', 'keep.log', 'vendor/a'].map((one) => rules.test(one))).toMatchObject([
    { ignored: true, unignored: false },
    { ignored: true, unignored: false },
    { ignored: true, unignored: false },
    { ignored: true, unignored: false },
    { ignored: false, unignored: true },
    { ignored: true, unignored: false },
  ])
  expect(['main.tf', 'x/dist', 'builds/main.tf'].some((one) => rules.test(one).ignored)).toBe(false)
})

function verdictOf(library: ignore.Ignore, path: string): { ignored: boolean; unignored: boolean } {
  const { ignored, unignored } = library.test(path)
  return { ignored, unignored }
}
