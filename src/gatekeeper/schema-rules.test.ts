import { expect, test } from 'vitest'
import { compileTemplate, PolicySet } from './policy-set.ts'
import { PolicyError } from './problem.ts'
import { compileSchemaRules, SchemaRuleError } from './schema-rules.ts'
import { object } from './testkit.test-helper.ts'

type Properties = Readonly<Record<string, unknown>>

function schema(properties: Properties, ...rules: Properties[]): Properties {
  return { type: 'object', properties, ...(rules.length > 0 && { 'x-kubernetes-validations': rules }) }
}

/** `path: message` of each problem. What they should be was asked of k8s.io/apiextensions-apiserver 0.36.2. */
function problems(of: unknown, value: unknown): string[] {
  const check = compileSchemaRules(of)
  return (check?.(value) ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const INT = { type: 'integer' }
const TEXT = { type: 'string' }
const LIMITS = { min: INT, max: INT }

test.each<[string, Properties, unknown, string[]]>([
  [
    'a message',
    schema(LIMITS, { rule: 'self.min <= self.max', message: ' too low ' }),
    { min: 5, max: 1 },
    [': Invalid value: too low'],
  ],
  [
    'no message',
    schema(LIMITS, { rule: 'self.min <= self.max' }),
    { min: 5, max: 1 },
    [': Invalid value: failed rule: self.min <= self.max'],
  ],
  ['a rule that holds', schema(LIMITS, { rule: 'self.min <= self.max' }), { min: 1, max: 1 }, []],
  [
    'a rule that fails to run',
    schema(LIMITS, { rule: 'self.min <= self.max', message: 'm' }),
    { min: 5 },
    [': Invalid value: "object": no such key: max evaluating rule: m'],
  ],
  [
    'a list that is too short',
    schema({ a: { type: 'array', items: INT } }, { rule: 'self.a[3] == 1' }),
    { a: [1] },
    [': Invalid value: "object": index out of bounds: 3 evaluating rule: self.a[3] == 1'],
  ],
  [
    'messageExpression',
    schema(LIMITS, { rule: 'self.min < 3', messageExpression: "'min is %d'.format([self.min])" }),
    { min: 5 },
    [': Invalid value: min is 5'],
  ],
  [
    'messageExpression of two lines',
    schema(LIMITS, { rule: 'self.min < 3', message: 'm', messageExpression: "'a\\nb'" }),
    { min: 5 },
    [': Invalid value: m'],
  ],
  [
    'messageExpression that is empty',
    schema(LIMITS, { rule: 'self.min < 3', message: 'm', messageExpression: "'  '" }),
    { min: 5 },
    [': Invalid value: m'],
  ],
  [
    'messageExpression that fails',
    schema(LIMITS, { rule: 'self.min < 3', message: 'm', messageExpression: 'string(1 / 0 * self.min)' }),
    { min: 5 },
    [': Invalid value: m'],
  ],
  [
    'reason and fieldPath',
    schema(LIMITS, { rule: 'self.min < 3', message: 'm', reason: 'FieldValueForbidden', fieldPath: '.min' }),
    { min: 5 },
    ['min: Forbidden: m'],
  ],
  [
    'another reason',
    schema(LIMITS, { rule: 'self.min < 3', message: 'm', reason: 'FieldValueRequired' }),
    { min: 5 },
    [': Required value: m'],
  ],
  [
    'a fieldPath with a quoted key',
    schema({ o: schema({ 'a.b': INT }) }, { rule: 'false', message: 'm', fieldPath: ".o['a.b']" }),
    {},
    ['o.a.b: Invalid value: m'],
  ],
  [
    'a scalar',
    schema({ n: { ...INT, 'x-kubernetes-validations': [{ rule: 'self < 3', message: 'm' }] } }),
    { n: 5 },
    ['n: Invalid value: 5: m'],
  ],
  [
    'items',
    schema({
      l: {
        type: 'array',
        items: { ...TEXT, 'x-kubernetes-validations': [{ rule: "self.endsWith('/')", message: 'm' }] },
      },
    }),
    { l: ['a/', 'b', 'c/'] },
    ['l.1: Invalid value: "b": m'],
  ],
  [
    'additionalProperties',
    schema({
      m: {
        type: 'object',
        additionalProperties: { ...INT, 'x-kubernetes-validations': [{ rule: 'self > 0', message: 'm' }] },
      },
    }),
    { m: { a: 1, b: -1 } },
    ['m.b: Invalid value: -1: m'],
  ],
  [
    'two rules',
    schema(
      { l: { type: 'array', items: TEXT } },
      { rule: "self.l.exists_one(x, x == 'a')", message: 'm' },
      { rule: 'self.l.size() == 1', message: 'n' },
    ),
    { l: ['a', 'a'] },
    [': Invalid value: m', ': Invalid value: n'],
  ],
  [
    'whole numbers are doubles where the schema says number',
    schema({ n: { type: 'number' } }, { rule: "string(self.n / 4.0) == '0.5'" }),
    { n: 2 },
    [],
  ],
  [
    'integers or strings',
    schema(
      { a: { 'x-kubernetes-int-or-string': true } },
      { rule: "type(self.a) == int ? self.a > 5 : self.a.endsWith('%')", message: 'm' },
    ),
    { a: 1 },
    [': Invalid value: m'],
  ],
  [
    'null is not there',
    schema({ a: { ...TEXT, nullable: true } }, { rule: 'has(self.a)', message: 'm' }),
    { a: null },
    [': Invalid value: m'],
  ],
  [
    'null is not judged',
    schema({ a: { ...TEXT, nullable: true, 'x-kubernetes-validations': [{ rule: 'false' }] } }),
    { a: null },
    [],
  ],
  [
    'names that cannot be written',
    schema(
      { 'a-b': INT, 'c.d': INT, 'e/f': INT, g__h: INT, namespace: INT },
      {
        rule: 'self.a__dash__b + self.c__dot__d + self.e__slash__f + self.g__underscores__h + self.__namespace__ < 5',
        message: 'm',
      },
    ),
    { 'a-b': 1, 'c.d': 1, 'e/f': 1, g__h: 1, namespace: 1 },
    [': Invalid value: m'],
  ],
  [
    'times, durations and bytes',
    schema(
      { t: { ...TEXT, format: 'date-time' }, d: { ...TEXT, format: 'duration' }, b: { ...TEXT, format: 'byte' } },
      { rule: "self.t > timestamp('2020-01-01T00:00:00Z') && self.d > duration('1h') && self.b == b'hi'" },
    ),
    { t: '2021-01-01T00:00:00Z', d: '90m', b: 'aGk=' },
    [],
  ],
  [
    'a resource inside',
    schema({
      o: {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
        'x-kubernetes-validations': [{ rule: "self.kind == 'Pod' && self.metadata.name == 'y'", message: 'm' }],
      },
    }),
    { o: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } } },
    ['o: Invalid value: m'],
  ],
  [
    'a change, when something is created',
    schema(LIMITS, { rule: 'self.min >= oldSelf.min', message: 'm' }),
    { min: 1 },
    [],
  ],
  [
    'a change that may be a creation',
    schema(LIMITS, {
      rule: 'oldSelf.optMap(o, o.min < self.min).orValue(self.min == 0)',
      optionalOldSelf: true,
      message: 'm',
    }),
    { min: 1 },
    [': Invalid value: m'],
  ],
])('%s', (_, of, value, expected) => {
  expect(problems(of, value)).toEqual(expected)
})

