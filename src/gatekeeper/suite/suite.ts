/** Suites of the field: `apiVersion: test.gatekeeper.sh/v1alpha1, kind: Suite`. */
import { listAt, member, textAt, textsAt } from '../json.ts'
import type { KubernetesObject } from '../objects.ts'
import { type PolicyError, problemAt } from '../problem.ts'

const SUITE_GROUP = 'test.gatekeeper.sh'

export interface Assertion {
  /** `yes`: at least one. */
  readonly violations: 'yes' | 'no' | number
  /** RE2, found anywhere in a message. */
  readonly message: string | undefined
}

export interface SuiteCase {
  readonly name: string
  /** Relative to the suite's file, as all paths here. */
  readonly object: string
  readonly inventory: readonly string[]
  readonly assertions: readonly Assertion[]
  readonly skip: boolean
  /** Why it cannot be run. */
  readonly fault: PolicyError | undefined
}

export interface SuiteTest {
  readonly name: string
  readonly template: string
  readonly constraint: string
  readonly expansion: string
  /** The constraint must fail the template's schema. */
  readonly invalid: boolean
  readonly cases: readonly SuiteCase[]
  readonly skip: boolean
  readonly fault: PolicyError | undefined
}

export interface Suite {
  readonly file: string
  readonly name: string
  readonly skip: boolean
  readonly tests: readonly SuiteTest[]
}

export function isSuite(object: KubernetesObject): boolean {
  return object.kind === 'Suite' && object.group === SUITE_GROUP
}

/** What is wrong in a test or case is kept with it. */
export function readSuite(object: KubernetesObject): Suite {
  const tests = listAt(object.value, 'tests')
  return {
    file: object.file,
    name: object.name,
    skip: member(object.value, 'skip') === true,
    tests: tests.map((test, index) => readTest(object, test, ['tests', index])),
  }
}

type Path = readonly (string | number)[]

function readTest(suite: KubernetesObject, test: unknown, path: Path): SuiteTest {
  const template = textAt(test, 'template')
  const constraint = textAt(test, 'constraint')
  const missing = template === '' ? 'template' : constraint === '' ? 'constraint' : undefined
  return {
    name: textAt(test, 'name'),
    template,
    constraint,
    expansion: textAt(test, 'expansion'),
    invalid: member(test, 'invalid') === true,
    cases: listAt(test, 'cases').map((one, index) => readCase(suite, one, [...path, 'cases', index])),
    skip: member(test, 'skip') === true,
    fault: missing && problemAt(suite, [...path, missing], 'suite-invalid', `missing ${missing}`),
  }
}

function readCase(suite: KubernetesObject, one: unknown, path: Path): SuiteCase {
  const fail = (message: string, ...at: Path): PolicyError =>
    problemAt(suite, [...path, ...at], 'suite-invalid', message)
  const object = textAt(one, 'object')
  const given = listAt(one, 'assertions')
  const assertions = given.map(readAssertion)
  const wrong = assertions.indexOf(undefined)
  let fault: PolicyError | undefined
  if (object === '') fault = fail('must define object', 'object')
  else if (given.length === 0) fault = fail('assertions must be non-empty', 'assertions')
  else if (wrong >= 0) {
    const message = 'assertion.violations must be a non-negative integer, "yes" or "no"'
    fault = fail(message, 'assertions', wrong, 'violations')
  }
  return {
    name: textAt(one, 'name'),
    object,
    inventory: textsAt(one, 'inventory'),
    assertions: assertions.filter((assertion) => assertion !== undefined),
    skip: member(one, 'skip') === true,
    fault,
  }
}

function readAssertion(assertion: unknown): Assertion | undefined {
  const violations = readCount(member(assertion, 'violations'))
  const message = member(assertion, 'message')
  if (violations === undefined) return undefined
  return { violations, message: typeof message === 'string' ? message : undefined }
}

/** Readers of YAML 1.1 take `yes` for true, so both mean the same. */
function readCount(given: unknown): Assertion['violations'] | undefined {
  if (given === undefined || given === null || given === 'yes' || given === true) return 'yes'
  if (given === 'no' || given === false) return 'no'
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
