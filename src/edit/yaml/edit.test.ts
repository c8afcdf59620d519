import { isNode } from 'yaml'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { applyEdits } from '../../text/edit.ts'
import { type YamlChange, yamlEdit, type YamlEditOptions } from './index.ts'

function edit(text: string, changes: readonly YamlChange[], options: YamlEditOptions & { path?: string } = {}): string {
  const file = parseYaml(options.path ?? 'a.yaml', text)
  const root = file.documents.at(-1)?.tree.contents
  if (!isNode(root)) throw new Error('no content')
  const result = yamlEdit(file, root, changes, options)
  if ('refused' in result) return `refused: ${result.refused}`
  const after = applyEdits(text, result.edits)
  const again = parseYaml(file.path, after)
  const contents = again.documents.at(-1)?.tree.contents
  // Appending looks for the same item, so a second run of anything changes nothing.
  const repeatable = changes.every(
    (change) => change.op !== 'delete' || change.path.every((step) => typeof step === 'string'),
  )
  if (repeatable && isNode(contents)) expect(yamlEdit(again, contents, changes, options)).toEqual({ edits: [] })
  return after
}

const set = (path: YamlChange['path'], value: Extract<YamlChange, { op: 'set' }>['value']): YamlChange => ({
  op: 'set',
  path,
  value,
})
const del = (path: YamlChange['path'], prune = false): YamlChange => ({
  op: 'delete',
  path,
  prune,
})
const append = (path: YamlChange['path'], value: Extract<YamlChange, { op: 'set' }>['value']): YamlChange => ({
  op: 'append',
  path,
  value,
})

type Case = readonly [name: string, before: string, changes: readonly YamlChange[], after: string]

const HARDEN: readonly YamlChange[] = [
  set(['c', 0, 'securityContext', 'allowPrivilegeEscalation'], false),
  set(['c', 0, 'securityContext', 'capabilities', 'drop'], ['ALL']),
  set(['c', 0, 'resources', 'limits', 'cpu'], '500m'),
]

