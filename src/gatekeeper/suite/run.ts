/** Runs the cases of suites. Templates are compiled once, however many tests and constraints name them. */
import { posix } from 'node:path'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { isConstraint } from '../constraint.ts'
import type { EngineName } from '../engine.ts'
import { Expander, isExpansion, readExpansion } from '../expansion.ts'
import { Inventory } from '../inventory.ts'
import { type KubernetesObject, objectsOf } from '../objects.ts'
import { type CompiledTemplate, compileTemplate, PolicySet, type Violation } from '../policy-set.ts'
import { PolicyError } from '../problem.ts'
import { reviewAll } from '../review-all.ts'
import { isTemplate } from '../template.ts'
import { unmet } from './assertions.ts'
import type { RunFilter } from './filter.ts'
import type { Suite, SuiteCase, SuiteTest } from './suite.ts'

export interface CaseFailure {
  /** The suite's file. */
  readonly suite: string
  readonly test: string
  /** Empty for what a test as a whole fails at. */
  readonly case: string
  readonly want: string
  readonly got: string
  /** With `both`: the engine that failed, or in what the two disagree. */
  readonly engine?: EngineName
  readonly disagreement?: 'verdict' | 'count' | 'message'
}

export type CaseOutcome =
  | { readonly kind: 'passed' | 'skipped' }
  | { readonly kind: 'failed'; readonly failures: readonly CaseFailure[] }

export interface CaseResult {
  readonly suite: string
  readonly test: string
  readonly case: string
  readonly outcome: CaseOutcome
}

export interface SuiteRunOptions {
  /** A parsed file; undefined if there is none. */
  readonly read: (path: string) => YamlFile | undefined
  /** `rego`, `cel`: only that one. `both`: each, and where they disagree. Default: as Gatekeeper, CEL where a template has it. */
  readonly engine?: EngineName | 'both' | undefined
  readonly filter: RunFilter
  readonly now: bigint
}

/** What can be said of one case by one engine. */
interface Verdict {
  readonly violations: readonly Violation[]
  readonly failures: readonly { readonly want: string; readonly got: string }[]
}

const SKIPPED: CaseOutcome = { kind: 'skipped' }
const PASSED: CaseOutcome = { kind: 'passed' }

export class SuiteRunner {
  readonly #options: SuiteRunOptions
  readonly #templates = new Map<string, CompiledTemplate | PolicyError>()
  readonly #objects = new Map<string, readonly KubernetesObject[]>()

  constructor(options: SuiteRunOptions) {
    this.#options = options
  }

