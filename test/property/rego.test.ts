import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compile,
  parseModule,
  parseQuery,
  type Policy,
  printValue,
  RegoError,
  RegoErrors,
  RegoObject,
  type Value,
  fromJson,
} from '../../src/rego/index.ts'

const RUNS = Number(process.env['SECOPS_FUZZ_RUNS'] ?? 18) * 50

const WORDS = (
  'package import as default else not some with null true false if contains every in data input rego.v1 future.keywords ' +
  'a p x y _ f( ) ( [ ] { } , ; : . | & = := == != < > + - * / % "s" "\\u00e9" ` $" $` \\ # # METADATA\n \n 0 1 1.5e3 -7 é 😀 \t \r\n'
).split(' ')

const soup = fc
  .array(fc.constantFrom(...WORDS), { maxLength: 60 })
  .chain((words) => fc.constantFrom(words.join(' '), words.join(''), `package a\n${words.join(' ')}`))
const garbage = fc.oneof(
  soup,
  fc.string({ unit: 'binary', maxLength: 80 }),
  soup.map((text) => `package a\np { ${text} }`),
)

test('no text crashes the parser or the compiler, and every position lies in the text', () => {
  fc.assert(
    fc.property(garbage, fc.constantFrom('v0' as const, 'v1' as const), (text, version) => {
      for (const read of [
        () => compile([parseModule('a.rego', text, { version })]),
        () => parseQuery(text, { version }),
      ]) {
        try {
          read()
        } catch (error) {
          if (!(error instanceof RegoErrors)) throw error
          expect(error.errors.length).toBeGreaterThan(0)
          for (const { place } of error.errors) {
            const { start, end } = place?.span ?? { start: -1, end: -1 }
            expect(start >= 0 && start <= end && end <= (place?.source.text.length ?? 0)).toBe(true)
          }
        }
      }
    }),
    { numRuns: RUNS },
  )
})

// --- rules that an index can choose from, against inputs that hit some of them

const scalar = fc.constantFrom('"a"', '"b"', '1', '2', 'true', 'null')
const subject = fc.constantFrom('input.k', 'input.m.n', 'x')
const condition = fc.oneof(
  fc.tuple(subject, fc.constantFrom('==', '='), scalar).map((parts) => parts.join(' ')),
  fc.tuple(scalar, fc.constant('=='), subject).map((parts) => parts.join(' ')),
  fc.constantFrom(
    'input.k',
    'not input.m.n',
    'input.l[_] == x',
    'y = input.k; y == "a"',
    'input.l[_] != 1',
    'every e in input.l { e != x }',
    'not f("a", 1)',
    'g(input.k)',
    'not g(input.m.n)',
    'count([e | e := input.l[_]; e == x]) > 0',
    'count({e | some e in input.l; g(e)}) == 1',
    'input.k in {"a", 1}',
    'input.l[i] == x; i > 0',
    'h with input as {"k": x}',
    '{"k": [w]} = {"k": [input.k]}; w == x',
    'object.get(input, ["m", "n"], "b") == x',
    '$"{input.k}" == "a"',
  ),
)
const body = fc
  .array(condition, { minLength: 1, maxLength: 3 })
  .map((conditions) => ['x := input.x', ...conditions].join('; '))
const rules = fc
  .array(fc.tuple(body, fc.nat(3)), { minLength: 3, maxLength: 8 })
  .map((list) =>
    [
      ...list.map(([conditions, value]) => `s contains ${value} if { ${conditions} }`),
      ...list.map(([conditions, value]) => `o["k${value}"] := ${value} if { ${conditions} }`),
      ...list.map(([conditions]) => `c if { ${conditions} }`),
      'g(v) if v == "a"\ng(v) if v == 2\ng(true)\nh if input.k == "b"\nh if input.k == 1\nh if not input.k',
      ...list.map(([, value], index) => `f("${'ab'[index % 2]}", ${value}) := ${value}`),
    ].join('\n'),
  )
const document = fc.record(
  {
    k: fc.constantFrom('a', 'b', 1, true, null),
    m: fc.oneof(fc.constant(7), fc.record({ n: fc.constantFrom('a', 2, true, [1]) })),
    l: fc.array(fc.constantFrom('a', 1, 2, null), { maxLength: 3 }),
    x: fc.constantFrom('a', 'b', 1, 2, true, { deep: 1 }),
  },
  { requiredKeys: [] },
)

test('an index, provenance and coverage change nothing about results', () => {
  fc.assert(
    fc.property(rules, fc.array(document, { minLength: 1, maxLength: 4 }), (text, inputs) => {
      const module = parseModule('a.rego', `package a\n${text}`)
      const query =
        'x := [data.a, [[p, q, r] | some p in ["a", "b"]; some q in [0, 1, 2, 3]; r := data.a.f(p, q)], [k | some k in [0, 1, 2]; data.a.s[k]]]'
      const indexed = wellTyped([module])
      fc.pre(indexed !== undefined)
      const prepared = [
        indexed.prepare(query),
        compile([module], { indexing: false }).prepare(query),
        compile([module], { coverage: true }).prepare(query),
      ]
      const traced = indexed.prepare(query, { provenance: true })
      for (const raw of inputs) {
        const input = fromJson(raw)
        const run = (evaluate: () => string): string => {
          try {
            return evaluate()
          } catch (error) {
            if (error instanceof RegoError) return error.code
            throw error
          }
        }
        const [first, ...others] = prepared.map((each) =>
          run(() =>
            each
              .evaluate({ input })
              .map((one) => printValue(RegoObject.of(one)))
              .join(),
          ),
        )
        for (const other of others) expect(other).toBe(first)
        expect(
          run(() =>
            traced
              .evaluateTraced({ input })
              .map(({ bindings, origins }) => {
                for (const { path, missing } of origins)
                  expect([at(input, path) !== undefined, at(input, [...path, ...missing])]).toEqual([
                    true,
                    missing.length > 0 ? undefined : at(input, path),
                  ])
                return printValue(RegoObject.of(bindings))
              })
              .join(),
          ),
        ).toBe(first)
      }
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  )
})

/** Undefined where conditions contradict each other in a way that the type check sees. */
function wellTyped(modules: Parameters<typeof compile>[0]): Policy | undefined {
  try {
    return compile(modules)
  } catch (error) {
    if (error instanceof RegoErrors && error.errors.every(({ code }) => code === 'rego_type_error')) return undefined
    throw error
  }
}

/** What stands at a path, if anything does. */
function at(value: Value, path: readonly Value[]): Value | undefined {
  let found: Value | undefined = value
  for (const key of path) {
    if (found instanceof RegoObject) found = found.get(key)
    else found = Array.isArray(found) && typeof key === 'number' ? found[key] : undefined
  }
  return found
}