const CASES: readonly Case[] = [
  [
    'several keys under missing parents are one insertion, lists unindented as the file does',
    'c:\n- name: x # the one\n  image: y\n  # tail\nz: 1\n',
    HARDEN,
    'c:\n- name: x # the one\n  image: y\n  securityContext:\n    allowPrivilegeEscalation: false\n    capabilities:\n      drop:\n      - ALL\n  resources:\n    limits:\n      cpu: 500m\n  # tail\nz: 1\n',
  ],
  [
    'indented lists, four columns, CRLF, no final line break',
    'c:\r\n    - name: x\r\n      env:\r\n          A: b',
    [set(['c', 0, 'securityContext', 'drop'], ['ALL'])],
    'c:\r\n    - name: x\r\n      env:\r\n          A: b\r\n      securityContext:\r\n          drop:\r\n              - ALL',
  ],
  ['one scalar', 'a: 1 # one\nb: 2\n', [set(['a'], 3)], 'a: 3 # one\nb: 2\n'],
  ['double quotes stay', 'a: "x"\n', [set(['a'], 'y z')], 'a: "y z"\n'],
  ['single quotes stay', "a: 'x'\n", [set(['a'], "it's")], "a: 'it''s'\n"],
  ['a string that looks like something else is quoted', 'a: x\n', [set(['a'], 'true')], 'a: "true"\n'],
  [
    'numbers as strings are quoted',
    'a:\n  b: 1\n',
    [set(['a', 'c'], '1000'), set(['a', 'd'], 'yes')],
    'a:\n  b: 1\n  c: "1000"\n  d: "yes"\n',
  ],
  ['a quoted string becomes a boolean', 'a: "true"\n', [set(['a'], true)], 'a: true\n'],
  [
    'a missing value',
    'a:\n  b: # why\n  c:\nd:\n',
    [set(['a', 'b'], 1), set(['a', 'c', 'x'], 2), set(['d'], ['q'])],
    'a:\n  b: 1 # why\n  c:\n    x: 2\nd:\n  - q\n',
  ],
  [
    'a null that is written',
    'a: null # none\nb: ~\n',
    [set(['a', 'x'], 1), set(['b'], 2)],
    'a: # none\n  x: 1\nb: 2\n',
  ],
  [
    'an empty flow mapping stays flow',
    'a: {}\nb: []\nc: { }\n',
    [set(['a', 'x', 'z'], 1), append(['b'], 'ALL'), set(['c', 'q'], 'r')],
    'a: {x: {z: 1}}\nb: [ALL]\nc: {q: r}\n',
  ],
  [
    'flow collections',
    'a: { b: 1, c: [x] } # c\n',
    [set(['a', 'd'], true), append(['a', 'c'], 'y, z')],
    'a: { b: 1, c: [x, "y, z"], d: true } # c\n',
  ],
  ['flow with a trailing comma', 'a: [x, y,]\n', [append(['a'], 'z')], 'a: [x, y, z,]\n'],
  [
    'flow over lines with a comment',
    'a: {\n  b: 1, # one\n  c: 2 # two\n  }\n',
    [set(['a', 'd'], 3)],
    'a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n  }\n',
  ],
  [
    'a flow sequence that closes behind a trailing comma',
    'a: [1, # e\n  2, ]\n',
    [append(['a'], 3)],
    'a: [1, # e\n  2, 3, ]\n',
  ],
  ['deletes behind a comment in a flow sequence', 'a: [1, # e\n  2, ]\n', [del(['a', 1])], 'a: [1, # e\n   ]\n'],
  [
    'deletes in flow',
    'a: {b: 1, c: 2, d: 3}\ne: [1, 2, 3]\n',
    [del(['a', 'b']), del(['a', 'd']), del(['e', 1]), del(['e', 2])],
    'a: {c: 2}\ne: [1]\n',
  ],
  [
    'deletes a line with its comment, keeps others',
    '# head\na: 1\n# about b\nb: 2 # gone\n# about c\nc: 3\n',
    [del(['b'])],
    '# head\na: 1\n# about b\n# about c\nc: 3\n',
  ],
  ['deletes the first key of an item', '- name: x\n  image: y\n- n: 1\n', [del([0, 'name'])], '- image: y\n- n: 1\n'],
  [
    'deletes the first two keys of an item around a comment',
    '- name: x # n\n  # i\n  image: y\n  z: 1\n',
    [del([0, 'name']), del([0, 'image'])],
    '- # i\n  z: 1\n',
  ],
  [
    'deletes a block and the last line of an open file',
    'a:\n  b:\n    c: 1\n  d: 2',
    [del(['a', 'd'])],
    'a:\n  b:\n    c: 1',
  ],
  [
    'later changes build on earlier ones',
    'a: {x: 1}\nb: 1\n',
    [del(['a']), set(['a', 'k'], 2), set(['b'], { c: [] }), append(['b', 'c'], 3), del(['b', 'q'])],
    'a: {k: 2}\nb:\n  c:\n    - 3\n',
  ],
  ['the last key of a mapping leaves {}', 'a:\n  b: 1\nc: 2\n', [del(['a', 'b'])], 'a: {}\nc: 2\n'],
  ['or takes the parents along', 'a:\n  b:\n    c: 1\nd: 2\n', [del(['a', 'b', 'c'], true)], 'd: 2\n'],
  ['deletes an item', 'a:\n- x\n- y # why\n- z\n', [del(['a', 1])], 'a:\n- x\n- z\n'],
  [
    'replaces all keys of a mapping',
    'a:\n  b: 1\n  c: 2 # two\nd: 1\n',
    [set(['a'], { x: 1, z: [2] })],
    'a:\n  x: 1\n  z:\n    - 2\nd: 1\n',
  ],
  ['a mapping becomes a scalar', 'a: # why\n  b: 1\nc: 2\n', [set(['a'], 'none')], 'a: none # why\nc: 2\n'],
  ['a scalar becomes a mapping', 'a: x # why\nb: 1\n', [set(['a'], { c: 1 })], 'a: # why\n  c: 1\nb: 1\n'],
  ['a sequence item becomes a mapping', 'a:\n- x\n- y\n', [set(['a', 0], { b: 1, c: 2 })], 'a:\n- b: 1\n  c: 2\n- y\n'],
  [
    'behind a block scalar with blank lines',
    'a:\n  b: |+\n    x\n\nc: 1\n',
    [set(['a', 'd'], 1)],
    'a:\n  b: |+\n    x\n\n  d: 1\nc: 1\n',
  ],
  ['replaces a block scalar', 'a: |\n  x\n  y\nb: 1\n', [set(['a'], 'z')], 'a: z\nb: 1\n'],
  [
    'inner and outer additions at one place',
    'a:\n  b:\n    c: 1\n',
    [set(['x'], 1), set(['a', 'w'], 2), set(['a', 'b', 'z'], 3)],
    'a:\n  b:\n    c: 1\n    z: 3\n  w: 2\nx: 1\n',
  ],
  [
    'a key beside a merge key',
    'b: &b {x: 1}\na:\n  <<: *b\n',
    [set(['a', 'x'], 2)],
    'b: &b {x: 1}\na:\n  <<: *b\n  x: 2\n',
  ],
  [
    'a merged mapping is overridden as a whole',
    'b: &b\n  s: {u: 1}\na:\n  <<: *b\n',
    [set(['a', 's', 'v'], 2)],
    'b: &b\n  s: {u: 1}\na:\n  <<: *b\n  s:\n    u: 1\n    v: 2\n',
  ],
  ['an alias to a scalar is replaced where it stands', 'b: &b x\na: *b\n', [set(['a'], 'z')], 'b: &b x\na: z\n'],
  ['the last of several documents', 'a: 1\n---\na: 1\n...\n', [set(['b'], 2)], 'a: 1\n---\na: 1\nb: 2\n...\n'],
  ['behind a BOM', '\ufeffa: 1\n', [set(['b'], 2), del(['a'])], '\ufeffb: 2\n'],
  ['an item is appended once', 'a: [x]\n', [append(['a'], 'x')], 'a: [x]\n'],
  [
    'a missing list is made',
    'a:\n  b: 1\n',
    [append(['a', 'l'], { k: 1, m: 'x' })],
    'a:\n  b: 1\n  l:\n    - k: 1\n      m: x\n',
  ],
]

