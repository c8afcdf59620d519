import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { comments } from './comments.ts'
import { parseHcl } from './parser.ts'
import { attribute, CORPUS, outline, sketch, spanFaults } from './test-support.ts'
import { walkExpressions } from './walk.ts'

function expression(source: string): string {
  const document = parseHcl('main.tf', `x = ${source}\n`)
  expect(document.diagnostics).toEqual([])
  return sketch(attribute(document.body, 'x').value)
}

describe('bodies', () => {
  test('attributes, blocks, labels and one-line blocks', () => {
    const text = 'a = 1\nresource "aws_x" y {\n  b { c = true }\n  d {}\n}\n'
    const document = parseHcl('main.tf', text)
    expect(outline(document.body)).toEqual(['a = 1', 'resource "aws_x" "y"', '  b', '    c = true', '  d'])
    const block = document.body.items[1]
    if (block?.kind !== 'block') throw new Error('a block is expected')
    expect(text.slice(block.headerSpan.start, block.headerSpan.end)).toBe('resource "aws_x" y')
    expect(block.labels.map(({ span }) => text.slice(span.start, span.end))).toEqual(['"aws_x"', 'y'])
    expect(text.slice(block.span.start, block.span.end)).toBe('resource "aws_x" y {\n  b { c = true }\n  d {}\n}')
    expect(text.slice(block.body.span.start, block.body.span.end)).toBe('\n  b { c = true }\n  d {}\n')
  })

  test('the text keeps its BOM and the spans count it', () => {
    const document = parseHcl('main.tf', '\uFEFFa = 1\r\n')
    expect(document.text.charCodeAt(0)).toBe(0xfeff)
    expect(attribute(document.body, 'a').nameSpan).toEqual({ start: 1, end: 2 })
  })

  test('comments come with their places and without line ends', () => {
    const document = parseHcl('main.tf', '# one\r\na = [1, /* two\n */ 2] // three\nb = "# no"\nc = "${x /* four */}"')
    expect(comments(document).map(({ text }) => text)).toEqual(['# one', '/* two\n */', '// three', '/* four */'])
    expect(comments(document).every(({ span, text }) => document.text.slice(span.start, span.end) === text)).toBe(true)
  })
})

describe('expressions', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['a || b && c == d < e', '(a || (b && (c == (d < e))))'],
    ['a != b && c >= d || e <= f', '(((a != b) && (c >= d)) || (e <= f))'],
    ['-a.b + !c', '((-a.b) + (!c))'],
    ['!!a', '(!(!a))'],
    ['(1 + 2) % 3', '(<(1 + 2)> % 3)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a == 1 ? [\n1\n] : null', '((a == 1) ? [1] : null)'],
    ['[1, [2, ], {}]', '[1, [2], {}]'],
    ['{ a = 1, "b" : 2\n (c) = 3 }', '{a=1, (quoted<"b">)=2, (<c>)=3}'],
    ['{ null = 1, true = 2, 3 = 4 }', '{null=1, true=2, (3)=4}'],
    ['a.b[0]["c"].d', 'a.b[0][quoted<"c">].d'],
    ['a.0.b', 'a[0].b'],
    ['a[*].b[0][*].c', 'splat-full(a -> splat-full(@.b[0] -> @.c))'],
    ['a.*.b.0.c[1]', 'splat-attribute(a -> @.b[0].c)[1]'],
    ['f(a, b...)', 'f(a, b...)'],
    ['f(\n  1,\n  2,\n)', 'f(1, 2)'],
    ['provider::aws::arn_parse(x).y', 'provider::aws::arn_parse(x).y'],
    ['[for x in y : x.z if x.w]', '(for x in y : x.z if x.w)'],
    ['{ for k, v in m : k => v... if v }', '(for k,v in m : k => v... if v)'],
    ['1.5e-3', '1.5e-3'],
    ['größe-2.naïve', 'größe-2.naïve'],
  ])('%s', (source, expected) => {
    expect(expression(source)).toBe(expected)
  })

  test('a number beyond double precision keeps its spelling', () => {
    const { value } = attribute(parseHcl('a.tf', 'a = 12345678901234567890123').body, 'a')
    expect(value).toMatchObject({ kind: 'literal', raw: '12345678901234567890123' })
  })
})

