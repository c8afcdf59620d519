import { expect, test } from 'vitest'
import { parseModule } from './parser/parser.ts'
import { runTests } from './test-runner.ts'

const POLICY = `package app

allow if {
	input.user == "jane"
	input.age > 18
} else := false

unused := 1 if {
	false
}
`

const TESTS = `package app_test

import data.app

test_allowed if app.allow with input as {"user": "jane", "age": 20}

test_wrong if {
	print("age", 20)
	not app.allow with input as {"user": "jane", "age": 20}
}

test_error if {
	x := 1 if true
}

todo_test_later if false
`

test('passes, failures, errors and what is left for later', () => {
  const tests = TESTS.replace(/test_error[^}]*\}/, 'test_error if { [x, x] := [1, 2] }').replace(
    /test_error.*\n/,
    'test_error if conflict == 1\n\nconflict := 1\n\nconflict := 2\n',
  )
  const report = runTests([parseModule('app.rego', POLICY), parseModule('app_test.rego', tests)], { coverage: true })
  expect(report.results.map(({ name, status, line }) => [name, status, line])).toEqual([
    ['test_allowed', 'pass', 5],
    ['test_wrong', 'fail', 7],
    ['test_error', 'error', 12],
    ['todo_test_later', 'skip', 18],
  ])
  expect(report).toMatchObject({ passed: 1, failed: 2, skipped: 1 })
  expect(report.results[1]?.output).toEqual(['age 20'])
  expect(report.results[2]?.output[0]).toMatch(/app_test.rego:16:1: eval_conflict_error/)
  const [app] = report.coverage
  expect(app).toEqual({ file: 'app.rego', covered: [3, 4, 5], notCovered: [6, 8, 9] })
})

test('rules of one name are tests of their own, as a false one must not hide', () => {
  const first =
    'package t\ntest_a if true\ntest_a if false\ndefault test_b := false\ntest_b if true\ninner.test_c if true\ninner.test_c if false\n'
  const report = runTests([parseModule('a.rego', first), parseModule('b.rego', 'package t\ntest_a if true\n')])
  expect(report.results.map(({ name, status, file, line }) => [name, status, `${file}:${line}`])).toEqual([
    ['test_a', 'pass', 'a.rego:2'],
    ['test_a#01', 'fail', 'a.rego:3'],
    ['test_b', 'fail', 'a.rego:4'],
    ['test_b#01', 'pass', 'a.rego:5'],
    ['inner.test_c', 'pass', 'a.rego:6'],
    ['inner.test_c#01', 'fail', 'a.rego:7'],
    ['test_a#02', 'pass', 'b.rego:2'],
  ])
})

test('only true passes: other values, sets and functions do not', () => {
  const rules =
    'test_a := 1\ntest_b := {"x": true}\ntest_c contains 1\ntest_d(x) if x\ntest_e := true if false\nelse := true\n'
  const report = runTests([parseModule('a.rego', `package t\n${rules}`)])
  expect(report.results.map(({ status }) => status)).toEqual(['fail', 'fail', 'fail', 'error', 'pass'])
  expect(report.results[3]?.output[0]).toContain('function data.t.test_d used as reference, not called')
})

test('a test with cases passes if each does, and names those that do not', () => {
  const rules = `
test_all[note] if {
	some note, one in {"small": 1, "large": 9}
	one > 0
}
test_some[note] if {
	print("tried")
	some note, one in {"small": 1, "large": 9}
	one > 5
}
test_nested["sum"][left][right] if {
	some left in [1, 2]
	some right in [1, 2]
	left + right < 4
}
test_values[note] := one if some note, one in {"yes": true, "no": false}
test_none[note] if some note in input.notes
`
  const report = runTests([parseModule('a.rego', `package t\n${rules}`)])
  expect(report.results.map(({ name, status, failedCases }) => [name, status, failedCases])).toEqual([
    ['test_all', 'pass', []],
    ['test_some', 'fail', ['small']],
    ['test_nested', 'fail', ['sum: 2: 2']],
    ['test_values', 'fail', ['no']],
    ['test_none', 'fail', []],
  ])
  expect(report.results[1]?.output).toEqual(['tried'])
})

test('a filter chooses tests', () => {
  const report = runTests([parseModule('t.rego', 'package t\ntest_a if true\ntest_b if true')], {
    run: (name) => name === 'data.t.test_b',
  })
  expect(report.results.map(({ name }) => name)).toEqual(['test_b'])
})
