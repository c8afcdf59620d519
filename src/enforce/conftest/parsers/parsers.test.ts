import { parse as hcl2json } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toJson } from '../../../rego/index.ts'
import { locate, valueOf } from '../node.ts'
import { readInput } from '../input.ts'
import { parserByName, parserForPath, parserNames } from './index.ts'

function read(name: string, text: string): ReturnType<typeof readInput> {
  const parser = parserByName(name)
  if (parser.kind !== 'parser') throw new Error(`no parser ${name}`)
  return readInput(`input.${name}`, text, parser)
}

function parsed(name: string, text: string): unknown {
  const { file, diagnostics } = read(name, text)
  if (file === undefined) throw new Error(JSON.stringify(diagnostics))
  return toJson(valueOf(file.root))
}

describe('HCL has the shape of hcl2json', () => {
  test.each([
    'locals {\n a = 1\n}\nlocals {\n b = "x"\n}\n',
    'resource "a" "b" {\n  x = var.y\n  n = -1\n  q = "a ${var.b} c"\n  w = "${var.b}"\n  t {\n    u = [1, var.z, null, true]\n  }\n  t {}\n}\n',
    'a = { b = 1, "c d" = 2, (var.e) = 3, f.g = 4, null = 5, "x${v}" = 6 }\n',
    'a = <<-EOT\n    one ${x}\n      two\n  EOT\nb = <<EOT\n  three\nEOT\n',
    'a = "$${x} %%{y} \\" \\n \\\\"\n',
    'a = "${a ? "b" : c}-x"\nb = a ? "b" : c\nc = "%{ if x }p%{ else }q%{ endif }%{ for k, v in c }r${v}%{ endfor }"\n',
    'a = jsonencode({ b = (1) })\nb = (1 + 2)\nc = [for x in y : x]\nd = !x\ne = !true\nf = var.a[0].b["c"].*.d\ng = "${[1]}"\n',
    'module "m" { source = "./m" }\nprovider "aws" { alias = "x" }\nprovider "aws" { alias = "y" }\n',
  ])('%j', async (text) => {
    expect(parsed('hcl2', text)).toEqual(await hcl2json('main.tf', text))
  })

  test('numbers beyond doubles are exact in policies', () => {
    const { file } = read('hcl2', 'a = 12345678901234567890\n')
    expect(String(file && valueOf(file.root))).toBeDefined()
    expect(parsed('hcl2', 'a = 1.50\n')).toEqual({ a: 1.5 })
  })
})

test('HCL 1 makes lists of all objects', () => {
  expect(parsed('hcl1', 'a "b" "c" {\n  n = 1\n  m = { k = "x ${var.y}" }\n}\na "b" "d" {}\n')).toEqual({
    a: [{ b: [{ c: [{ n: 1, m: [{ k: 'x ${var.y}' }] }] }] }, { b: [{ d: [{}] }] }],
  })
  expect(read('hcl1', 'a = var.b\n').diagnostics).toMatchObject([
    { code: 'hcl1-expression', range: { start: { line: 1, column: 5 } } },
  ])
})

