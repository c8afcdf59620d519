import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { YamlFile } from '../../src/parse/yaml/ast.ts'
import { parseWhole, parseYaml } from '../../src/parse/yaml/parser.ts'

/** Everything of a file that the program looks at; the span of a document that cannot be read is of no use to it. */
function shape(file: YamlFile): unknown {
  return {
    diagnostics: file.diagnostics,
    template: file.template,
    documents: file.documents.map(({ index, span, valid, aliases, tree }) => ({
      index,
      valid,
      aliases: aliases.size,
      span: valid ? span : undefined,
      contents: valid ? node(tree.contents) : undefined,
    })),
  }
}

function node(value: unknown): unknown {
  if (isPair(value)) return [node(value.key), node(value.value)]
  if (isAlias(value)) return { alias: value.source, range: value.range }
  if (isScalar(value)) {
    const { source, type, range, tag, anchor } = value
    return { value: typeof value.value === 'symbol' ? '<<' : value.value, source, type, range, tag, anchor }
  }
  if (isMap(value) || isSeq(value)) {
    const { range, tag, anchor } = value
    return { map: isMap(value), flow: value.flow === true, range, tag, anchor, items: value.items.map(node) }
  }
  return value
}

/** True if the fast reader took it. */
const isSimple = (file: YamlFile): boolean => file.documents.some(({ whole }) => whole !== undefined)

const FOLDERS = ['examples/securebank', '.github', 'docs']

const FILES = FOLDERS.flatMap((folder) => {
  const root = join(import.meta.dirname, '../..', folder)
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => readFileSync(join(root, name), 'utf8'))
  } catch {
    return []
  }
})

const TRICKY = [
  'a:\n  b: 1\n  # c\n\n    # deeper\nd: 2\n',
  'a:\n- b\n# c\nd:\n  - e # f\n    # g\n  # h\n',
  'a: |\n  x\n\n   y\n\nb: >-\n  c\n  d\nc: |-\n  z',
  'a: [ "b" , c:80, {d: e, f: [] } ] # g\nb: {}\n',
  'a: \'it\'\'s\'\nb: "q\\"\\n"\n"c d": 0x1F\ne: 0644\nf: -.5\ng: ~\nh:\ni: yes\n',
  '# only\n---\na: 1\n---\nb:\n---\n\nc: 1 ',
  '- - a\n  - b: 1\n    c:\n    - d\n-  e: f\n   g: h\n',
  '# licence\n{{- if .Values.a }}\napiVersion: v1\n---\n{{- end }}\nb: 1\n',
  'a:\n  {{- toYaml . | nindent 2 }}\n',
  'a: {{ .x }}\nb: ${{ y }}\n',
  'a: b: c\n',
  'a: b\n c\n',
  'a: "b"c\n',
  ' a: 1\n b: 2\nc: 3\n',
  'a: 1\na: 2\n',
  'a: -\nb: - c\n',
  'a: |\nb: 1\n',
  'a: !!str 1\nb: &x c\nd: *x\n<<: {}\n',
  'a:\t1\r\n',
]

describe('the fast reader of simple YAML', () => {
  test.each([...TRICKY, ...FILES])('gives what the library gives (%#)', (text) => {
    expect(shape(parseYaml('a.yaml', text))).toEqual(shape(parseWhole('a.yaml', text)))
  })

  test('reads nearly all real manifests', () => {
    expect(FILES.length).toBeGreaterThan(10)
    expect(FILES.filter((text) => isSimple(parseYaml('a.yaml', text))).length / FILES.length).toBeGreaterThan(0.9)
  })

  test('gives what the library gives, or nothing, on any mixture of lines', () => {
    const lines = [...new Set([...TRICKY, ...FILES].flatMap((text) => text.split('\n')))]
    const line = fc
      .tuple(
        fc.constantFrom(...lines),
        fc.nat(3),
        fc.nat(40),
        fc.constantFrom('', '', '', ...': #-"\'{}[],|>&*!%\\0.~?'),
      )
      .map(([text, indent, at, mark]) => `${' '.repeat(indent)}${text.slice(0, at)}${mark}${text.slice(at)}`)
    const block = fc
      .tuple(fc.constantFrom(...FILES), fc.nat(), fc.integer({ min: 1, max: 12 }))
      .map(([text, from, count]) => {
        const all = text.split('\n')
        return all.slice(from % all.length, (from % all.length) + count).join('\n')
      })
    const mixture = fc.array(fc.oneof(line, block), { maxLength: 6 }).map((parts) => parts.join('\n'))
    let simple = 0
    fc.assert(
      fc.property(mixture, (text) => {
        const file = parseYaml('a.yaml', text)
        if (!isSimple(file)) return
        simple++
        expect(shape(file)).toEqual(shape(parseWhole('a.yaml', text)))
      }),
      { numRuns: 3000 },
    )
    expect(simple).toBeGreaterThan(200)
  })
})
