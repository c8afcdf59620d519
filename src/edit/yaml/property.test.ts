import * as fc from 'fast-check'
import { load } from 'js-yaml'
import { isNode } from 'yaml'
import { expect, test } from 'vitest'
import { parseYaml } from '../../parse/yaml/parser.ts'
import type { PathStep } from '../../resources/place.ts'
import { applyEdits } from '../../text/edit.ts'
import { isMapping, isSequence, nodeData, type YamlData } from './data.ts'
import { type YamlChange, yamlEdit } from './index.ts'

/** Numbers from 0 up to 1 that one seed determines (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const STRINGS = [
  '',
  'x',
  'true',
  '1000',
  'no',
  'a b',
  "it's",
  'say "hi"',
  'a: b',
  '# x',
  '- x',
  '{x}',
  'ä€😀',
  'nginx:1.25',
  '*x',
  '&x',
  '!x',
  '--flag=1',
  '%x',
  '@x',
  '`x',
  'x #y',
  ' lead',
  'tail ',
  'two\nlines',
  'tab\there',
  '0x1f',
  '1e3',
  '1:30',
  '2020-01-01',
  '~',
  'null',
  '.5',
  '-',
  '---',
  '...',
  '<<',
  '=',
  '?',
  '? x',
  '[',
  'a,b',
  'x:',
  ':x',
  '\u2028',
  '\u0007',
  '\\n',
  'C:\\x',
]
const KEYS = ['a', 'b', 'c', 'name', 'runAsUser', 'app.kubernetes.io/name', '80', 'true', 'with space', 'x:y']

class RandomYaml {
  readonly #random: () => number
  #comments = 0

  constructor(seed: number) {
    this.#random = randomFrom(seed)
  }

  chance(probability: number): boolean {
    return this.#random() < probability
  }

  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T {
    const value = values[Math.floor(this.#random() * values.length)]
    if (value === undefined) throw new RangeError('nothing to pick from')
    return value
  }

  data(depth = 0): YamlData {
    const kind = this.#random()
    if (depth > 4 || kind < 0.3) return this.scalar()
    const size = Math.floor(this.#random() * 4)
    if (kind < 0.55) return Array.from({ length: size }, () => this.data(depth + 1))
    return this.mapping(size, depth)
  }

  mapping(size: number, depth = 0): YamlData {
    return Object.fromEntries(Array.from({ length: size }, () => [this.pick(KEYS), this.data(depth + 1)]))
  }

  scalar(): YamlData {
    if (this.chance(0.6)) return this.pick(STRINGS)
    return this.pick<YamlData>([true, false, 0, 1, -7, 2.5, 65532, 1e21])
  }

  key(): string {
    return this.pick(KEYS)
  }

  /** A text that reads as the data, with comments, blank lines, either line end, with or without a last one. */
  render(data: YamlData): string {
    const lines = isInlineData(data) ? [this.#flow(data)] : this.#block(data, '', this.chance(0.5))
    const text = [...this.#noise(''), ...lines, ...this.#noise('')].join('\n') + (this.chance(0.8) ? '\n' : '')
    return this.chance(0.3) ? text.replaceAll('\n', '\r\n') : text
  }

  #block(data: YamlData, pad: string, indentSequences: boolean): string[] {
    if (isSequence(data))
      return data.flatMap((item) => [...this.#noise(pad), ...this.#item(item, pad, indentSequences)])
    return Object.entries(isMapping(data) ? data : {}).flatMap(([key, value]) => [
      ...this.#noise(pad),
      ...this.#pair(key, value, pad, indentSequences),
    ])
  }

  #item(item: YamlData, pad: string, indentSequences: boolean): string[] {
    if (isInlineData(item) || this.chance(0.2)) return [`${pad}- ${this.#flow(item)}${this.#comment()}`]
    if (this.chance(0.15)) return [`${pad}-${this.#comment()}`, ...this.#block(item, `${pad}   `, indentSequences)]
    const inner = `${pad}  `
    const lines = this.#block(item, inner, indentSequences)
    const first = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    return [`${pad}- ${(lines[first] ?? '').slice(inner.length)}`, ...lines.slice(first + 1)]
  }

  #pair(key: string, value: YamlData, pad: string, indentSequences: boolean): string[] {
    const head = `${pad}${this.#scalarText(key)}:`
    if (value === null && this.chance(0.5)) return [`${head}${this.#comment()}`]
    if (typeof value === 'string' && /^\w[\w ]*(\n\w+)*$/.test(value) && this.chance(0.4)) {
      const chomp = this.chance(0.5) ? '-' : ''
      if (chomp === '-') return [`${head} |-`, ...value.split('\n').map((line) => `${pad}    ${line}`)]
    }
    if (isInlineData(value) || this.chance(0.2)) return [`${head} ${this.#flow(value)}${this.#comment()}`]
    const deeper = isSequence(value) && !indentSequences ? pad : pad + this.pick(['  ', '  ', '    '])
    return [`${head}${this.#comment()}`, ...this.#block(value, deeper, indentSequences)]
  }

  #flow(data: YamlData): string {
    const [open, close] = this.pick([
      ['', ''],
      [' ', ' '],
    ])
    if (isSequence(data))
      return data.length === 0
        ? '[]'
        : `[${open}${data.map((item) => this.#flow(item)).join(', ')}${this.chance(0.2) ? ',' : ''}${close}]`
    if (!isMapping(data)) return this.#scalarText(data)
    const pairs = Object.entries(data).map(([key, value]) => `${this.#scalarText(key)}: ${this.#flow(value)}`)
    return pairs.length === 0 ? '{}' : `{${open}${pairs.join(', ')}${close}}`
  }

  #scalarText(data: string | number | boolean | null): string {
    if (typeof data !== 'string') return String(data)
    if (/^[a-z][a-z]+$/.test(data) && !/^(true|null|no)$/.test(data) && this.chance(0.7)) return data
    if (/^[\x20-\x7e]*$/.test(data) && this.chance(0.4)) return `'${data.replaceAll("'", "''")}'`
    return JSON.stringify(data).replace('\u2028', '\\u2028')
  }

  #comment(): string {
    return this.chance(0.2) ? ` # c${this.#comments++}` : this.chance(0.05) ? '  ' : ''
  }

  #noise(pad: string): string[] {
    return this.chance(0.1) ? [this.chance(0.3) ? '' : `${pad}# c${this.#comments++}`] : []
  }
}