describe('templates', () => {
  test.each([
    ['""', 'quoted<>'],
    [String.raw`"\n\r\t\"\\\u00e9\U0001F600"`, String.raw`quoted<"\n\r\t\"\\é😀">`],
    ['"$${a} %%{b} $ % $$"', 'quoted<"${a} %{b} $ % $$">'],
    ['"a ${b} c"', 'quoted<"a " ${b} " c">'],
    ['"a ${~ b ~} c"', 'quoted<"a" ${b} "c">'],
    ['"${"${"x${y}"}"}"', 'quoted<${quoted<${quoted<"x" ${y}>}>}>'],
    ['"${{ a = "}" }.a}"', 'quoted<${{a=quoted<"}">}.a}>'],
    ['"%{ if a }b%{ else }c%{ endif }"', 'quoted<%if(a)["b"]["c"]>'],
    ['"%{ for k, v in m }${k}%{ if v }!%{ endif }%{ endfor }"', 'quoted<%for k,v in m[${k} %if(v)["!"][]]>'],
    ['<<EOT\n  a\n\n b ${c}\n  EOT', 'heredoc<"  a\\n\\n b " ${c} "\\n">'],
    ['<<-EOT\n    a\n\n      b\n   \n    c\n EOT', 'indented-heredoc<"a\\n\\n  b\\n   \\nc\\n">'],
    ['<<-EOT\n  ${a}\n    b\n  EOT', 'indented-heredoc<"" ${a} "\\n  b\\n">'],
    ['<<-EOT\n${a}\n    b\n  EOT', 'indented-heredoc<${a} "\\n    b\\n">'],
    ['<<EOT\n%{ for x in y ~}\n  z\n%{ endfor ~}\nEOT', 'heredoc<%for x in y["  z\\n"] "">'],
    ['<<EOT\nEOT', 'heredoc<>'],
  ])('%s', (source, expected) => {
    expect(expression(source)).toBe(expected)
  })

  test('a heredoc and its content have exact spans', () => {
    const text = 'a = <<-EOT\r\n  x\r\n  EOT\r\nb = 1\r\n'
    const { value } = attribute(parseHcl('a.tf', text).body, 'a')
    if (value.kind !== 'template') throw new Error('a template is expected')
    expect(text.slice(value.span.start, value.span.end)).toBe('<<-EOT\r\n  x\r\n  EOT')
    expect(text.slice(value.contentSpan.start, value.contentSpan.end)).toBe('  x\r\n')
  })
})

describe('the corpus', () => {
  test.each(CORPUS)('%j', async (text) => {
    await parse('main.tf', text)
    const document = parseHcl('main.tf', text)
    expect(document.diagnostics).toEqual([])
    expect(spanFaults(document)).toEqual([])
  })

  test('an expression parsed from its own span is the same expression', () => {
    for (const text of CORPUS) {
      walkExpressions(parseHcl('main.tf', text).body, (node) => {
        if (node.kind === 'splat-item' || sketch(node).includes('@') || sketch(node).includes('heredoc<')) return
        expect(expression(`(${text.slice(node.span.start, node.span.end)})`)).toBe(`<${sketch(node)}>`)
      })
    }
  })
})

test('walkExpressions visits in source order and leaves out what the visitor refuses', () => {
  const { body } = parseHcl('a.tf', 'a = f(b, [c])\nd { e = "${g}" }\n')
  const seen: string[] = []
  walkExpressions(body, (node) => {
    seen.push(node.kind === 'variable' ? node.name : node.kind)
    return node.kind === 'tuple' ? false : undefined
  })
  expect(seen).toEqual(['call', 'b', 'tuple', 'template', 'g'])
})

test('50,000 lines are read in well under a second', () => {
  const block =
    'resource "aws_s3_bucket" "b" {\n  bucket = "x-${var.name}"\n  tags = {\n    a = local.b["c"] + 1\n  }\n}\n\n'
  const text = block.repeat(50_000 / 7)
  parseHcl('warm.tf', block.repeat(500))
  const start = performance.now()
  expect(parseHcl('main.tf', text).diagnostics).toEqual([])
  expect(performance.now() - start).toBeLessThan(20_000)
})