test.each<[string, Properties, RegExp]>([
  ['a field', schema(LIMITS, { rule: 'self.mim == 1' }), /rule .*undefined field 'mim'$/],
  ['a field below', schema({ a: schema({ b: TEXT }) }, { rule: 'has(self.a.c)' }), /undefined field 'c'$/],
  [
    'a field of items',
    schema({ l: { type: 'array', items: schema({ n: TEXT }) } }, { rule: "self.l.all(x, x.m == 'x')" }),
    /undefined field 'm'$/,
  ],
  [
    'a field of items with their index',
    schema({ l: { type: 'array', items: schema({ n: TEXT }) } }, { rule: "self.l.all(i, x, x.m == 'x')" }),
    /undefined field 'm'$/,
  ],
  [
    'a field of values',
    schema(
      { m: { type: 'object', additionalProperties: schema({ n: TEXT }) } },
      { rule: "self.m.all(k, self.m[k].y == 'a')" },
    ),
    /undefined field 'y'$/,
  ],
  [
    'a field that the schema only preserves',
    schema({ a: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }, { rule: 'self.a.b == 1' }),
    /undefined field 'b'$/,
  ],
  ['a type', schema(LIMITS, { rule: "self.min == 'x'" }), /no such overload: int == string$/],
  ['no condition', schema(LIMITS, { rule: 'self.min' }), /must evaluate to a bool$/],
  ['no rule', schema(LIMITS, { rule: ' ' }), /rule is not specified$/],
  ['a name', schema(LIMITS, { rule: 'object.min == 1' }), /undeclared reference to 'object'$/],
  [
    'the type of a message',
    schema(LIMITS, { rule: 'false', messageExpression: 'self.min' }),
    /messageExpression must evaluate to a string$/,
  ],
  ['a line break in a message', schema(LIMITS, { rule: 'false', message: 'a\nb' }), /must not contain line breaks$/],
  [
    'a rule of two lines without message',
    schema(LIMITS, { rule: 'true\n&& false' }),
    /message must be specified if rule contains line breaks$/,
  ],
  ['a reason', schema(LIMITS, { rule: 'false', reason: 'Because' }), /Unsupported value: "Because"/],
  ['a fieldPath', schema(LIMITS, { rule: 'false', fieldPath: '.mim' }), /must be a valid path$/],
  [
    'optionalOldSelf without oldSelf',
    schema(LIMITS, { rule: 'self.min == 1', optionalOldSelf: true }),
    /may not be set if oldSelf is not used in rule$/,
  ],
  [
    'oldSelf of an item that has no key',
    schema({ l: { type: 'array', items: schema(LIMITS, { rule: 'self == oldSelf' }) } }),
    /oldSelf cannot be used on the uncorrelatable portion of the schema within openAPIV3Schema\.properties\.l$/,
  ],
])('%s that an API server refuses', (_, of, message) => {
  let fault: unknown
  try {
    compileSchemaRules(of)
  } catch (error) {
    fault = error
  }
  expect(fault).toBeInstanceOf(SchemaRuleError)
  expect(fault instanceof SchemaRuleError && `${fault.path.at(-1)} ${fault.message}`).toMatch(message)
})

