/** The policies' own tests. */
import { RegoObject, runTests, type FileCoverage, type TestOptions, type TestResult } from '../../rego/index.ts'
import type { Module } from '../../rego/index.ts'
import { type CheckResult, type PolicyMessage } from './check.ts'

export interface VerifyResult {
  /** One for each test, in the order of files and lines. */
  readonly checks: readonly CheckResult[]
  readonly tests: readonly TestResult[]
  /** Only with `coverage`; without the files that hold nothing but tests. */
  readonly coverage: readonly FileCoverage[]
}

/** Throws `RegoErrors`. */
export function verifyPolicies(modules: readonly Module[], options: TestOptions): VerifyResult {
  const { results, coverage } = runTests(modules, options)
  return {
    checks: results.map(checkOf),
    tests: results,
    coverage: coverage.filter(({ file }) => !file.endsWith('_test.rego')),
  }
}

function checkOf(test: TestResult): CheckResult {
  const at = { line: test.line, column: 1 }
  const message: PolicyMessage = {
    message: [
      `${test.package}.${test.name}`,
      ...(test.status === 'error' ? test.output : test.failedCases.map((one) => `  ${one}`)),
    ].join('\n'),
    rule: test.name,
    query: `${test.package}.${test.name}`,
    metadata: RegoObject.empty,
    file: test.file,
    range: { start: at, end: at },
  }
  const failed = test.status === 'fail' || test.status === 'error'
  return {
    file: test.file,
    namespace: test.package.replace(/^data\.?/, ''),
    successes: test.status === 'pass' ? 1 : 0,
    warnings: [],
    failures: failed ? [message] : [],
    exceptions: [],
    skipped: test.status === 'skip' ? [message] : [],
    errors: [],
    prints: test.status === 'error' ? [] : test.output,
  }
}
