import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, HclDocument } from '../../parse/hcl/ast.ts'
import { parseHclJson } from '../../parse/hcl/json.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import { applyWorkspaceEdit } from '../../text/workspace-edit.ts'
import { HclEdits } from './edits.ts'
import { attribute, block, type HclValue, raw, resource } from './spec.ts'

function firstBlock(document: HclDocument): Block {
  const found = document.body.items.find((item): item is Block => item.kind === 'block')
  if (found === undefined) throw new Error('no block')
  return found
}

function edit(
  text: string,
  change: (edits: HclEdits, document: HclDocument, first: Block) => void,
  path = 'a.tf',
): string {
  const document = path.endsWith('.json') ? parseHclJson(path, text) : parseHcl(path, text)
  const edits = new HclEdits()
  change(edits, document, firstBlock(document))
  const after = applyWorkspaceEdit(new Map([[path, text]]), edits.finish()).get(path) ?? ''
  const again = path.endsWith('.json') ? parseHclJson(path, after) : parseHcl(path, after)
  expect(again.diagnostics).toEqual([])
  return after
}

const set = (name: string, value: HclValue) => (edits: HclEdits, document: HclDocument, first: Block) =>
  edits.setAttribute(document, first, name, value)

describe('setAttribute', () => {
  const cases: [string, string, string, HclValue, string][] = [
    ['replaces the expression only', 'a "b" {\n  x   = 1 # why\n}\n', 'x', true, 'a "b" {\n  x   = true # why\n}\n'],
    ['opens an empty body', 'a "b" {}\n', 'x', 'v', 'a "b" {\n  x = "v"\n}\n'],
    ['opens an empty body that has spaces', 'a "b" { }', 'x', 1, 'a "b" {\n  x = 1\n}'],
    ['opens a body on one line', 'a "b" { long = 1 }\n', 'x', 2, 'a "b" {\n  long = 1\n  x    = 2\n}\n'],
    ['opens a nested body', 'a {\n  b {}\n}\n', 'x', 2, 'a {\n  x = 2\n\n  b {}\n}\n'],
    ['fills an empty body of two lines', 'a {\n}\n', 'x', 2, 'a {\n  x = 2\n}\n'],
    ['stays below comments', 'a {\n  # nothing yet\n}\n', 'x', 2, 'a {\n  # nothing yet\n  x = 2\n}\n'],
    [
      'joins an alignment it fits',
      'a {\n  long = 1\n  mid  = 2\n}\n',
      'x',
      3,
      'a {\n  long = 1\n  mid  = 2\n  x    = 3\n}\n',
    ],
    [
      'begins a group rather than moving others',
      'a {\n  b = 1\n  c = 2\n}\n',
      'longer',
      3,
      'a {\n  b = 1\n  c = 2\n\n  longer = 3\n}\n',
    ],
    [
      'joins where nobody aligns',
      'a {\n  b = 1\n  ccc = 2\n}\n',
      'longer',
      3,
      'a {\n  b = 1\n  ccc = 2\n  longer = 3\n}\n',
    ],
    ['does not join count', 'a {\n  for_each = x\n}\n', 'y', 3, 'a {\n  for_each = x\n\n  y = 3\n}\n'],
    [
      'goes before nested blocks',
      'a {\n  long = 1 # c\n\n  b {\n    k = 1\n  }\n}\n',
      'x',
      2,
      'a {\n  long = 1 # c\n  x    = 2\n\n  b {\n    k = 1\n  }\n}\n',
    ],
    ['keeps CRLF', 'a {\r\n  b = 1\r\n}\r\n', 'x', 2, 'a {\r\n  b = 1\r\n  x = 2\r\n}\r\n'],
    ['keeps tabs and the BOM', '\uFEFFa {\n\tb = 1\n}', 'x', 2, '\uFEFFa {\n\tb = 1\n\tx = 2\n}'],
    ['stays behind a heredoc', 'a {\n  p = <<EOT\nhi\nEOT\n}\n', 'x', 2, 'a {\n  p = <<EOT\nhi\nEOT\n\n  x = 2\n}\n'],
    [
      'stays behind a list of several lines',
      'a {\n  p = [\n    1,\n  ]\n}\n',
      'x',
      2,
      'a {\n  p = [\n    1,\n  ]\n\n  x = 2\n}\n',
    ],
    ['escapes templates', 'a {}\n', 'x', 'a"${b}', 'a {\n  x = "a\\"$${b}"\n}\n'],
    ['writes expressions', 'a {}\n', 'x', raw('f.g[0].id'), 'a {\n  x = f.g[0].id\n}\n'],
  ]
  test.each(cases)('%s', (_, before, name, value, after) => {
    expect(edit(before, set(name, value))).toBe(after)
  })

  const both = (edits: HclEdits, document: HclDocument, first: Block): void => {
    edits.setAttribute(document, first, 'b', 2)
    edits.setAttribute(document, first, 'longer', 3)
  }
  test('a line that changes anyway is aligned with what joins it', () => {
    expect(edit('a {\n  b = 1 # c\n}\n', both)).toBe('a {\n  b      = 2 # c\n  longer = 3\n}\n')
    expect(edit('a { b = 1 }\n', both)).toBe('a {\n  b      = 2\n  longer = 3\n}\n')
    expect(edit('a {b = 1 /* c */}\n', both)).toBe('a {\n  b      = 2 /* c */\n  longer = 3\n}\n')
  })

  test('setting twice sets once', () => {
    const twice = (edits: HclEdits, document: HclDocument, first: Block): void => {
      edits.setAttribute(document, first, 'x', 1)
      edits.setAttribute(document, first, 'x', 2)
    }
    expect(edit('a {}\n', twice)).toBe('a {\n  x = 2\n}\n')
    expect(edit('a {\n  x = 0\n}\n', twice)).toBe('a {\n  x = 2\n}\n')
  })

  test('several attributes and a block come out in one piece', () => {
    const after = edit('a {\n  b = 1\n}\n', (edits, document, first) => {
      edits.setAttribute(document, first, 'x', 1)
      edits.addBlock(document, first, block('n', [attribute('k', 'v')]))
      edits.setAttribute(document, first, 'long', 2)
    })
    expect(after).toBe('a {\n  b = 1\n  x = 1\n\n  long = 2\n\n  n {\n    k = "v"\n  }\n}\n')
  })
})

