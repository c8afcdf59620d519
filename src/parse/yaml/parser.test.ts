import * as fc from 'fast-check'
import { Document, visit } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { YamlFile } from './ast.ts'
import { parseYaml } from './parser.ts'

function codes(path: string, text: string): string[] {
  return parseYaml(path, text).diagnostics.map(
    ({ code, range }) => `${code} ${range?.start.line}:${range?.start.column}`,
  )
}

describe('parseYaml', () => {
  test('several documents with BOM, CRLF and comments keep their places in the text', () => {
    const text = '\ufeff# head\r\na: 1\r\n---\r\n\r\nb: [x] # c\r\n...\r\n---\r\nc: yes\r\n# tail\r\n'
    const file = parseYaml('a.yaml', text)
    expect(file.diagnostics).toEqual([])
    expect(file.documents.map(({ tree }) => tree.contents?.toJS(new Document()))).toEqual([
      { a: 1 },
      { b: ['x'] },
      { c: 'yes' },
    ])
    expect(file.documents.map(({ span }) => text.slice(span.start, span.end)).join('')).toBe(text)
    expect(scalars(file)).toEqual(['a', '1', 'b', 'x', 'c', 'yes'])
  })

  test('an empty file and one of comments have no documents', () => {
    expect(parseYaml('a.yaml', '').documents).toEqual([])
    expect(parseYaml('a.yaml', '# only\n').documents).toEqual([])
  })

  test('a broken document leaves the others valid', () => {
    const file = parseYaml('a.yaml', 'a: 1\n---\nb: [1\n---\nc: "x\n---\nd: 1\n')
    expect(file.documents.map(({ valid }) => valid)).toEqual([true, false, false, true])
    expect(file.diagnostics.map(({ code }) => code)).toEqual(['yaml-bad-indent', 'yaml-missing-char'])
  })

  test.each([
    ['as far as its key', 'a:\n  b: "x\n  y"\n  c: 1\n', { a: { b: 'x y', c: 1 } }],
    ['not at all', "a:\n  - b: 'it''s\n\nnot'  # why\n    c: 1\n  - d\n", { a: [{ b: "it's\nnot", c: 1 }, 'd'] }],
    ['twice', 'a:\r\n  b: "x \\\r\n  \\"y\\""\r\n  c: "z\r\n z"\r\n', { a: { b: 'x "y"', c: 'z z' } }],
    ['in brackets', 'a:\n  b: ["x\n  y", {c: \'d\n e\'}]\n', { a: { b: ['x y', { c: 'd e' }] } }],
  ])('a quoted text whose further lines are indented %s is read, as Go does', (_, text, value) => {
    const file = parseYaml('a.yaml', `# head\n---\n${text}---\nz: 1\n`)
    expect(file.diagnostics).toEqual([])
    const documents = file.documents.map(({ tree }) => tree.contents?.toJS(new Document()))
    expect(documents).toEqual([value, { z: 1 }])
    for (const { tree } of file.documents)
      visit(tree.contents, {
        Scalar(_key, { range, source, type }) {
          const written = file.text.slice(range?.[0], range?.[1])
          if (type === 'PLAIN') expect(written).toBe(source)
          else expect(written).toMatch(/^(["'])[^]*\1$/)
        },
      })
  })

  test('an apostrophe that is escaped in double quotes is read, as Go does', () => {
    const text = String.raw`z: 1
---
"it\'s": "\'\\'\x41\'" # why
b: 'it\'
c: "\n \'
  d"
`
    const file = parseYaml('a.yaml', text)
    expect(file.diagnostics).toEqual([])
    const { tree } = file.documents[1] ?? { tree: undefined }
    expect(tree?.contents?.toJS(new Document())).toEqual({ "it's": String.raw`'\'A'`, b: 'it\\', c: "\n ' d" })
  })

  test('other escapes that YAML does not have stay errors', () => {
    expect(codes('a.yaml', String.raw`a: "\'\q"`)).toEqual(['yaml-bad-dq-escape 1:7'])
    expect(codes('a.json', String.raw`{"a": "\'"}`)).toEqual(['json-bad-dq-escape 1:8'])
  })

  test('a quote that is missing stays an error', () => {
    expect(codes('a.yaml', 'a: "x\nb: "y"\n')[0]).toBe('yaml-missing-char 1:6')
    expect(codes('a.yaml', "a: 'x\nb: 1\n")).toEqual(['yaml-missing-char 3:1'])
  })

  test.each([
    ['tabs', 'a:\n\tb: 1\n', 'yaml-tab-as-indent 2:1'],
    ['a key twice, which is still read', 'a: 1\nb: 2\na: 3\n', 'yaml-duplicate-key 3:1'],
    ['an alias without anchor', 'a: *x\n', 'yaml-unknown-alias 1:4'],
    ['an alias inside its own anchor', 'a: &x\n  b: *x\n', 'yaml-alias-cycle 2:6'],
    ['a template', 'a: 1\nb: {{ .Values.b }}\n', 'helm-template 2:4'],
    ['template blocks, once for the file', '{{- if .a }}\na: 1\n---\nb: {{ x }}\n{{- end }}\n', 'helm-template 1:1'],
    ['a lone bracket', ']\n', 'yaml-unexpected-token 1:1'],
    ['deep flow', '['.repeat(5000), 'yaml-too-deep 1:201'],
    ['deep sequences', '- '.repeat(5000), 'yaml-too-deep 1:401'],
  ])('%s', (_, text, expected) => {
    expect(codes('a.yaml', text)).toEqual([expected])
  })

  test('what only looks like a template is plain YAML', () => {
    const text = 'a: "{{ x }}"\nb: ${{ secrets.x }}\nc: |\n  {{ y }}\n# {{ z }}\n'
    expect(parseYaml('a.yaml', text)).toMatchObject({ template: false, diagnostics: [] })
  })

  test('too deep a document leaves the next one valid', () => {
    const file = parseYaml('a.yaml', `${'{a: '.repeat(300)}1${'}'.repeat(300)}\n---\nb: 1\n`)
    expect(file.documents.map(({ valid }) => valid)).toEqual([false, true])
  })

  test('aliases that would fill the memory are refused, in no time', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(',')}]`)
    const started = performance.now()
    const file = parseYaml('a.yaml', `l0: &l0 [1]\n${levels.join('\n')}\n`)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(file.documents[0]?.valid).toBe(false)
    expect(file.diagnostics.map(({ code }) => code)).toEqual(['yaml-alias-bomb'])
    const chain = Array.from({ length: 5000 }, (_, i) => `a${i + 1}: &a${i + 1} {x: *a${i}}`)
    expect(parseYaml('a.yaml', `a0: &a0 1\n${chain.join('\n')}\n`).documents[0]?.valid).toBe(false)
  })

  test('many keys, lines and quotes are read in linear time', () => {
    for (const text of [
      Array.from({ length: 20_000 }, (_, i) => `k${i}: ${i}`).join('\n'),
      `[${Array.from({ length: 20_000 }, (_, i) => `{a: ${i}}`).join(',')}]`,
      `a: |\n${'  x\n'.repeat(50_000)}`,
      '# c\n'.repeat(50_000),
      `a: "${'x\\n'.repeat(50_000)}`,
      '---\n'.repeat(5000),
    ]) {
      const started = performance.now()
      parseYaml('a.yaml', text)
      expect(performance.now() - started).toBeLessThan(20_000)
    }
  })

  test('JSON has its own codes and reads tabs', () => {
    const file = parseYaml('a.json', '{\n\t"a":\t[1,\r\n\t\ttrue], "b": "\\u00e4\\/\\ud83d\\ude00"}')
    expect(file.syntax).toBe('json')
    expect(file.diagnostics).toEqual([])
    expect(file.documents[0]?.tree.contents?.toJS(new Document())).toEqual({ a: [1, true], b: 'ä/😀' })
    expect(codes('a.json', '{"a": 1, "a": 2}')).toEqual(['json-duplicate-key 1:10'])
    expect(codes('a.json', '{"a" 1}')).toEqual(['json-missing-char 1:6'])
    expect(codes('a.json', '{"a": [1}')[0]).toMatch(/^json-/)
  })

  test('messages do not quote the file, which may hold secrets', () => {
    const file = parseYaml('a.yaml', 'password: x\n] hunter2 {"\n')
    expect(file.diagnostics.length).toBeGreaterThan(0)
    expect(JSON.stringify(file.diagnostics)).not.toContain('hunter2')
  })
})

