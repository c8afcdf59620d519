import { expect, test } from 'vitest'
import type { Block } from '../../parse/hcl/ast.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import { applyWorkspaceEdit } from '../../text/workspace-edit.ts'
import { HclEdits } from './edits.ts'
import { rewriteAttributes } from './rewrite.ts'
import { type HclValue, raw } from './spec.ts'

function rewrite(text: string, sets: Record<string, HclValue>, removes: readonly string[] = []): string {
  const document = parseHcl('a.tf', text)
  const block = document.body.items.find((item): item is Block => item.kind === 'block')
  if (block === undefined) throw new Error('no block')
  const edits = new HclEdits()
  rewriteAttributes(edits, document, block, new Map(Object.entries(sets)), new Set(removes))
  return applyWorkspaceEdit(new Map([['a.tf', text]]), edits.finish()).get('a.tf') ?? text
}

const list = raw('[x.id]')

test.each([
  [
    'keeps the alignment when a longer name takes a line',
    'a {\n  b   = 1\n  old = 2 # c\n}\n',
    { longer: list },
    ['old'],
    'a {\n  b      = 1\n  longer = [x.id] # c\n}\n',
  ],
  ['draws in when the longest name goes', 'a {\n  b    = 1\n  long = 2\n}\n', {}, ['long'], 'a {\n  b = 1\n}\n'],
  [
    'leaves what was never aligned',
    'a {\n  b = 1\n  old = 2\n}\n',
    { longer: list },
    ['old'],
    'a {\n  b = 1\n  longer = [x.id]\n}\n',
  ],
  [
    'adds behind the last line',
    'a {\n  b = 1 # c\n\n  n {}\n}\n',
    { cc: 2 },
    [],
    'a {\n  b  = 1 # c\n  cc = 2\n\n  n {}\n}\n',
  ],
  [
    'a value of several lines that becomes one line joins its neighbours',
    'a {\n  b = 1\n  list = [\n    1,\n  ]\n}\n',
    { list },
    [],
    'a {\n  b    = 1\n  list = [x.id]\n}\n',
  ],
  [
    'other groups keep their layout',
    'a {\n  bb = 1\n\n  c   = 2\n  old = 3\n}\n',
    { d: 4 },
    ['old'],
    'a {\n  bb = 1\n\n  c = 2\n  d = 4\n}\n',
  ],
  ['keeps line ends', 'a {\r\n  b = 1\r\n}\r\n', { cc: 2 }, [], 'a {\r\n  b  = 1\r\n  cc = 2\r\n}\r\n'],
  ['a block on one line is opened up', 'a { b = 1 }\n', { cc: 2 }, [], 'a {\n  b  = 1\n  cc = 2\n}\n'],
  ['everything may go', 'a {\n  b = 1\n}\n', {}, ['b'], 'a {\n}\n'],
] satisfies [string, string, Record<string, HclValue>, string[], string][])('%s', (_, before, sets, removes, after) => {
  expect(rewrite(before, sets, removes)).toBe(after)
})
