import { expect, test } from 'vitest'
import { check, ERROR, plainOf, call, UNKNOWN } from './test-support.ts'

check([
  ['regex', ['(?is)A.B', 'a\nb'], 'a\nb'],
  ['regex', ['a(?s:.)b', 'a\nb'], 'a\nb'],
  ['regex', ['a.b', 'a\nb'], ERROR],
  ['regex', ['[^[:space:]]+', ' ab '], 'ab'],
  ['regex', ['[\\s\\d]+', 'a 1b'], ' 1'],
  ['regex', ['\\p{Greek}+', 'aλb'], 'λ'],
  ['regex', ['\\p{^L}', 'a1'], '1'],
  ['regex', ['(a)\\1', 'aa'], ERROR],
  ['regex', ['(?<!a)b', 'b'], ERROR],
  ['regex', ['a{1001}', 'a'], ERROR],
  ['regex', ['*a', 'a'], ERROR],
  ['regex', ['a)', 'a'], ERROR],
  ['regex', ['[a', 'a'], ERROR],
  ['regex', ['\\y', 'y'], ERROR],
  ['regex', ['a(?i)b', 'aB'], UNKNOWN],
  ['regex', ['(?U)a+', 'aa'], UNKNOWN],
  ['regex', ['^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', 'my-bucket.logs'], 'my-bucket.logs'],
  ['regex', ['^(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?$', '1.22.3-rc.1'], ['1', '22', '3', 'rc.1']],
  ['regexall', ['a|b', 'xaxb'], ['a', 'b']],
  ['replace', ['a.b', '.', '-'], 'a-b'],
  ['replace', ['a1b22', '/(?P<n>\\d+)/', '<${n}>'], 'a<1>b<22>'],
  ['replace', ['a1', '/(\\d)/', '$2'], 'a'],
  ['replace', ['aB', '/(?i)b/', 'c'], 'ac'],
  ['replace', ['a$&', '&', '$&'], 'a$$&'],
])

test.each([
  ['nested loops', '(a+)+$', `${'a'.repeat(40)}b`],
  ['alternatives in a loop', '(a|aa)+$', `${'a'.repeat(60)}b`],
  ['optional atoms', `${'a?'.repeat(40)}${'a'.repeat(40)}`, 'a'.repeat(40)],
  ['bounded nests', '(a{0,30}){0,30}b', 'a'.repeat(60)],
  ['many loops', '.*.*.*.*.*.*=', 'x'.repeat(1000)],
  ['long texts', 'a', 'a'.repeat(100_001)],
])('%s are not run', (_, pattern, text) => {
  const start = performance.now()
  expect(plainOf(call('regex', pattern, text))).toBe(UNKNOWN)
  expect(performance.now() - start).toBeLessThan(20_000)
})