describe('yamlEdit', () => {
  test.each(CASES)('%s', (_, before, changes, after) => {
    expect(edit(before, changes)).toBe(after)
  })

  test('JSON keeps its indentation', () => {
    const before = '{\n    "a": {\n        "b": 1\n    },\n    "l": []\n}\n'
    expect(edit(before, [set(['a', 'c', 'd'], [1]), append(['l'], 'x')], { path: 'a.json' })).toBe(
      '{\n    "a": {\n        "b": 1,\n        "c": {\n            "d": [\n                1\n            ]\n        }\n    },\n    "l": [\n        "x"\n    ]\n}\n',
    )
    expect(edit('{"a":{"b":1}}', [set(['a', 'c'], { d: 'x' })], { path: 'a.json' })).toBe('{"a":{"b":1,"c":{"d":"x"}}}')
    expect(edit('{"a": {"b": 1, "c": 2}}', [del(['a', 'c'])], { path: 'a.json' })).toBe('{"a": {"b": 1}}')
  })

  test('a value shared through an alias is refused, or changed at its anchor on request', () => {
    const text = 'b: &b\n  x: 1\na: *b\n'
    expect(edit(text, [set(['a', 'x'], 2)])).toMatch(/^refused: \*b stands here/)
    expect(edit(text, [set(['b', 'x'], 2)])).toMatch(/^refused: &b marks this value and it is used again in line 3/)
    expect(edit(text, [set(['a', 'x'], 2)], { throughAlias: 'anchor' })).toBe('b: &b\n  x: 2\na: *b\n')
    expect(edit(text, [del(['b'])])).toMatch(/^refused: an anchor in here is used in line 3/)
  })

  test('what cannot be done safely is refused with the reason', () => {
    expect(edit('a: !!str 5\n', [set(['a'], 6)])).toMatch(/^refused: the value carries the tag/)
    expect(edit('a: 5\n', [set(['a', 'b'], 6)])).toMatch(/^refused: a path leads through a value that is no mapping/)
    expect(edit('a: [1]\n', [set(['a', 3], 6)])).toMatch(/^refused: there is no item 3/)
    expect(edit('a: 1\na: 2\n', [set(['a'], 3)])).toMatch(/^refused: the key a is there twice/)
    expect(edit('? a\n: 1\nb: 2\n', [del(['a'])])).toMatch(/^refused: a key written with \?/)
    expect(edit('b: &b {x: 1}\na:\n  <<: *b\n', [del(['a', 'x'])])).toMatch(/^refused: x comes through <</)
  })
})
