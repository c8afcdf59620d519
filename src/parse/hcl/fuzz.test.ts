import { parse } from '@cdktf/hcl2json'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { comments } from './comments.ts'
import { parseHclJson } from './json.ts'
import { parseHcl } from './parser.ts'
import { CORPUS, outline, spanFaults } from './test-support.ts'

const JSON_CORPUS = [
  '{"resource": {"aws_s3_bucket": {"a": {"bucket": "x-${var.name}", "tags": {"${k}": "\\u00e9"}}}}}',
  '[{"locals": [{"a": 1.5e3}, {"b": [true, null, "%{ if a }b%{ else }\\"c\\"%{ endif }"]}]}, {"//": "x"}]',
  '{"terraform": {"backend": {"s3": {}}, "required_version": "~> 1"}, "provider": {"aws": [{"region": "${~ r ~}"}]}}',
]

interface Mutation {
  readonly kind: 'delete' | 'duplicate' | 'insert' | 'swap'
  readonly at: number
  readonly length: number
  readonly text: string
}

/** Insertions; other characters beyond ASCII would compare versions of Unicode. */
const AWKWARD = [
  '"',
  '${',
  '%{',
  '}',
  '{',
  '[',
  ']',
  '(',
  ')',
  '<<EOT\n',
  '<<-A\r\n',
  '\n',
  '\r',
  '\\',
  '~}',
  '${~',
  '/*',
  '*/',
  '#',
  '=',
  '=>',
  '...',
  ':',
  '?',
  ',',
  '.',
  '*',
  'for ',
  ' in ',
  '%{ if x }',
  '%{ endfor }',
  '\uFEFF',
  '\u0000',
  '\uD800',
  '😀',
  'é',
  '::',
  '0',
  '1e',
  '-',
  '!',
  '&&',
  "'",
  '\t',
]

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'duplicate', 'insert', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary-ascii', maxLength: 4 })),
})

function mutate(text: string, { kind, at, length, text: insert }: Mutation): string {
  const start = Math.floor(at * text.length)
  const end = Math.min(text.length, start + length)
  const [before, slice, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)]
  if (kind === 'delete') return before + after
  if (kind === 'duplicate') return before + slice + slice + after
  return kind === 'insert' ? before + insert + slice + after : after + insert + slice + before
}

function mutated(corpus: readonly string[], files: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.shuffledSubarray([...corpus], { minLength: 1, maxLength: files }),
      fc.array(mutation, { minLength: 1, maxLength: files + 2 }),
    )
    .map(([texts, mutations]) => mutations.reduce(mutate, texts.join('\n')))
}

test('10,000 mutated native files: no crash, no hang, spans inside the text', () => {
  fc.assert(
    fc.property(mutated(CORPUS, 3), (text) => {
      const start = performance.now()
      const document = parseHcl('main.tf', text)
      expect(performance.now() - start).toBeLessThan(20_000)
      expect(spanFaults(document)).toEqual([])
      expect(document.text).toBe(text)
      for (const comment of comments(document))
        expect(text.slice(comment.span.start, comment.span.end)).toBe(comment.text)
    }),
    { numRuns: 10_000 },
  )
})

test('10,000 mutated JSON files: no crash, no hang, spans inside the text', () => {
  fc.assert(
    fc.property(mutated(JSON_CORPUS, 3), (text) => {
      const start = performance.now()
      const document = parseHclJson('main.tf.json', text)
      expect(performance.now() - start).toBeLessThan(20_000)
      expect(spanFaults(document)).toEqual([])
      let valid = true
      try {
        JSON.parse(text.replace(/^\uFEFF/, ''))
      } catch {
        valid = false
      }
      const faulty = document.diagnostics.some(
        ({ code }) => code.startsWith('hcl-json-') && code !== 'hcl-json-expected-object',
      )
      expect(faulty).toBe(!valid)
    }),
    { numRuns: 10_000 },
  )
})

test('mutated native files are accepted exactly where hcl2json accepts them', async () => {
  await fc.assert(
    fc.asyncProperty(mutated(CORPUS, 1), async (text) => {
      // Lone surrogates do not survive the way into WebAssembly.
      fc.pre(!/\p{Surrogate}/u.test(text))
      const accepted = await parse('main.tf', text).then(
        () => true,
        () => false,
      )
      const { diagnostics } = parseHcl('main.tf', text)
      expect([accepted, accepted ? diagnostics : diagnostics.length > 0]).toEqual([accepted, accepted ? [] : true])
    }),
    { numRuns: 5000 },
  )
})

const name = fc.constantFrom('a', 'b_1', 'for-each', 'é', 'null', 'x2')
const root = fc.constantFrom('a', 'b_1', 'local', 'é')
const space = fc.constantFrom('', ' ', '  ', '\t', ' /* } */ ')
const line = fc.constantFrom('\n', '\r\n', ' # ${\n', ' // "\n')

const { value } = fc.letrec<{ value: string; template: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('1', '2.5e-3', 'true', 'null', '""', '[]', '{}', 'f()'),
    fc
      .tuple(root, fc.array(fc.constantFrom('.x', '[0]', '["k"]', '[*]', '.0.y'), { maxLength: 3 }))
      .map(([first, rest]) => first + rest.join('')),
    fc
      .tuple(
        tie('value'),
        fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||'),
        tie('value'),
      )
      .map(([a, o, b]) => `(${a}) ${o} (${b})`),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 3 }), line)
      .map(([items, end]) => `[${items.map((item) => `${end}${item},`).join('')}]`),
    fc
      .tuple(fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }), line)
      .map(([items, end]) => `{${items.map(([key, item]) => `${end}${key} = ${item}`).join('')}${end}}`),
    tie('value').map((item) => `[for v in ${item} : v if v]`),
    tie('value').map((item) => `{for k, v in ${item} : k => v...}`),
    tie('value').map((item) => `provider::p::f(${item}...)`),
    tie('template').map((text) => `"${text}"`),
    tie('template')
      .map((text) => `<<-EOT\n    ${text}\n  EOT\n`)
      .map((text) => `(${text})`),
  ),
  template: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('text ', '$${', '%%{', '$ ', '😀', "'"),
        tie('value').map((item) => `\${~ ${item} }`),
        tie('value').map((item) => `%{ if ${item} ~}y%{ else }n%{ endif }`),
        tie('value').map((item) => `%{ for v in ${item} }\${v}%{~ endfor }`),
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join('')),
}))

test('random valid documents have no diagnostics, and hcl2json agrees', async () => {
  const item = fc.tuple(name, space, value, line)
  const document = fc.array(fc.tuple(name, fc.uniqueArray(item, { selector: ([key]) => key, maxLength: 3 })), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(document, async (blocks) => {
      const text = blocks
        .map(
          ([type, items]) =>
            `block "${type}" {\n${items.map(([key, gap, item, end]) => `${key}${gap}=${gap}${item}${end}`).join('')}}\n`,
        )
        .join('')
      await parse('main.tf', text)
      const parsed = parseHcl('main.tf', text)
      expect(parsed.diagnostics).toEqual([])
      expect(spanFaults(parsed)).toEqual([])
      expect(outline(parsed.body)).toHaveLength(blocks.reduce((count, [, items]) => count + 1 + items.length, 0))
    }),
    { numRuns: 500 },
  )
})