function isInlineData(data: YamlData): boolean {
  return isSequence(data) ? data.length === 0 : !isMapping(data) || Object.keys(data).length === 0
}

const RUNS = Number(process.env['YAML_RUNS'] ?? 1500)

/** What one change does to data, written independently of the edit builder. */
function reference(data: YamlData, path: readonly PathStep[], value: YamlData | undefined): YamlData {
  const [step, ...rest] = path
  if (step === undefined) return value ?? null
  const inner = (child: YamlData | undefined): YamlData => reference(child ?? null, rest, value)
  if (isSequence(data)) {
    if (rest.length === 0 && value === undefined) return data.filter((_, index) => index !== step)
    return data.map((item, index) => (index === step ? inner(item) : item))
  }
  const entries = Object.entries(isMapping(data) ? data : {})
  if (rest.length === 0 && value === undefined) return Object.fromEntries(entries.filter(([key]) => key !== step))
  const there = entries.some(([key]) => key === step)
  return Object.fromEntries([
    ...entries.map(([key, child]): [string, YamlData] => [key, key === step ? inner(child) : child]),
    ...(there ? [] : [[String(step), inner(undefined)] as const]),
  ])
}

function randomPath(random: RandomYaml, data: YamlData): PathStep[] {
  if (isMapping(data)) {
    const keys = Object.keys(data)
    if (keys.length > 0 && random.chance(0.75)) {
      const key = random.pick(keys)
      const child = data[key] ?? null
      return [key, ...(random.chance(0.8) && !isScalarData(child) ? randomPath(random, child) : [])]
    }
    return random.chance(0.6) ? [random.key()] : [random.pick(['new1', 'new2']), random.key()]
  }
  if (!isSequence(data) || data.length === 0) return []
  const index = random.pick([...data.keys()])
  const child = data[index] ?? null
  return [index, ...(random.chance(0.8) && !isScalarData(child) ? randomPath(random, child) : [])]
}

function isScalarData(data: YamlData): boolean {
  return !isMapping(data) && !isSequence(data)
}

