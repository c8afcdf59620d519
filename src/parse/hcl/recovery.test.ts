import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { parseHcl } from './parser.ts'
import { outline, spanFaults } from './test-support.ts'

/** Each diagnostic as `code line:column-line:column`. */
function problems(text: string): string[] {
  return parseHcl('main.tf', text).diagnostics.map(({ code, range }) => {
    if (range === undefined) return code
    return `${code} ${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`
  })
}

const FAULTS: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['a missing value', 'a = \nb = 2\n', ['hcl-expected-expression 1:5-2:1'], ['a = !!', 'b = 2']],
  ['no closing bracket', 'a = [1, 2\nb = 3\n', ['hcl-unclosed-bracket 1:5-1:6'], ['a = [1, 2]', 'b = 3']],
  ['no closing parenthesis', 'a = f(1, 2\nb = 3\n', ['hcl-unclosed-bracket 1:6-1:7'], ['a = f(1, 2)', 'b = 3']],
  ['a missing comma', 'a = [1 2, 3]\nb = 3\n', ['hcl-expected-comma 1:8-1:9'], ['a = [1, 3]', 'b = 3']],
  [
    'a broken item of an object',
    'a = {\n  b = +\n  c = 2\n}\n',
    ['hcl-expected-expression 2:7-2:8'],
    ['a = {b=!!, c=2}'],
  ],
  ['no closing quote', 'a = "x\nb = 2\n', ['hcl-unclosed-string 1:5-1:7'], ['a = quoted<"x">', 'b = 2']],
  [
    'no closing brace of an interpolation',
    'a = "${x"\nb = 2\n',
    ['hcl-unclosed-sequence 1:6-1:8'],
    ['a = quoted<${x}>', 'b = 2'],
  ],
  ['no end of a heredoc', 'b = 2\na = <<EOT\nx\n', ['hcl-unclosed-heredoc 2:5-3:1'], ['b = 2', 'a = heredoc<"x\\n">']],
  ['no line break after a heredoc', 'a = <<EOT\nx\nEOT', ['hcl-unclosed-heredoc 3:1-3:4'], ['a = heredoc<"x\\n">']],
  ['a comma after an attribute', 'a = 1,\nb = 2\n', ['hcl-expected-newline 1:6-1:7'], ['a = 1', 'b = 2']],
  ['two attributes on a line', 'a = 1 b = 2\nc = 3\n', ['hcl-expected-newline 1:7-1:8'], ['a = 1', 'c = 3']],
  ['an attribute twice', 'a = 1\na = 2\n', ['hcl-duplicate-attribute 2:1-2:2'], ['a = 1', 'a = 2']],
  ['a quoted name', '"a" = 1\nb = 2\n', ['hcl-quoted-name 1:1-1:2'], ['b = 2']],
  ['a word alone', 'a\nb = 2\n', ['hcl-expected-item 1:1-1:2'], ['b = 2']],
  ['a brace too many', 'a {\n}\n}\nb = 2\n', ['hcl-unexpected-brace 3:1-3:2'], ['a', 'b = 2']],
  [
    'a brace on the next line',
    'a\n{\n  b = 2\n}\nc = 1\n',
    ['hcl-brace-on-next-line 2:1-2:2'],
    ['a', '  b = 2', 'c = 1'],
  ],
  [
    'a closing brace at the end of an attribute',
    'a {\n  b = 2 }\nc = 1\n',
    ['hcl-expected-newline 2:9-2:10'],
    ['a', '  b = 2', 'c = 1'],
  ],
  [
    'an attribute on the opening line',
    'a { b = 1\n  c = 2\n}\nd = 1\n',
    ['hcl-one-line-block 1:5-1:10'],
    ['a', '  b = 1', '  c = 2', 'd = 1'],
  ],
  ['a block in a one-line block', 'a { b {} }\nc = 1\n', ['hcl-one-line-block 1:5-1:9'], ['a', '  b', 'c = 1']],
  ['a template in a label', 'a "${b}" {\n}\nc = 1\n', ['hcl-template-in-label 1:4-1:6'], ['a ""', 'c = 1']],
  ['an unknown escape', 'a = "\\d"\n', ['hcl-invalid-escape 1:6-1:8'], ['a = quoted<"d">']],
  ['an impossible code point', 'a = "\\UFFFFFFFF"\n', ['hcl-invalid-escape 1:6-1:16'], ['a = quoted<"\\\\UFFFFFFFF">']],
  ['single quotes', "a = 'b'\nc = 1\n", ['hcl-expected-expression 1:5-1:6'], ['a = !!', 'c = 1']],
  [
    'an unknown directive',
    'a = "%{ while }"\nb = 1\n',
    ['hcl-invalid-directive 1:9-1:14'],
    ['a = quoted<${!!}>', 'b = 1'],
  ],
  [
    'an if without end',
    'a = "%{ if b }c"\nd = 1\n',
    ['hcl-unclosed-directive 1:6-1:15'],
    ['a = quoted<%if(b)["c"][]>', 'd = 1'],
  ],
  ['an end without if', 'a = "c%{ endif }"\n', ['hcl-unexpected-directive 1:7-1:17'], ['a = quoted<"c">']],
  ['a legacy index too many', 'a = b.0.1\n', ['hcl-legacy-index 1:7-1:10'], ['a = b[0.1]']],
  [
    'a splat in a splat',
    'a = b.*.*.c\nd = 1\n',
    ['hcl-nested-splat 1:8-1:10'],
    ['a = splat-attribute(b -> @)', 'd = 1'],
  ],
  ['a number with two dots', 'a = 1.2.3\n', ['hcl-invalid-number 1:5-1:10'], ['a = 1.2.3']],
  ['a for without in', 'a = [for x y : x]\nb = 1\n', ['hcl-expected-in 1:12-1:13'], ['a = !!', 'b = 1']],
  [
    'a for with key in a list',
    'a = [for x in y : x => x]\n',
    ['hcl-invalid-for 1:19-1:20'],
    ['a = (for x in y : x => x)'],
  ],
  ['a for without key in an object', 'a = {for x in y : x}\n', ['hcl-invalid-for 1:19-1:20'], ['a = (for x in y : x)']],
  ['half a conditional', 'a = b ? c\nd = 1\n', ['hcl-expected-colon 1:10-2:1'], ['a = b', 'd = 1']],
  ['a comment without end', 'a = 1\n/* b\n', ['hcl-expected-item 2:1-2:3'], ['a = 1']],
  [
    'shell syntax in a heredoc',
    'a = <<EOT\n${x:-1}\nEOT\nb = 1\n',
    ['hcl-unexpected-token 2:4-2:5'],
    ['a = heredoc<${x} "\\n">', 'b = 1'],
  ],
  [
    'no closing brace in a heredoc',
    'a = <<EOT\n${f(x\n  EOT\nb = 1\n',
    ['hcl-unclosed-bracket 2:4-2:5'],
    ['a = heredoc<${f(x)}>', 'b = 1'],
  ],
  [
    'a list without end in an object',
    'a = {\n  b = [1,\n  c = 2\n}\nd = 1\n',
    ['hcl-unclosed-bracket 2:7-2:8'],
    ['a = {b=[1], c=2}', 'd = 1'],
  ],
  [
    'a lone carriage return',
    'a = <<EOT\nx\ry\nEOT\n',
    ['hcl-lone-carriage-return 2:2-3:1'],
    ['a = heredoc<"x\\ry\\n">'],
  ],
  [
    'a block without end before another',
    'resource "a" "b" {\n  c {\n    d = 1\n}\nresource "e" "f" {\n  g = 1\n}\n',
    ['hcl-unclosed-block 1:18-1:19'],
    ['resource "a" "b"', '  c', '    d = 1', 'resource "e" "f"', '  g = 1'],
  ],
]