const TEMPLATE = (rule: string): string => `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: testpolicy}
spec:
  crd:
    spec:
      names: {kind: TestPolicy}
      validation:
        openAPIV3Schema:
          type: object
          properties: {repos: {type: array, items: {type: string}}, least: {type: integer, default: 5}}
          x-kubernetes-validations:
            - rule: ${rule}
              messageExpression: "'least is ' + string(self.least)"
              fieldPath: .least
  targets:
    - target: admission.k8s.gatekeeper.sh
      code: [{engine: K8sNativeValidation, source: {validations: [{expression: "true"}]}}]
`

function refusal(run: () => void): string {
  try {
    run()
  } catch (error) {
    if (error instanceof PolicyError)
      return `${error.file}:${error.range?.start.line}:${error.range?.start.column} ${error.code} ${error.message}`
    throw error
  }
  return 'taken'
}

test('a constraint is refused at the parameter, with the defaults filled in', () => {
  const set = new PolicySet()
  set.addTemplate(compileTemplate(object(TEMPLATE('self.least < self.repos.size()'), 't.yaml')))
  const add = (parameters: string): string =>
    refusal(
      () =>
        void set.addConstraint(
          object(
            `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: TestPolicy\nmetadata: {name: a}\nspec:\n  parameters:\n${parameters}`,
            'c.yaml',
          ),
        ),
    )
  expect(add('    repos: [a]\n    least: 1')).toBe(
    'c.yaml:7:12 constraint-schema spec.parameters.least: Invalid value: least is 1',
  )
  expect(add('    repos: [a]')).toBe('c.yaml:6:5 constraint-schema spec.parameters.least: Invalid value: least is 5')
  expect(add('    repos: [a, b]\n    least: 1')).toBe('taken')
})

test('a template is refused at the rule', () => {
  expect(
    refusal(() => void compileTemplate(object(TEMPLATE('self.repos.size() > 1 && self.lest > 1'), 't.yaml'))),
  ).toBe(
    "t.yaml:13:51 cel-invalid invalid ConstraintTemplate: spec.validation.openAPIV3Schema.x-kubernetes-validations[0].rule: Invalid value: compilation failed: undefined field 'lest'",
  )
})