function has(data: YamlData, path: readonly PathStep[]): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  const child = isSequence(data)
    ? data[Number(step)]
    : isMapping(data) && Object.hasOwn(data, step)
      ? data[step]
      : undefined
  return child !== undefined && has(child, rest)
}

function comments(text: string): string[] {
  return (text.match(/# c\d+/g) ?? []).sort()
}

test('one random change gives exactly that change, for two YAML readers, and keeps every comment', () => {
  let edited = 0
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomYaml(seed)
      const data = random.mapping(4)
      const text = random.render(data)
      const file = parseYaml('a.yaml', text)
      const root = file.documents[0]?.tree.contents
      expect(file.diagnostics).toEqual([])
      if (!isNode(root)) return
      expect(nodeData(root, new Map())).toEqual(data)
      const path = randomPath(random, data)
      if (path.length === 0 || isScalarData(data)) return
      const deleting = random.chance(0.25) && has(data, path)
      const value = deleting ? undefined : random.chance(0.5) ? random.scalar() : random.data(2)
      const expected = reference(data, path, value)
      const change: YamlChange = value === undefined ? { op: 'delete', path } : { op: 'set', path, value }
      const result = yamlEdit(file, root, [change])
      if ('refused' in result) throw new Error(`${result.refused}\n${JSON.stringify(change)}\n${text}`)
      const after = applyEdits(text, result.edits)
      try {
        expect(load(after)).toEqual(expected)
        const again = parseYaml('a.yaml', after)
        const contents = again.documents[0]?.tree.contents
        expect(again.diagnostics).toEqual([])
        if (!isNode(contents)) throw new Error('nothing is left')
        expect(nodeData(contents, new Map())).toEqual(expected)
        if (value !== undefined) expect(yamlEdit(again, contents, [change])).toEqual({ edits: [] })
        if (value !== undefined && (!has(data, path) || isScalarData(value))) {
          const lines = after.split('\n').map((line) => line.trim())
          const kept = text.split('\n').filter((line) => lines.includes(line.trim())).length
          if (!has(data, path)) expect(comments(after)).toEqual(comments(text))
          if (!has(data, path)) expect(kept).toBeGreaterThanOrEqual(text.split('\n').length - 1)
        }
        if (result.edits.length > 0) edited++
      } catch (error) {
        throw new Error(`${String(error)}\n${JSON.stringify(change)}\n--- before\n${text}\n--- after\n${after}`, {
          cause: error,
        })
      }
    }),
    { numRuns: RUNS },
  )
  expect(edited).toBeGreaterThan(1000)
})

function unrelated(a: readonly PathStep[], b: readonly PathStep[]): boolean {
  return a.some((step, index) => index < b.length && step !== b[index])
}

test('several changes at once give exactly all of them', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomYaml(seed)
      const data = random.mapping(4)
      const text = random.render(data)
      const file = parseYaml('a.yaml', text)
      const root = file.documents[0]?.tree.contents
      if (!isNode(root) || isScalarData(data)) return
      const changes: YamlChange[] = []
      let expected = data
      for (let i = 0; i < 4; i++) {
        const path = randomPath(random, data)
        if (path.length === 0 || !changes.every((change) => unrelated(change.path, path))) continue
        // A deleted item would move those behind it, which the one-by-one reference cannot express.
        const deleting = random.chance(0.4) && has(data, path) && typeof path.at(-1) === 'string'
        const value = deleting ? undefined : random.chance(0.5) ? random.scalar() : random.data(3)
        changes.push(value === undefined ? { op: 'delete', path } : { op: 'set', path, value })
        expected = reference(expected, path, value)
      }
      const result = yamlEdit(file, root, changes)
      const context = `${JSON.stringify(changes)}\n--- before\n${text}`
      if ('refused' in result) throw new Error(`${result.refused}\n${context}`)
      const after = applyEdits(text, result.edits)
      try {
        expect(load(after)).toEqual(expected)
      } catch (error) {
        throw new Error(`${String(error)}\n${context}\n--- after\n${after}`, { cause: error })
      }
    }),
    { numRuns: RUNS },
  )
})