describe('a mistake gives one diagnostic at its place, and the rest is read', () => {
  test.each(FAULTS)('%s', async (_name, text, expected, items) => {
    const document = parseHcl('main.tf', text)
    expect(problems(text)).toEqual(expected)
    expect(outline(document.body)).toEqual(items)
    expect(spanFaults(document)).toEqual([])
    if (text !== 'a = 1\na = 2\n') await expect(parse('main.tf', text)).rejects.toThrow('main.tf')
  })
})

describe('nesting without end', () => {
  const deep = 20_000
  test.each([
    ['parentheses', `a = ${'('.repeat(deep)}1${')'.repeat(deep)}\nb = 1\n`],
    ['lists', `a = ${'['.repeat(deep)}\nb = 1\n`],
    ['objects', `a = ${'{\na='.repeat(deep)}\nb = 1\n`],
    ['object keys', `a = ${'{\n'.repeat(deep)}b\n}`],
    ['blocks', `${'a {\n'.repeat(deep)}\nb = 1\n`],
    ['closed blocks', `${'a {\n'.repeat(deep)}${'}\n'.repeat(deep)}`],
    ['signs', `a = ${'!'.repeat(deep)}b\n`],
    ['interpolations', `a = ${'"${'.repeat(deep)}b${'}"'.repeat(deep)}\n`],
    ['heredocs', `a = ${'<<A\n${'.repeat(deep)}\n`],
    ['directives', `a = "${'%{if b}'.repeat(deep)}"\n`],
    ['conditionals', `a = ${'b?c:'.repeat(deep)}d\n`],
    ['splats', `a = b${'[*]'.repeat(deep)}\n`],
    ['sums', `a = b${'+b'.repeat(deep)}\n`],
    ['names', `a = b${'.b'.repeat(deep)}\n`],
    ['indexes', `a = b${'[0]'.repeat(deep)}\n`],
    ['sums in sums', `a = ${'('.repeat(100)}b${'+b'.repeat(100)}${`)${'+b'.repeat(100)}`.repeat(100)}\n`],
  ])('%s end in a diagnostic', (_name, text) => {
    const start = performance.now()
    const document = parseHcl('main.tf', text)
    expect(document.diagnostics.map(({ code }) => code)).toContain('hcl-too-deep')
    expect(spanFaults(document)).toEqual([])
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  test('what real files nest is read', () => {
    const text = `a = ${'['.repeat(200)}${']'.repeat(200)}\nb = ${'x.y + '.repeat(900)}1\n`
    expect(parseHcl('main.tf', text).diagnostics).toEqual([])
  })
})

test.each(['/*', 'resource "a" "b" {\n', 'a = "${\n', 'a = [\n', 'a = <<EOT\n${\n', '}])', 'a = b ? \n', 'x y, '])(
  'time grows with the length: %j over and over',
  (unit) => {
    const start = performance.now()
    expect(parseHcl('main.tf', unit.repeat(50_000)).diagnostics).not.toEqual([])
    expect(performance.now() - start).toBeLessThan(20_000)
  },
)
