/** What a hostile policy tries. */
import { describe, expect, test } from 'vitest'
import { compile, parseModule, printValue, RegoError, RegoErrors, toJson } from './index.ts'

const LIMITS = { steps: 1_000_000 }

function run(rules: string, now = 0n): string {
  try {
    const query = compile([parseModule('a.rego', `package a\n${rules}`)]).prepare('x := data.a.x')
    const value = query.evaluate({ limits: LIMITS, now })[0]?.get('x')
    return value === undefined ? 'undefined' : printValue(value).slice(0, 60)
  } catch (error) {
    if (error instanceof RegoError) return error.code
    if (error instanceof RegoErrors) return error.errors[0]?.code ?? ''
    throw error
  }
}

function doubling(pair: (name: string) => string, use: (name: string) => string, first = '[1]'): string {
  const rules = Array.from({ length: 60 }, (_, index) => `s${index + 1} := ${pair(`s${index}`)}`)
  return `s0 := ${first}\n${rules.join('\n')}\nx := ${use('s60')}`
}

const twice = (name: string): string => `[${name}, ${name}]`
/** A text of a million characters. */
const LONG = 's := sprintf("%01000000d", [0])'

describe('ends as eval_cancel_error, in little time and memory', () => {
  const cases: Readonly<Record<string, string>> = {
    'a range of numbers': 'x := count(numbers.range(1, 1000000000000))',
    'a comprehension over pairs': 'x := [1 | r[_]; r[_]]\nr := numbers.range(1, 100000)',
    'a set of tuples': 'x := {[p, q, r] | some p in n; some q in n; some r in n}\nn := numbers.range(1, 1000)',
    'an object': 'x := {sprintf("%d-%d", [p, q]): p | some p in n; some q in n}\nn := numbers.range(1, 100000)',
    'sets of one': 'x := union({{i} | some i in numbers.range(1, 1000000)})',
    'a text that doubles': doubling(
      (name) => `concat("", [${name}, ${name}])`,
      (name) => `count(${name})`,
      '"aaaa"',
    ),
    'a list that doubles': doubling(
      (name) => `array.concat(${name}, ${name})`,
      (name) => `count(${name})`,
    ),
    'a long separator': `x := concat(s, [y | some i in numbers.range(1, 10000); y := "a"]) if { ${LONG} }`,
    'a replacement that grows': `x := replace(s, "0", t) if { ${LONG}; t := sprintf("%0100d", [0]) }`,
    'a replacement by regex': `x := regex.replace(s, "0", s) if { ${LONG} }`,
    'texts in a list': 'x := [s | some i in numbers.range(1, 10000000); s := sprintf("%0100000d", [i])]',
    'a value in itself, printed': doubling(twice, (name) => `sprintf("%v", [${name}])`),
    'a value in itself, as JSON': doubling(twice, (name) => `json.marshal(${name})`),
    'a value in itself, walked': doubling(twice, (name) => `count([p | walk(${name}, [p, _])])`),
    'a value in itself, as a key': doubling(twice, (name) => `{${name}: 1}[[]]`),
    'two that are equal': `${doubling(twice, (name) => `${name} == t60`)}\nt0 := [1]\n${Array.from({ length: 60 }, (_, i) => `t${i + 1} := [t${i}, t${i}]`).join('\n')}`,
    'all paths of a full graph':
      'x := graph.reachable_paths(g, {0})\ng := {i: {j | some j in n; j != i} | some i in n}\nn := numbers.range(0, 14)',
    'all addresses': 'x := net.cidr_expand("::/0")',
    'many patches':
      'x := json.patch({}, [{"op": "add", "path": sprintf("/a%d", [i]), "value": 1} | some i in numbers.range(1, 20000)])',
    'loops in a template':
      'x := strings.render_template("{{range .a}}{{range $.a}}{{range $.a}}xx{{end}}{{end}}{{end}}", {"a": numbers.range(1, 1000)})',
  }
  test.each(Object.entries(cases))('%s', (_, rules) => {
    expect(run(rules)).toBe('eval_cancel_error')
  })
})