describe('YAML is read as kubectl and Conftest read it', () => {
  test('words that YAML 1.1 takes for booleans, numbers in all bases, merge keys', () => {
    const text =
      'on: yes\n"no": "off"\na: ~\nb: 0755\nc: 0x1F\nd: 1_000\ne: +.5\nf: 2001-01-01\nx: &x {p: 1}\nz: {<<: *x, q: 2}\n1: one\n'
    expect(parsed('yaml', text)).toEqual({
      true: true,
      no: 'off',
      a: null,
      b: 493,
      c: 31,
      d: 1000,
      e: 0.5,
      f: '2001-01-01',
      x: { p: 1 },
      z: { p: 1, q: 2 },
      1: 'one',
    })
  })

  test('documents', () => {
    expect(parsed('yaml', 'a: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }])
    expect(parsed('yaml', '---\na: 1\n')).toEqual({ a: 1 })
    expect(parsed('yaml', '')).toBe(null)
    expect(read('yaml', 'a: [1\n').diagnostics?.[0]?.range?.start.line).toBe(2)
  })
})

test('Dockerfiles are a list of commands', () => {
  const text =
    '# syntax=docker/dockerfile:1\n# the base\nFROM --platform=linux/amd64 node:22 AS build\nRUN a && \\\n  # inner\n  b\nRUN ["c", "d e"]\nENV A=1 B="x y"\nENV C d e\nRUN <<EOF\necho\nEOF\nONBUILD COPY --from=x a b\nHEALTHCHECK --interval=1s CMD curl x\nFROM scratch\nUSER root\n'
  const command = (Cmd: string, Value: readonly string[], more: object = {}): object => ({
    Cmd,
    Value,
    Flags: [],
    JSON: false,
    Stage: 0,
    SubCmd: '',
    ...more,
  })
  expect(parsed('dockerfile', text)).toEqual([
    [
      command('comment', ['the base'], { Flags: null }),
      command('from', ['node:22', 'AS', 'build'], { Flags: ['--platform=linux/amd64'] }),
      command('run', ['a &&   b']),
      command('run', ['c', 'd e'], { JSON: true }),
      command('env', ['A', '1', '=', 'B', '"x y"', '=']),
      command('env', ['C', 'd e', '']),
      command('run', ['<<EOF']),
      command('onbuild', ['--from=x', 'a', 'b'].slice(1), { SubCmd: 'COPY' }),
      command('healthcheck', ['CMD', 'curl x'], { Flags: ['--interval=1s'] }),
      command('from', ['scratch'], { Stage: 1 }),
      command('user', ['root'], { Stage: 1 }),
    ],
  ])
  expect(read('dockerfile', 'FROM a\nFETCH b\n').diagnostics).toMatchObject([
    { code: 'dockerfile-unknown-instruction', range: { start: { line: 2, column: 1 } } },
  ])
})

test.each([
  [
    'toml',
    'a = 1\nd = 1979-05-27T07:32:00Z\ne = 1979-05-27\n[b]\nc = [1, 2]\n',
    { a: 1, d: '1979-05-27T07:32:00Z', e: '1979-05-27T00:00:00Z', b: { c: [1, 2] } },
  ],
  [
    'ini',
    'top = 1\n[s]\na = b ; c\nn = 1.5\nt = true\nq = "x y"\nm = one \\\n  two\n[s.child]\nk: v\n',
    { s: { a: 'b', n: 1.5, t: true, q: 'x y', m: 'one two' }, 's.child': { k: 'v' } },
  ],
  [
    'dotenv',
    'A=1\nexport B="x\\ny" # c\nC=\'$A\'\nD=$A-${B}\nE=${HOME}\n',
    { A: '1', B: 'x\ny', C: '$A', D: '1-x\ny', E: '' },
  ],
  [
    'properties',
    '# c\na.b = c\n! d\ne:f\ng h\nlong = a \\\n   b\nu=\\u0041\n',
    { 'a.b': 'c', e: 'f', g: 'h', long: 'a b', u: 'A' },
  ],
  [
    'xml',
    '<a x="1"><b>t</b><b y="2">u &amp; v</b><c/><!-- n --></a>',
    { a: { '-x': '1', b: ['t', { '#content': 'u & v', '-y': '2' }], c: '' } },
  ],
  ['jsonc', '// c\n{"a": "// no", /* x */ "b": 1}', { a: '// no', b: 1 }],
  [
    'ignore',
    '!bar\n# c\nfoo/',
    [
      [
        { Kind: 'NegatedPath', Value: 'bar', Original: '!bar' },
        { Kind: 'Comment', Value: 'c', Original: '# c' },
        { Kind: 'Path', Value: 'foo/', Original: 'foo/' },
      ],
    ],
  ],
])('%s', (name, text, value) => {
  expect(parsed(name, text)).toEqual(value)
})

test('places are those of the text', () => {
  const at = (name: string, text: string, ...path: (string | number)[]): string | undefined => {
    const { file } = read(name, text)
    const span = file && locate(file.root, path)
    return span && text.slice(span.start, span.end).split('\n')[0]
  }
  expect(at('yaml', 'a:\n  b: [1, two]\n', 'a', 'b', 1)).toBe('two')
  expect(at('yaml', 'a:\n  b: 1\n', 'a', 'missing')).toBe('a')
  expect(at('json', '{"a": {"b": true}}', 'a', 'b')).toBe('true')
  expect(at('hcl2', 'resource "a" "b" {\n  acl = "x"\n}\n', 'resource', 'a', 'b', 0, 'acl')).toBe('"x"')
  expect(at('hcl2', 'resource "a" "b" {\n  acl = "x"\n}\n', 'resource', 'a', 'b', 0, 'none')).toBe('resource "a" "b"')
  expect(at('ini', '[s]\na = b\n', 's', 'a')).toBe('b')
})

test('parsers by file name; what is not read is named with the reason', () => {
  const names = ['Dockerfile', 'dev.Dockerfile', 'a.tf', '.env.prod', 'x.yml', '-', '.gitignore', 'a.toml'].map(
    (path) => {
      const choice = parserForPath(path)
      return choice.kind === 'unknown' ? undefined : choice.name
    },
  )
  expect(names).toEqual(['dockerfile', 'dockerfile', 'hcl2', 'dotenv', 'yaml', 'yaml', 'ignore', 'toml'])
  expect(parserForPath('a.cue')).toMatchObject({ kind: 'unsupported', reason: expect.stringContaining('cue export') })
  expect(parserForPath('a.exe').kind).toBe('unknown')
})

test('no text crashes a parser, and faults lie in the text', () => {
  const words =
    'a = : { } [ ] " \' < > / <a> </a> # \n \t \\ ${ } FROM RUN ENV <<E --- - & * 1 true , ; ! % =" \u{1f600} //'.split(
      ' ',
    )
  fc.assert(
    fc.property(
      fc.constantFrom(...parserNames),
      fc.array(fc.constantFrom(...words), { maxLength: 30 }),
      fc.boolean(),
      (name, parts, spaced) => {
        const text = parts.join(spaced ? ' ' : '')
        const { file, diagnostics } = read(name, text)
        if (file !== undefined) expect(() => valueOf(file.root)).not.toThrow()
        else {
          const lines = text.split('\n').length
          expect(diagnostics.length).toBeGreaterThan(0)
          for (const { range } of diagnostics) expect(range?.end.line ?? 0).toBeLessThanOrEqual(lines)
        }
      },
    ),
    { numRuns: 1500 },
  )
})
