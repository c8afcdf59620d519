/** Suites of the field: `apiVersion: test.gatekeeper.sh/v1alpha1, kind: Suite`. */
import { fieldsAt, isFields, listAt, member, memberAt, textAt, textsAt } from '../json.ts'
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

/** @throws PolicyError with the place in the suite */
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
  const fail = (key: string, message: string): PolicyError => problemAt(suite, [...path, key], 'suite-invalid', message)
  const result: SuiteTest = {
    name: textAt(test, 'name'),
    template: textAt(test, 'template'),
    constraint: textAt(test, 'constraint'),
    expansion: textAt(test, 'expansion'),
    invalid: member(test, 'invalid') === true,
    cases: listAt(test, 'cases').map((one, index) => readCase(suite, one, [...path, 'cases', index])),
    skip: member(test, 'skip') === true,
  }
  if (result.skip) return result
  if (result.template === '') throw fail('template', 'missing template')
  if (result.constraint === '') throw fail('constraint', 'missing constraint')
  if (result.invalid && result.cases.length > 0) throw fail('cases', 'a test with invalid: true cannot have cases')
  return result
}

function readCase(suite: KubernetesObject, one: unknown, path: Path): SuiteCase {
  const fail = (key: string, message: string): PolicyError => problemAt(suite, [...path, key], 'suite-invalid', message)
  const skip = member(one, 'skip') === true
  const object = textAt(one, 'object')
  if (object === '' && !skip) throw fail('object', 'must define object')
  const assertions = listAt(one, 'assertions')
  if (assertions.length === 0 && !skip) throw fail('assertions', 'assertions must be non-empty')
  return {
    name: textAt(one, 'name'),
    object,
    inventory: textsAt(one, 'inventory'),
    assertions: assertions.map((assertion, index) => readAssertion(suite, assertion, [...path, 'assertions', index])),
    skip,
  }
}

function readAssertion(suite: KubernetesObject, assertion: unknown, path: Path): Assertion {
  const given = isFields(assertion) ? memberAt(assertion, 'violations') : undefined
  const message = memberAt(fieldsAt({ assertion }, 'assertion'), 'message')
  const violations = readCount(given)
  if (violations === undefined) {
    throw problemAt(
      suite,
      [...path, 'violations'],
      'suite-invalid',
      'assertion.violations must be a non-negative integer, "yes" or "no"',
    )
  }
  return { violations, message: typeof message === 'string' ? message : undefined }
}

/** Readers of YAML 1.1 take `yes` for true, so both mean the same. */
function readCount(given: unknown): Assertion['violations'] | undefined {
  if (given === undefined || given === null || given === 'yes' || given === true) return 'yes'
  if (given === 'no' || given === false) return 'no'
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
