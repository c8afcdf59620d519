/** `secops enforce verify`: the field's suites. */
import {
  type CaseFailure,
  type CaseResult,
  type EngineName,
  isSuite,
  objectsOf,
  PolicyError,
  readSuite,
  runFilter,
  SuiteRunner,
} from '../../gatekeeper/index.ts'
import { SecretMask } from '../../engine/secrets.ts'
import { RegexError } from '../../rego/regex/regex.ts'
import type { SuiteReport } from '../../report/enforce/verify.ts'
import { UsageError } from '../project/root.ts'
import { commonRoot, withoutDots, YamlReader } from './inputs.ts'

export interface VerifyOptions {
  readonly paths: readonly string[]
  readonly engine?: EngineName | 'both' | undefined
  readonly run?: string | undefined
  readonly now: Date
}

export interface VerifyResult extends SuiteReport {
  readonly mask: SecretMask
}

/** @throws UsageError for paths that do not exist, that hold no suite, or a filter that is no regular expression */
export function verifySuites({ paths, engine, run = '', now }: VerifyOptions): VerifyResult {
  const named = paths.map(withoutDots)
  const { root, gitTop } = commonRoot(named)
  const reader = new YamlReader(root, gitTop ?? root)
  const runner = new SuiteRunner({
    read: (path) => reader.named(path),
    engine,
    filter: filterOf(run),
    now: BigInt(now.getTime()) * 1_000_000n,
  })
  const cases: CaseResult[] = []
  let suites = 0
  for (const path of reader.list(named, /\.ya?ml$/i)) {
    // Most files of a library are no suites: these are not parsed here.
    if (reader.text(path)?.includes('test.gatekeeper.sh') !== true) continue
    const file = reader.yaml(path)
    for (const object of file === undefined ? [] : objectsOf(file)) {
      if (!isSuite(object)) continue
      suites++
      cases.push(...runner.run(readSuite(object)))
    }
    const [problem] = file?.diagnostics.filter(({ code }) => !code.endsWith('duplicate-key')) ?? []
    if (problem !== undefined) {
      suites++
      cases.push(
        brokenSuite(path, new PolicyError(problem.code, problem.message, { file: path, range: problem.range })),
      )
    }
  }
  if (suites === 0) throw new UsageError(`no suite (test.gatekeeper.sh/v1alpha1, kind: Suite) in ${paths.join(', ')}`)
  const count = (kind: CaseResult['outcome']['kind']): number =>
    cases.filter(({ outcome }) => outcome.kind === kind).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: cases.flatMap(({ outcome }) => (outcome.kind === 'failed' ? outcome.failures : [])),
    suites,
    cases,
    mask: SecretMask.of(reader.texts),
  }
}

function filterOf(run: string): ReturnType<typeof runFilter> {
  try {
    return runFilter(run)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new UsageError(`--run is no regular expression: ${error.message}`)
  }
}

function brokenSuite(file: string, error: PolicyError): CaseResult {
  const { range } = error
  const at = range === undefined ? '' : `:${range.start.line}:${range.start.column}`
  const failure: CaseFailure = {
    suite: file,
    test: '',
    case: '',
    want: 'a suite that can be read',
    got: `${file}${at}: ${error.message}`,
  }
  return { suite: file, test: '', case: '', outcome: { kind: 'failed', failures: [failure] } }
}