const SEEDS = [
  '\ufeffapiVersion: v1\r\nkind: Pod\r\nspec:\r\n  containers:\r\n  - &c {name: "x", args: [a, \'b\']}\r\n  - <<: *c\r\n    name: y # z\r\n',
  'a: |+\n  text\n\n  more\nb: >-\n  folded\n? k\n: v\n---\n- - 1\n  - !!str 2\n-\n  x: {{ .V }}\n...\n%YAML 1.2\n---\nq',
  '{"a": [1, 2.5e3, null], "b": {"c": "\\u0041 😀"}}',
]

test('10,000 mutated files: no crash, no hang, every place inside the text', () => {
  const pieces = [
    '\n',
    '\t',
    ' ',
    ':',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a',
    '*a',
    '#',
    '|',
    '>',
    '---\n',
    '...',
    '? ',
    '!',
    '%',
    ',',
    '\r',
    '\u0000',
    '<<: ',
    '{{',
    '\ud800',
    '@',
  ]
  const mutation = fc.record({
    at: fc.nat(),
    remove: fc.nat(6),
    insert: fc.constantFrom('', ...pieces),
  })
  let invalid = 0
  fc.assert(
    fc.property(fc.constantFrom(...SEEDS), fc.array(mutation, { maxLength: 8 }), (seed, mutations) => {
      let text = seed
      for (const { at, remove, insert } of mutations) {
        const offset = at % (text.length + 1)
        text = text.slice(0, offset) + insert + text.slice(offset + remove)
      }
      const started = performance.now()
      const file = parseYaml('a.yaml', text)
      expect(performance.now() - started).toBeLessThan(20_000)
      if (file.documents.some(({ valid }) => !valid)) {
        invalid++
        expect(file.diagnostics.length).toBeGreaterThan(0)
      }
      let end = 0
      for (const { span, tree, valid } of file.documents) {
        expect(span.start).toBe(end)
        end = span.end
        if (!valid) continue
        visit(tree.contents, (_, node) => {
          const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
          if (!Array.isArray(range)) return
          expect(range[0]).toBeGreaterThanOrEqual(0)
          expect(range[0]).toBeLessThanOrEqual(range[1])
          expect(range[1]).toBeLessThanOrEqual(text.length)
        })
      }
      expect(end).toBe(file.documents.length === 0 ? 0 : text.length)
      for (const { range } of file.diagnostics) expect(range?.end.line).toBeLessThanOrEqual(file.lines.lineCount)
    }),
    { numRuns: 10_000 },
  )
  expect(invalid).toBeGreaterThan(1000)
})

function scalars(file: YamlFile): string[] {
  const texts: string[] = []
  for (const { tree } of file.documents) {
    visit(tree.contents, {
      Scalar: (_, { range }) => void texts.push(file.text.slice(range?.[0], range?.[1])),
    })
  }
  return texts
}