  run(suite: Suite): readonly CaseResult[] {
    return suite.tests.flatMap((test) => {
      const { filter } = this.#options
      // A constraint that is refused can review nothing.
      if (test.cases.length === 0 || test.invalid) {
        if (!filter.test(test.name)) return []
        return [{ suite: suite.file, test: test.name, case: '', outcome: this.#emptyTest(suite, test) }]
      }
      const cases = test.cases.filter(({ name }) => filter.case(test.name, name))
      if (cases.length === 0) return []
      return this.#test(suite, test, cases).map((outcome, index) => ({
        suite: suite.file,
        test: test.name,
        case: cases[index]?.name ?? '',
        outcome,
      }))
    })
  }

  /** A test without cases: the constraint has to be refused, or else it has to be taken. */
  #emptyTest(suite: Suite, test: SuiteTest): CaseOutcome {
    if (suite.skip || test.skip) return SKIPPED
    const failed = (want: string, got: string): CaseOutcome => ({
      kind: 'failed',
      failures: [{ suite: suite.file, test: test.name, case: '', want, got }],
    })
    try {
      if (test.fault !== undefined) throw test.fault
      const template = this.#template(suite, test)
      const [engine] = this.#engines(template)
      if (engine === undefined) return SKIPPED
      const constraint = this.#one(suite, test.constraint, 'constraint', isConstraint)
      try {
        policiesOf(template, engine).addConstraint(constraint)
      } catch (error) {
        if (!(error instanceof PolicyError) || !test.invalid) throw error
        return error.code === 'constraint-schema'
          ? PASSED
          : failed('a constraint that fails the schema of its template', located(error))
      }
      return test.invalid ? failed('a constraint that fails the schema of its template', 'a valid constraint') : PASSED
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      return failed(test.invalid ? 'a valid template' : 'a valid template and constraint', located(error))
    }
  }

  #test(suite: Suite, test: SuiteTest, cases: readonly SuiteCase[]): CaseOutcome[] {
    if (suite.skip || test.skip) return cases.map(() => SKIPPED)
    const broken = (error: PolicyError, want: string): CaseOutcome[] =>
      cases.map((one) =>
        one.skip
          ? SKIPPED
          : {
              kind: 'failed',
              failures: [{ suite: suite.file, test: test.name, case: one.name, want, got: located(error) }],
            },
      )
    try {
      if (test.fault !== undefined) throw test.fault
      const template = this.#template(suite, test)
      const engines = this.#engines(template)
      if (engines.length === 0) return cases.map(() => SKIPPED)
      const constraint = this.#one(suite, test.constraint, 'constraint', isConstraint)
      const sets = engines.map((engine) => {
        const policies = policiesOf(template, engine)
        policies.addConstraint(constraint)
        return { engine, policies }
      })
      const expander = this.#expander(suite, test)
      return cases.map((one) => {
        if (one.skip) return SKIPPED
        const verdicts = sets.map(({ engine, policies }) => ({ engine, ...this.#case(suite, one, policies, expander) }))
        const failures = verdicts.flatMap(({ engine, failures: found }) =>
          found.map((failure) => ({
            suite: suite.file,
            test: test.name,
            case: one.name,
            ...failure,
            ...(this.#options.engine === 'both' && { engine }),
          })),
        )
        const [first, second] = verdicts
        const differs = first && second && disagreement(second.violations, first.violations)
        if (differs !== undefined) failures.push({ suite: suite.file, test: test.name, case: one.name, ...differs })
        return failures.length === 0 ? PASSED : { kind: 'failed', failures }
      })
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      return broken(error, 'a valid template and constraint')
    }
  }

  #case(suite: Suite, one: SuiteCase, policies: PolicySet, expander: Expander): Verdict {
    try {
      if (one.fault !== undefined) throw one.fault
      const inventory = Inventory.of(one.inventory.flatMap((path) => [...this.#load(suite, path)]))
      const objects = this.#load(suite, one.object)
      const [object] = objects
      if (object === undefined || objects.length > 1) {
        throw new PolicyError('suite-object', `${one.object} must hold one object, and it holds ${objects.length}`)
      }
      const { now } = this.#options
      const violations = reviewAll(policies, object, { inventory, now, traced: false, expander })
      return { violations, failures: one.assertions.flatMap((assertion) => unmet(assertion, violations) ?? []) }
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      return { violations: [], failures: [{ want: 'an object to review', got: located(error) }] }
    }
  }

  #engines({ engines }: CompiledTemplate): readonly EngineName[] {
    const { engine } = this.#options
    if (engine === 'both') return (['cel', 'rego'] as const).filter((name) => engines.has(name))
    if (engine !== undefined) return engines.has(engine) ? [engine] : []
    return [engines.has('cel') ? 'cel' : 'rego']
  }

  #template(suite: Suite, test: SuiteTest): CompiledTemplate {
    const path = resolve(suite, test.template)
    let compiled = this.#templates.get(path)
    if (compiled === undefined) {
      try {
        compiled = compileTemplate(this.#one(suite, test.template, 'template', isTemplate))
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error
        compiled = error
      }
      this.#templates.set(path, compiled)
    }
    if (compiled instanceof PolicyError) throw compiled
    return compiled
  }

  #expander(suite: Suite, test: SuiteTest): Expander {
    if (test.expansion === '') return new Expander([])
    const expansions = this.#load(suite, test.expansion).filter(isExpansion).map(readExpansion)
    try {
      return new Expander(expansions)
    } catch (error) {
      throw new PolicyError('expansion-invalid', error instanceof Error ? error.message : String(error))
    }
  }

  #one(suite: Suite, path: string, what: string, is: (object: KubernetesObject) => boolean): KubernetesObject {
    const found = this.#load(suite, path).filter(is)
    const [one] = found
    if (one !== undefined && found.length === 1) return one
    const file = resolve(suite, path)
    throw new PolicyError('suite-file', `${path} holds ${found.length === 0 ? 'no' : 'more than one'} ${what}`, {
      file,
    })
  }

  #load(suite: Suite, path: string): readonly KubernetesObject[] {
    const file = resolve(suite, path)
    const known = this.#objects.get(file)
    if (known !== undefined) return known
    const parsed = this.#options.read(file)
    if (parsed === undefined) throw new PolicyError('suite-file', `no such file: ${path}`, { file })
    const [problem] = parsed.diagnostics.filter(({ code }) => !code.endsWith('duplicate-key'))
    if (problem !== undefined) throw new PolicyError(problem.code, problem.message, { file, range: problem.range })
    const objects = objectsOf(parsed)
    this.#objects.set(file, objects)
    return objects
  }
}

function policiesOf(template: CompiledTemplate, engine: EngineName): PolicySet {
  const policies = new PolicySet({ prefer: engine })
  policies.addTemplate(template)
  return policies
}

function resolve(suite: Suite, path: string): string {
  return posix.isAbsolute(path) ? path : posix.normalize(posix.join(posix.dirname(suite.file), path))
}

function located(error: PolicyError): string {
  const at = error.range === undefined ? '' : `:${error.range.start.line}:${error.range.start.column}`
  return error.file === '' ? error.message : `${error.file}${at}: ${error.message}`
}

/** In what two engines disagree: `want` is Rego's word, `got` CEL's. */
function disagreement(
  rego: readonly Violation[],
  cel: readonly Violation[],
): { readonly want: string; readonly got: string; readonly disagreement: 'verdict' | 'count' | 'message' } | undefined {
  const told = (engine: string, violations: readonly Violation[]): string =>
    `${engine}: ${violations.length} violation${violations.length === 1 ? '' : 's'}${
      violations.length === 0 ? '' : ` (${violations.map(({ message }) => JSON.stringify(message)).join(', ')})`
    }`
  const differ = (kind: 'verdict' | 'count' | 'message') => ({
    want: told('rego', rego),
    got: told('cel', cel),
    disagreement: kind,
  })
  if ((rego.length === 0) !== (cel.length === 0)) return differ('verdict')
  if (rego.length !== cel.length) return differ('count')
  const messages = (violations: readonly Violation[]): string =>
    JSON.stringify(violations.map(({ message }) => message).sort())
  return messages(rego) === messages(cel) ? undefined : differ('message')
}