describe('does no harm', () => {
  test.each([
    ['backtracking', 'x := regex.match("(a*)*(a|aa)+b", replace(sprintf("%050000d", [0]), "0", "a"))', 'false'],
    ['nested counts', 'x := regex.match("((a{0,100}){0,100}){0,100}b", "aaaa")', 'undefined'],
    [
      'a pattern in a schema',
      'x := json.match_schema({"s": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}, {"properties": {"s": {"pattern": "^(a+)+$"}}})[0]',
      'false',
    ],
    [
      'globs',
      `x := glob.match("{a,{a,{a,b}}}*{a,b}*{a,b}*c", [], replace(sprintf("%01000d", [0]), "0", "a"))`,
      'false',
    ],
    ['shifts', 'x := bits.lsh(1, 1000000000000)', 'undefined'],
    [
      'aliases in YAML',
      `x := yaml.unmarshal("${Array.from({ length: 20 }, (_, i) => `k${i}: &k${i} [${i === 0 ? 'x' : `*k${i - 1},*k${i - 1}`}]`).join('\\n')}")`,
      'undefined',
    ],
    ['an alias of nothing', 'x := yaml.unmarshal("a: *b")', 'undefined'],
    ['brackets in GraphQL', 'x := graphql.parse_query(replace(sprintf("%050000d", [0]), "0", "{a"))', 'undefined'],
    ['widths', 'x := count(sprintf("%1000000000d", [1])) < 2000000', 'true'],
  ])('%s', (_, rules, result) => {
    expect(run(rules)).toBe(result)
  })

  test.each([
    ['calls', `f(y) := y\nx := ${'f('.repeat(3000)}1${')'.repeat(3000)}`],
    ['lists', `x := ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['parentheses', `x := ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['sums', `x := 1${'+1'.repeat(20_000)}`],
    ['alternatives', `x := 1 if { false } ${'else := 2 if { false } '.repeat(5000)}`],
  ])('deep %s are errors', (_, rules) => {
    expect(run(rules)).toMatch(/^(?:rego|eval)_\w+_error$/)
  })

  test('a result that is endless to print is an error for the host too', () => {
    const query = compile([parseModule('a.rego', `package a\n${doubling(twice, (name) => name)}`)]).prepare(
      'x := data.a.x',
    )
    const value = query.evaluate({ limits: LIMITS })[0]?.get('x') ?? null
    expect(() => printValue(value)).toThrow('too large')
    expect(() => toJson(value)).toThrow('too large')
  })
})

describe('sees nothing of where it runs', () => {
  test.each(['constructor', '__proto__', 'toString', 'process', 'globalThis', 'hasOwnProperty'])(
    '%s is no key',
    (name) => {
      expect(
        run(`x := [v | some v in [input.${name}, data.${name}, {}["${name}"], {"a": 1}["${name}"], [1]["${name}"]]]`),
      ).not.toMatch(/function|object/)
      expect(run(`o := {"a": 1}\nx := object.get(o, "${name}", "none")`)).toBe('"none"')
      expect(run(`o := json.unmarshal("{\\"b\\": {}}")\nx := object.get(o.b, "${name}", "none")`)).toBe('"none"')
    },
  )

  test('the environment, the network and files are off', () => {
    process.env['SECOPS_HARDENING_TEST'] = 'seen'
    expect(run('x := opa.runtime()')).toBe('{}')
    expect(run('x := http.send({"method": "get", "url": "file:///etc/passwd"})')).not.toContain('root')
    expect(run('x := net.lookup_ip_addr("example.com")')).toBe('undefined')
    expect(run('x := json.match_schema({}, {"$ref": "file:///etc/passwd"})[0]')).not.toBe('true')
    delete process.env['SECOPS_HARDENING_TEST']
  })

  test('there is one clock, which the host sets', () => {
    const rules = 'x := [time.now_ns(), time.now_ns(), count([1 | numbers.range(1, 1000)[_]; time.now_ns() != 42])]'
    expect(run(rules, 42n)).toBe('[42, 42, 0]')
  })

  test('the local zone of the host is not known', () => {
    const zone = process.env['TZ']
    const rules = 'x := [time.date(0), time.clock(0), time.format(0), time.clock([0, "Local"])]'
    const seen = ['Asia/Tokyo', 'America/New_York', 'UTC'].map((name) => {
      process.env['TZ'] = name
      return run(rules)
    })
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(new Set(seen).size).toBe(1)
  })
})