describe('blocks', () => {
  const spec = resource('t', 'n', [attribute('bucket', raw('x.y.id')), block('rule', [attribute('on', true)])])
  const text = 'resource "t" "n" {\n  bucket = x.y.id\n\n  rule {\n    on = true\n  }\n}'
  test.each([
    ['at the end of the file', 'a {\n}\n', `a {\n}\n\n${text}\n`],
    ['without final newline', 'a {\n}', `a {\n}\n\n${text}\n`],
    ['before what follows', 'a {\n} # c\n\nb {\n}\n', `a {\n} # c\n\n${text}\n\nb {\n}\n`],
    ['with CRLF', 'a {\r\n}\r\n', `a {\r\n}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`],
  ])('after another one, %s', (_, before, after) => {
    expect(edit(before, (edits, document, first) => edits.addBlockAfter(document, first, spec))).toBe(after)
  })

  test('two after one block keep their order and end the file once', () => {
    const after = edit('a {\n}', (edits, document, first) => {
      edits.addBlockAfter(document, first, block('b', []))
      edits.addBlockAfter(document, first, block('c', []))
    })
    expect(after).toBe('a {\n}\n\nb {}\n\nc {}\n')
  })

  test('append stays below comments at the end', () => {
    expect(edit('a {}\n# end\n', (edits, document) => edits.append(document, block('b', [])))).toBe(
      'a {}\n# end\n\nb {}\n',
    )
  })
})

