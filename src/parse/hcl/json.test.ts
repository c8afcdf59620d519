import { describe, expect, test } from 'vitest'
import { comments } from './comments.ts'
import { parseHclJson } from './json.ts'
import { attribute, outline, sketch, spanFaults } from './test-support.ts'
import { walkExpressions } from './walk.ts'

function read(value: unknown): string[] {
  const document = parseHclJson('main.tf.json', JSON.stringify(value, null, 2))
  expect(document.diagnostics).toEqual([])
  expect(spanFaults(document)).toEqual([])
  return outline(document.body)
}

describe('the mapping of top-level keys', () => {
  test('resources, data and ephemeral values have two labels', () => {
    const value = {
      resource: { aws_s3_bucket: { a: { bucket: 'x', count: 2 }, b: [{ bucket: 'y' }, { bucket: 'z' }] } },
      data: [{ aws_x: { y: {} } }, { aws_x: { z: {} } }],
      ephemeral: { e: { f: { g: null } } },
    }
    expect(read(value)).toEqual([
      'resource "aws_s3_bucket" "a"',
      '  bucket = json<"x">',
      '  count = 2',
      'resource "aws_s3_bucket" "b"',
      '  bucket = json<"y">',
      'resource "aws_s3_bucket" "b"',
      '  bucket = json<"z">',
      'data "aws_x" "y"',
      'data "aws_x" "z"',
      'ephemeral "e" "f"',
      '  g = null',
    ])
  })

  test('one label, no label, and what is inside terraform', () => {
    const value = {
      '//': 'a comment',
      variable: { v: { type: 'list(string)', '//': 'another', default: [] } },
      provider: { aws: [{ region: 'a' }, { alias: 'b' }] },
      locals: [{ a: 1 }, { b: true }],
      terraform: {
        required_version: '>= 1',
        backend: { s3: { bucket: 'b' } },
        required_providers: { aws: { source: 's' } },
      },
      moved: [{ from: 'a', to: 'b' }],
    }
    expect(read(value)).toEqual([
      'variable "v"',
      '  type = json<"list(string)">',
      '  default = []',
      'provider "aws"',
      '  region = json<"a">',
      'provider "aws"',
      '  alias = json<"b">',
      'locals',
      '  a = 1',
      'locals',
      '  b = true',
      'terraform',
      '  required_version = json<">= 1">',
      '  backend "s3"',
      '    bucket = json<"b">',
      '  required_providers',
      '    aws = {(json<"source">)=json<"s">}',
      'moved',
      '  from = json<"a">',
      '  to = json<"b">',
    ])
  })

  test('nested blocks stay attributes', () => {
    const value = {
      resource: { a: { b: { lifecycle: { ignore_changes: ['tags'] }, dynamic: { c: { for_each: '${d}' } } } } },
    }
    expect(read(value)).toEqual([
      'resource "a" "b"',
      '  lifecycle = {(json<"ignore_changes">)=[json<"tags">]}',
      '  dynamic = {(json<"c">)={(json<"for_each">)=json<${d}>}}',
    ])
  })
})

describe('templates in strings', () => {
  test.each([
    ['a ${b.c} d', 'json<"a " ${b.c} " d">'],
    ['${a["b"]}', 'json<${a[quoted<"b">]}>'],
    ['$${a} %%{b} {c}', 'json<"${a} %{b} {c}">'],
    ['%{ if a }\n${"x\\n${b}"}%{ endif }', 'json<%if(a)["\\n" ${quoted<"x\\n" ${b}>}][]>'],
    ['"\\/\b\f\n\r\t é 😀', 'json<"\\"\\\\/\\b\\f\\n\\r\\t é 😀">'],
    ['', 'json<>'],
  ])('%j', (value, expected) => {
    expect(read({ locals: { x: value } })).toEqual(['locals', `  x = ${expected}`])
  })

  test('object keys are templates', () => {
    expect(read({ locals: { x: { '${a}-b': 1 } } })).toEqual(['locals', '  x = {(json<${a} "-b">)=1}'])
  })

  test('spans point through the escapes', () => {
    const text = String.raw`{"locals": {"x": "\u0041\n${'${'}f(a[\"k\"], bc)}\ttail"}}`
    const document = parseHclJson('a.tf.json', text)
    expect(document.diagnostics).toEqual([])
    const spelled: string[] = []
    walkExpressions(attribute(document.body, 'x').value, (node) => {
      spelled.push(text.slice(node.span.start, node.span.end))
    })
    expect(spelled).toEqual([
      String.raw`"\u0041\n${'${'}f(a[\"k\"], bc)}\ttail"`,
      String.raw`f(a[\"k\"], bc)`,
      String.raw`a[\"k\"]`,
      'a',
      String.raw`\"k\"`,
      'bc',
    ])
    expect(sketch(attribute(document.body, 'x').value)).toBe('json<"A\\n" ${f(a[quoted<"k">], bc)} "\\ttail">')
  })
})

