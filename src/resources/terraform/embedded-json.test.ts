import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Value } from '../value.ts'
import { at, plain, read, written } from './testing.ts'

const structure = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }), { noNullPrototype: true }),
  fc.array(fc.jsonValue({ noUnicodeString: false })),
)

/** Keeps template syntax in the text from being read as such. */
const escaped = (text: string) => text.replace(/([$%])\{/g, '$1$1{')

function encoded(expression: string): Value | undefined {
  const value = at(read(`resource "a_b" "c" {\n  v = ${expression}\n}\n`), 'a_b.c', 'v')
  return value?.kind === 'string' ? value.encodes : undefined
}

function strings(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items.flatMap(strings)
  if (value.kind === 'map') return [...value.entries.values()].flatMap(strings)
  return value.kind === 'string' ? [value] : []
}

const spellings: readonly [string, (json: unknown) => string][] = [
  ['heredoc', (json) => `<<EOF\n${escaped(JSON.stringify(json, null, 2))}\nEOF`],
  [
    'indented heredoc',
    (json) => `<<-EOF\n${escaped(JSON.stringify(json, null, 2)).replace(/^/gm, '      ')}\n      EOF`,
  ],
  ['quoted', (json) => escaped(JSON.stringify(JSON.stringify(json)))],
]

test.each(spellings)('any JSON reads back from a %s, and its texts know where they stand', (name, spell) => {
  fc.assert(
    fc.property(structure, (json) => {
      const value = encoded(spell(json))
      expect(plain(value)).toEqual(JSON.parse(JSON.stringify(json)))
      if (value === undefined || name === 'quoted') return
      for (const item of strings(value)) {
        const spelling = (written(item) ?? '').replace(/([$%])\1\{/g, '$1{')
        expect(JSON.parse(spelling)).toBe(plain(item))
      }
    }),
  )
})

test('a text that only begins like JSON has no structure', () => {
  for (const text of ['{', '[1', '{a: 1}', '[1] x', "{'a': 1}", '{"a": tru}']) {
    expect(encoded(JSON.stringify(text))).toBeUndefined()
  }
})

test('an escape, an entry and a whole structure are found in a quoted text', () => {
  const value = encoded(String.raw`"{\"a\\u0041\": [\"x\\ny\", 1.5e2, true, null]}"`)
  expect(plain(value)).toEqual({ aA: ['x\ny', 150, true, null] })
  const list = value?.kind === 'map' ? value.entries.get('aA') : undefined
  expect(written(list)).toBe(String.raw`[\"x\\ny\", 1.5e2, true, null]`)
  expect(list?.kind === 'list' && list.items.map(written)).toEqual([String.raw`\"x\\ny\"`, '1.5e2', 'true', 'null'])
})
