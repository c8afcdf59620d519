/** `opa test`-style unit tests: rules named `test_...`, with coverage by line. */
import type { Module, Rule } from './ast.ts'
import { formatError, RegoError, type Source } from './errors.ts'
import { compile, type CompileOptions, type EvaluateOptions } from './policy.ts'
import { refText } from './compiler/tree.ts'

export type TestStatus = 'pass' | 'fail' | 'error' | 'skip'

export interface TestResult {
  readonly package: string
  readonly name: string
  readonly file: string
  readonly line: number
  readonly status: TestStatus
  /** What `print` wrote, and for errors the formatted error. */
  readonly output: readonly string[]
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

/** Tests in the order of their files and lines. Throws `RegoErrors` if the modules do not compile. */
export function runTests(modules: readonly Module[], options: TestOptions = {}): TestReport {
  const policy = compile(modules, options)
  const results: TestResult[] = []
  const covered = new Map<Source, Set<number>>()
  for (const { module, rule, name } of testsOf(modules)) {
    const path = refText([...module.package, ...name.split('.')])
    const skip = name.startsWith('todo_')
    if (options.run?.(path) === false) continue
    const { line } = module.source.lines.position(rule.span.start)
    const base = { package: refText(module.package), name, file: module.source.file, line }
    if (skip) {
      results.push({ ...base, status: 'skip', output: [] })
      continue
    }
    const output: string[] = []
    const print = (text: string): void => {
      output.push(text)
    }
    try {
      const query = policy.prepare(path)
      const outcome = query.evaluateCovered({ ...options.evaluate, print })
      for (const [source, offsets] of outcome.covered) {
        const known = covered.get(source) ?? new Set()
        for (const offset of offsets) known.add(offset)
        covered.set(source, known)
      }
      results.push({ ...base, status: outcome.results.length > 0 ? 'pass' : 'fail', output })
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      results.push({ ...base, status: 'error', output: [...output, formatError(error)] })
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

/** Several rules of one name are one test. */
function testsOf(
  modules: readonly Module[],
): { readonly module: Module; readonly rule: Rule; readonly name: string }[] {
  const tests: { readonly module: Module; readonly rule: Rule; readonly name: string }[] = []
  const seen = new Set<string>()
  for (const module of modules) {
    for (const rule of module.rules) {
      const [first, ...rest] = rule.head.ref
      if (first?.kind !== 'var' || rule.head.args !== undefined || rule.head.key !== undefined) continue
      const keys = rest.map((term) =>
        term.kind === 'scalar' && typeof term.value === 'string' ? term.value : undefined,
      )
      if (keys.includes(undefined)) continue
      const name = [first.name, ...keys].join('.')
      const last = keys.at(-1) ?? first.name
      if (!/^(?:todo_)?test_/.test(last)) continue
      const id = `${refText(module.package)}.${name}`
      if (seen.has(id)) continue
      seen.add(id)
      tests.push({ module, rule, name })
    }
  }
  return tests
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