describe('delete', () => {
  const remove = (index: number) => (edits: HclEdits, document: HclDocument, first: Block) => {
    const item = first.body.items[index]
    if (item !== undefined) edits.delete(document, first, item)
  }
  test.each([
    [
      'takes the trailing comment, keeps the one above',
      'a {\n  # keep\n  b = 1 # go\n  c = 2\n}\n',
      0,
      'a {\n  # keep\n  c = 2\n}\n',
    ],
    ['leaves one blank line', 'a {\n  b = 1\n\n  c {\n  }\n\n  d = 2\n}\n', 1, 'a {\n  b = 1\n\n  d = 2\n}\n'],
    ['leaves none before the brace', 'a {\n  b = 1\n\n  c {}\n}\n', 1, 'a {\n  b = 1\n}\n'],
    ['empties a body on one line', 'a { b = 1 }\n', 0, 'a {}\n'],
  ])('%s', (_, before, index, after) => {
    expect(edit(before, remove(index))).toBe(after)
  })

  test('neighbours that go leave nothing between them', () => {
    const after = edit('a {\n  b = 1\n\n  c {\n  }\n\n  c {\n  }\n}\n', (edits, document, first) => {
      remove(1)(edits, document, first)
      remove(2)(edits, document, first)
    })
    expect(after).toBe('a {\n  b = 1\n}\n')
  })

  test('what is added does not stand on what goes', () => {
    const after = edit('a {\n  b = 1\n  c = 2\n}\n', (edits, document, first) => {
      remove(1)(edits, document, first)
      edits.addBlock(document, first, block('n', []))
    })
    expect(after).toBe('a {\n  b = 1\n\n  n {}\n}\n')
  })
})

describe('JSON syntax', () => {
  const json = (text: string, change: Parameters<typeof edit>[1]) => edit(text, change, 'a.tf.json')
  const text = '{\n  "resource": {\n    "t": {\n      "n": {\n        "a": 1\n      }\n    }\n  }\n}\n'
  test('adds members where the keys are, as text of the same indentation', () => {
    const after = json(text, (edits, document, first) => {
      edits.setAttribute(document, first, 'x', raw('a.b.id'))
      edits.addBlock(document, first, block('n', [attribute('on', true)]))
    })
    expect(after).toBe(
      text.replace('"a": 1', '"a": 1,\n        "x": "${a.b.id}",\n        "n": {\n          "on": true\n        }'),
    )
  })

  test('adds a resource beside or below the types there are', () => {
    const beside = json(text, (edits, document, first) =>
      edits.addBlockAfter(document, first, resource('t', 'm', [attribute('b', 'x')])),
    )
    expect(JSON.parse(beside)).toEqual({ resource: { t: { n: { a: 1 }, m: { b: 'x' } } } })
    const below = json(text, (edits, document, first) => edits.addBlockAfter(document, first, resource('u', 'm', [])))
    expect(JSON.parse(below)).toEqual({ resource: { t: { n: { a: 1 } }, u: { m: {} } } })
  })

  test('replaces and removes members on one line', () => {
    expect(json('{"resource": {"t": {"n": {"a": 1, "b": 2}}}}', set('a', 'z'))).toBe(
      '{"resource": {"t": {"n": {"a": "z", "b": 2}}}}',
    )
    expect(json('{"resource": {"t": {"n": {"a": 1}}}}', set('b', 2))).toBe(
      '{"resource": {"t": {"n": {"a": 1, "b": 2}}}}',
    )
  })
})

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z][a-z_]{0,8}$/)
  const line = fc.oneof(
    fc.tuple(name, fc.integer()).map(([key, value]) => `  ${key}_a = ${value}`),
    fc.constantFrom(
      '',
      '  # note',
      '  nested {\n    k = 1\n  }',
      '  text = <<-EOT\n    hi\n  EOT',
      '  list = [\n    1,\n  ]',
    ),
  )
  const body = fc.uniqueArray(line, { maxLength: 8, selector: (text) => text.split('=')[0] })
  const eol = fc.constantFrom('\n', '\r\n')

  test('an attribute that is set is there, setting it again changes nothing, and all other lines stay', () => {
    fc.assert(
      fc.property(body, name, eol, fc.boolean(), (lines, key, end, final) => {
        const before = ['resource "t" "n" {', ...lines, '}', '']
          .join('\n')
          .replaceAll('\n', end)
          .slice(0, final ? undefined : -end.length)
        const after = edit(before, set(key, 'v'))
        expect(edit(after, set(key, 'v'))).toBe(after)
        const left = after.split(end)
        let at = -1
        for (const text of before.split(end)) {
          at = left.indexOf(text, at + 1)
          expect(at).toBeGreaterThan(-1)
        }
        expect(left.some((text) => new RegExp(`^ {2}${key} += "v"$`).test(text))).toBe(true)
      }),
    )
  })
})