test('names, labels and blocks have exact spans', () => {
  const text = '{"resource": {"a": {"b": {"c": 1}, "d": {}}}}'
  const { body } = parseHclJson('a.tf.json', text)
  const slices = body.items.map((item) => {
    if (item.kind !== 'block') throw new Error('a block is expected')
    return [item.typeSpan, item.headerSpan, item.span, item.body.span, ...item.labels.map(({ span }) => span)].map(
      ({ start, end }) => text.slice(start, end),
    )
  })
  expect(slices).toEqual([
    ['resource', '"b"', '"b": {"c": 1}', '"c": 1', '"a"', '"b"'],
    ['resource', '"d"', '"d": {}', '', '"a"', '"d"'],
  ])
  const { span, nameSpan } = attribute(body, 'c')
  expect([text.slice(span.start, span.end), text.slice(nameSpan.start, nameSpan.end)]).toEqual(['"c": 1', 'c'])
})

test('JSON has no comments, and keys may repeat', () => {
  const document = parseHclJson('a.tf.json', '\uFEFF{"locals": {"a": "# no"}, "locals": {"b": "/* no */"}}')
  expect(document.diagnostics).toEqual([])
  expect(comments(document)).toEqual([])
  expect(outline(document.body)).toEqual(['locals', '  a = json<"# no">', 'locals', '  b = json<"/* no */">'])
})

describe('a mistake gives one diagnostic at its place, and the rest is read', () => {
  test.each([
    ['', 'hcl-json-expected-value 0-0', []],
    ['{"locals": {"a": 1} x', 'hcl-json-expected-comma 20-21', ['locals', '  a = 1']],
    ['{"locals": {"a": 1 "b": 2}}', 'hcl-json-expected-comma 19-20', ['locals', '  a = 1', '  b = 2']],
    ['{"locals": {"a": 1,}}', 'hcl-json-trailing-comma 18-19', ['locals', '  a = 1']],
    ['{"locals": {"a": tru, "b": 2}}', 'hcl-json-invalid-value 17-20', ['locals', '  a = !!', '  b = 2']],
    ['{"locals": {"a": 01, "b": 2}}', 'hcl-json-invalid-value 17-19', ['locals', '  a = !!', '  b = 2']],
    ['{"locals": {"a": , "b": 2}}', 'hcl-json-expected-value 17-18', ['locals', '  a = !!', '  b = 2']],
    ['{"locals": {"a" 1, "b": 2}}', 'hcl-json-expected-colon 16-17', ['locals', '  b = 2']],
    ['{"locals": {a: 1, "b": 2}}', 'hcl-json-expected-key 12-13', ['locals', '  b = 2']],
    ['{"locals": {"a": "\\x"}}', 'hcl-json-invalid-escape 18-20', ['locals', '  a = json<"\\\\x">']],
    ['{"locals": {"a": "x\ty"}}', 'hcl-json-control-character 19-20', ['locals', '  a = json<"x\\ty">']],
    ['{"locals": {"a": "x\n}}', 'hcl-json-unclosed-string 17-19', ['locals', '  a = json<"x">']],
    ['{"locals": {"a": 1}', 'hcl-json-unclosed 0-1', ['locals', '  a = 1']],
    ['{} {}', 'hcl-json-trailing 3-5', []],
    ['{"locals": 1}', 'hcl-json-expected-object 11-12', []],
    ['{"resource": {"a": [[]]}}', 'hcl-json-expected-object 20-22', []],
    ['{"locals": {"a": "${b"}}', 'hcl-unclosed-sequence 18-20', ['locals', '  a = json<${b}>']],
    ['{"locals": {"a": "\\n${b c}"}}', 'hcl-unexpected-token 24-25', ['locals', '  a = json<"\\n" ${b}>']],
  ])('%s', (text, expected, items) => {
    const document = parseHclJson('a.tf.json', text)
    const found = document.diagnostics.map(({ code, range }) => {
      if (range === undefined) return code
      const [start, end] = [range.start, range.end].map(
        ({ line, column }) => document.lines.lineStart(line) + column - 1,
      )
      return `${code} ${start}-${end}`
    })
    expect(found).toEqual([expected])
    expect(outline(document.body)).toEqual(items)
    expect(spanFaults(document)).toEqual([])
  })

  test.each([
    ['lists', '['.repeat(50_000)],
    ['objects', '{"a":'.repeat(50_000)],
    ['values', `{"locals": {"a": ${'['.repeat(50_000)}${']'.repeat(50_000)}}}`],
  ])('%s without end', (_name, text) => {
    const { diagnostics } = parseHclJson('a.tf.json', text)
    expect(diagnostics.map(({ code }) => code)).toContain('hcl-too-deep')
  })
})
