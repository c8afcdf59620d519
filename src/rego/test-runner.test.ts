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

test('a filter chooses tests', () => {
  const report = runTests([parseModule('t.rego', 'package t\ntest_a if true\ntest_b if true')], {
    run: (name) => name === 'data.t.test_b',
  })
  expect(report.results.map(({ name }) => name)).toEqual(['test_b'])
})
