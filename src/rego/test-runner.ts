/** `opa test`-style unit tests: rules named `test_...`, with coverage by line. */
import type { Module, Rule } from './ast.ts'
import { refText } from './compiler/tree.ts'
import { formatError, RegoError, RegoErrors, type Source } from './errors.ts'
import { compile, type CompileOptions, type EvaluateOptions } from './policy.ts'
import { casesName, testRules, type TestRules, withCases } from './test-rules.ts'
import { toJson } from './value/json.ts'
import type { Value } from './value/value.ts'

export type TestStatus = 'pass' | 'fail' | 'error' | 'skip'

export interface TestResult {
  readonly package: string
  readonly name: string
  readonly file: string
  readonly line: number
  readonly status: TestStatus
  /** What `print` wrote, and for errors the formatted error. */
  readonly output: readonly string[]
  /** Of a test with cases, the keys of those that did not pass. */
  readonly failedCases: readonly string[]
}

export interface FileCoverage {
  readonly file: string
  /** Lines from 1 that ran, and lines that could have. */
  readonly covered: readonly number[]
  readonly notCovered: readonly number[]
}

export interface TestReport {
  readonly results: readonly TestResult[]
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Only with `coverage`; files in order. */
  readonly coverage: readonly FileCoverage[]
}

export interface TestOptions extends CompileOptions {
  readonly evaluate?: EvaluateOptions
  /** Only tests whose full name (`data.pkg.test_x`) matches. */
  readonly run?: (name: string) => boolean
}

/**
 * Tests in the order of their files and lines. A test passes if its value is true, and one with cases
 * (`test_x[note]`) if it has some and all of theirs are.
 * @throws RegoErrors if the modules do not compile
 */
export function runTests(modules: readonly Module[], options: TestOptions = {}): TestReport {
  const found = testRules(modules)
  const policy = compileWithCases(found, options)
  const results: TestResult[] = []
  const covered = new Map<Source, Set<number>>()
  for (const test of found.tests) {
    const { module, rule, name } = test
    const path = refText([...module.package, ...name])
    if (options.run?.(path) === false) continue
    const { line } = module.source.lines.position(rule.span.start)
    const base = { package: refText(module.package), name: name.join('.'), file: module.source.file, line }
    if (test.isLater) {
      results.push({ ...base, status: 'skip', output: [], failedCases: [] })
      continue
    }
    const output: string[] = []
    const print = (text: string): void => {
      output.push(text)
    }
    const evaluate = (query: string): Value | undefined => {
      const outcome = policy.prepare(`found := ${query}`).evaluateCovered({ ...options.evaluate, print })
      for (const [source, offsets] of outcome.covered) {
        const known = covered.get(source) ?? new Set()
        for (const offset of offsets) known.add(offset)
        covered.set(source, known)
      }
      return outcome.results[0]?.get('found')
    }
    try {
      if (rule.head.args !== undefined) {
        throw new RegoError('rego_type_error', `function ${path} used as reference, not called`, {
          source: module.source,
          span: rule.head.span,
        })
      }
      const value = evaluate(path)
      if (test.keys.length === 0) {
        results.push({ ...base, status: value === true ? 'pass' : 'fail', output, failedCases: [] })
        continue
      }
      const printed = output.length
      const cases = policy.hasCases ? evaluate(refText([...module.package, ...casesName(test)])) : undefined
      output.splice(printed)
      const outcomes = outcomesOf(value, cases)
      const failedCases = [...outcomes].filter(([, passed]) => !passed).map(([label]) => label)
      const status = outcomes.size > 0 && failedCases.length === 0 ? 'pass' : 'fail'
      results.push({ ...base, status, output, failedCases })
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      results.push({ ...base, status: 'error', output: [...output, formatError(error)], failedCases: [] })
    }
  }
  return {
    results,
    passed: results.filter(({ status }) => status === 'pass').length,
    failed: results.filter(({ status }) => status === 'fail' || status === 'error').length,
    skipped: results.filter(({ status }) => status === 'skip').length,
    coverage: options.coverage === true ? modules.map((module) => coverageOf(module, covered.get(module.source))) : [],
  }
}

/** Where a case's keys cannot be told before the test is through, the cases that failed have no names. */
function compileWithCases(found: TestRules, options: CompileOptions) {
  if (found.tests.some(({ keys }) => keys.length > 0)) {
    try {
      const policy = compile(withCases(found), options)
      return { prepare: (query: string) => policy.prepare(query), hasCases: true }
    } catch (error) {
      if (!(error instanceof RegoErrors)) throw error
    }
  }
  const policy = compile(found.modules, options)
  return { prepare: (query: string) => policy.prepare(query), hasCases: false }
}

/** Whether each case passed, by its keys. */
function outcomesOf(value: Value | undefined, cases: Value | undefined): ReadonlyMap<string, boolean> {
  const outcomes = new Map<string, boolean>()
  const json = (one: Value | undefined): unknown => (one === undefined ? undefined : toJson(one))
  const keys: unknown = json(cases)
  for (const path of Array.isArray(keys) ? keys : []) {
    if (Array.isArray(path)) outcomes.set(path.join(': '), false)
  }
  const visit = (at: unknown, path: readonly string[]): void => {
    if (typeof at === 'object' && at !== null && !Array.isArray(at)) {
      for (const [key, inner] of Object.entries(at)) visit(inner, [...path, key])
    } else if (path.length > 0) outcomes.set(path.join(': '), at === true)
  }
  visit(json(value), [])
  return outcomes
}

function coverageOf(module: Module, offsets: ReadonlySet<number> | undefined): FileCoverage {
  const { lines, file } = module.source
  const possible = new Set<number>()
  const add = (start: number): void => {
    possible.add(lines.position(start).line)
  }
  const visit = (rule: Rule): void => {
    if (rule.isDefault) return
    add(rule.head.span.start)
    for (const literal of rule.body) if (literal.kind !== 'some') add(literal.span.start)
    if (rule.else !== undefined) visit(rule.else)
  }
  for (const rule of module.rules) visit(rule)
  const ran = new Set<number>()
  for (const offset of offsets ?? []) ran.add(lines.position(offset).line)
  const sorted = [...possible].sort((a, b) => a - b)
  return { file, covered: sorted.filter((line) => ran.has(line)), notCovered: sorted.filter((line) => !ran.has(line)) }
}