test('a change to JSON gives JSON, and keeps the indentation', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom('', 2, 4, '\t'), (seed, indent) => {
      const random = new RandomYaml(seed)
      const data = random.mapping(4)
      const text = JSON.stringify(data, null, indent)
      const file = parseYaml('a.json', text)
      const root = file.documents[0]?.tree.contents
      const path = randomPath(random, data)
      if (!isNode(root) || path.length === 0) return
      const deleting = random.chance(0.25) && has(data, path)
      const value = deleting ? undefined : random.data(2)
      const expected = reference(data, path, value)
      const change: YamlChange = value === undefined ? { op: 'delete', path } : { op: 'set', path, value }
      const result = yamlEdit(file, root, [change])
      if ('refused' in result) throw new Error(`${result.refused}\n${JSON.stringify(change)}\n${text}`)
      const after = applyEdits(text, result.edits)
      const parsed: unknown = JSON.parse(after)
      expect(parsed, after).toEqual(expected)
      // JavaScript moves keys that look like indexes to the front.
      const ordered = !JSON.stringify(expected).includes('"80"')
      if (ordered && !has(data, path)) {
        const escaped = (json: string): string => json.replaceAll('\u2028', '\\u2028')
        expect(escaped(after)).toBe(escaped(JSON.stringify(expected, null, indent)))
      }
    }),
    { numRuns: RUNS },
  )
})

test('setting what is there already changes nothing', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomYaml(seed)
      const data = random.mapping(4)
      const file = parseYaml('a.yaml', random.render(data))
      const root = file.documents[0]?.tree.contents
      if (!isNode(root) || !isMapping(data)) return
      const changes = Object.entries(data).map(([key, value]): YamlChange => ({
        op: 'set',
        path: [key],
        value,
      }))
      expect(yamlEdit(file, root, changes)).toEqual({ edits: [] })
    }),
    { numRuns: 500 },
  )
})

const AWKWARD = [
  'a: &x\n  b: 1\n  c: [1, {d: 2}]\ne:\n  <<: *x\n  f: *x\n  g: &y !!str 5\nh: *y\n',
  '? k\n: v\n? - 1\n  - 2\n: {a, b: , "c":d}\nl:\n-\n- - x\n  - |+\n   t\n\n-   m: 1\n    n: >-\n     f\n',
  'a:   # c\n\n  # d\n  b: "x\n    y"\n  c: plain\n    more\nd: !t {x: [1, # e\n   2, ]}\n&k e: ~\n',
]

test('on awkward and mutated YAML an edit is refused or exact, and nothing is thrown', () => {
  const pieces = [
    '\n',
    '  ',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    '&x ',
    '*x',
    ' # c',
    '|\n',
    '---\n',
    '? ',
    '!t ',
    ', ',
    '\r\n',
  ]
  const mutation = fc.record({ at: fc.nat(), remove: fc.nat(3), insert: fc.constantFrom('', ...pieces) })
  const outcomes = { refused: 0, edited: 0 }
  fc.assert(
    fc.property(
      fc.constantFrom(...AWKWARD),
      fc.array(mutation, { maxLength: 3 }),
      fc.integer(),
      fc.constantFrom('refuse' as const, 'anchor' as const),
      (awkward, mutations, seed, throughAlias) => {
        let text = awkward
        for (const { at, remove, insert } of mutations) {
          const offset = at % (text.length + 1)
          text = text.slice(0, offset) + insert + text.slice(offset + remove)
        }
        const file = parseYaml('a.yaml', text)
        const document = file.documents[0]
        const root = document?.tree.contents
        if (!document?.valid || !isNode(root)) return
        const random = new RandomYaml(seed)
        const data = nodeData(root, document.aliases)
        const path = randomPath(random, data)
        if (path.length === 0) return
        const value = random.chance(0.3) && has(data, path) ? undefined : random.data(3)
        const change: YamlChange = value === undefined ? { op: 'delete', path } : { op: 'set', path, value }
        const result = yamlEdit(file, root, [change], { throughAlias })
        if ('refused' in result) {
          outcomes.refused++
          return
        }
        outcomes.edited++
        const again = parseYaml('a.yaml', applyEdits(text, result.edits)).documents[0]
        const contents = again?.tree.contents
        expect(again?.valid).toBe(true)
        if (throughAlias === 'refuse' && again && isNode(contents)) {
          expect(nodeData(contents, again.aliases)).toEqual(reference(data, path, value))
        }
      },
    ),
    { numRuns: 4000 },
  )
  expect(outcomes.edited).toBeGreaterThan(outcomes.refused)
})
