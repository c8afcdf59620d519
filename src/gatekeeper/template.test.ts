import { describe, expect, test } from 'vitest'
import { compileTemplate } from './policy-set.ts'
import { PolicyError } from './problem.ts'
import { celTemplate, object, policies, regoTemplate, templateOf } from './testkit.test-helper.ts'

const OK = 'package p\nviolation[{"msg": "m"}] { true }'

function fault(template: string): string {
  try {
    compileTemplate(object(template, 't.yaml'))
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return `${error.range?.start.line}:${error.range?.start.column} ${error.code} ${error.message}`
  }
  return 'none'
}

describe('templates', () => {
  test.each([
    [
      'another name than the kind',
      regoTemplate(OK).replace('name: testpolicy', 'name: other'),
      /3:18 template-name .*lowercase/,
    ],
    ['no such version', regoTemplate(OK).replace('sh/v1', 'sh/v3'), /1:13 template-version/],
    ['no kind', regoTemplate(OK).replace('kind: TestPolicy', 'kind: ""'), /template-kind/],
    ['another target', regoTemplate(OK).replace('admission.k8s.gatekeeper.sh', 'other'), /7:15 template-target/],
    ['an unknown engine', regoTemplate(OK).replace('engine: Rego', 'engine: Lua'), /template-engine/],
    ['no code', templateOf('[]', '{type: object}'), /template-without-code/],
    [
      'untyped schemas in v1',
      regoTemplate(OK, { schema: '{properties: {a: {type: string}}}' }),
      /template-schema .*openAPIV3Schema\.type: Required value/,
    ],
    [
      'no violation',
      regoTemplate('package p\ndeny[x] { x := 1 }'),
      /rego-no-violation .*missing required rule: violation/,
    ],
    ['no package', regoTemplate('violation[x] { x := 1 }'), /rego-invalid/],
    [
      'a syntax error, at its line',
      regoTemplate('package p\nviolation[{"msg": msg}] {\n  msg := \n}'),
      /^1[3-5]:\d+ rego-invalid .*rego_parse_error/,
    ],
    [
      'other data',
      regoTemplate('package p\nviolation[{"msg": "m"}] {\n  data.users[_]\n}'),
      /14:17 rego-reference .*disallowed ref data\.users/,
    ],
    ['all of data', regoTemplate('package p\nviolation[{"msg": "m"}] { x := data[_]; x }'), /rego-reference/],
    [
      'other imports',
      regoTemplate('package p\nimport data.users\nviolation[{"msg": "m"}] { users }'),
      /rego-reference .*bad import/,
    ],
    [
      'rego.v1',
      regoTemplate('package p\nimport rego.v1\nviolation contains {"msg": "m"} if true'),
      /rego-reference .*version: v1/,
    ],
    [
      'import of input',
      regoTemplate('package p\nimport input.review\nviolation[{"msg": "m"}] { review }'),
      /rego-reference .*bad import/,
    ],
    [
      'http.send',
      regoTemplate('package p\nviolation[{"msg": "m"}] { http.send({"url": "x", "method": "get"}) }'),
      /rego-invalid .*http\.send/,
    ],
    ['a library outside of lib', regoTemplate(OK, { libs: ['package other\nx = 1'] }), /rego-lib-package/],
    ['v1 syntax without saying so', regoTemplate('package p\nviolation contains {"msg": "m"} if true'), /rego-invalid/],
    ['v0 syntax in v1', regoTemplate(OK, { version: 'v1' }), /rego-invalid/],
    ['another version of Rego', regoTemplate(OK, { version: 'v2' }), /template-rego-version/],
    ['CEL that does not parse', celTemplate('validations:\n  - expression: "1 +"'), /12:33 cel-invalid/],
    [
      'an undeclared variable of CEL',
      celTemplate('validations:\n  - expression: variables.x == 1'),
      /12:\d+ cel-invalid .*undefined field 'x'/,
    ],
    ['an unknown name in CEL', celTemplate('validations:\n  - expression: nobody.x == 1'), /cel-invalid/],
    [
      'a validation that is no condition',
      celTemplate('validations:\n  - expression: 1 + 1'),
      /must evaluate to bool, and it is int/,
    ],
    ['no validation', celTemplate('variables: []'), /cel-invalid .*no validations/],
    [
      'a reserved name',
      celTemplate('variables: [{name: params, expression: "1"}]\nvalidations: [{expression: "true"}]'),
      /reserved/,
    ],
  ])('%s', (_, template, expected) => {
    expect(fault(template)).toMatch(expected)
  })

  test('both versions of Rego, libraries and the inventory are taken', () => {
    expect(fault(regoTemplate(OK))).toBe('none')
    expect(fault(regoTemplate('package p\nviolation contains {"msg": "m"} if true', { version: 'v1' }))).toBe('none')
    const lib = 'package lib.names\nbad(name) { name == "x" }'
    const rego =
      'package p\nimport data.lib.names\nviolation[{"msg": "m"}] { names.bad("x"); data.lib.names.bad("x"); data.inventory.cluster }'
    expect(fault(regoTemplate(rego, { libs: [lib] }))).toBe('none')
  })

  test('v1beta1 and v1alpha1 take untyped schemas, and code in `rego`', () => {
    for (const version of ['v1beta1', 'v1alpha1']) {
      const template = `apiVersion: templates.gatekeeper.sh/${version}
kind: ConstraintTemplate
metadata: {name: testpolicy}
spec:
  crd: {spec: {names: {kind: TestPolicy}, validation: {openAPIV3Schema: {properties: {a: {description: x}}}}}}
  targets: [{target: admission.k8s.gatekeeper.sh, rego: "package p\\nviolation[x] { x = {\\"msg\\": \\"m\\"} }"}]`
      expect(fault(template)).toBe('none')
    }
  })
})

describe('constraints', () => {
  const schema = `{type: object, required: [labels], properties: {
    labels: {type: array, minItems: 1, items: {type: string, pattern: "^[a-z]+$"}},
    max: {type: integer, minimum: 1, default: 3},
    size: {x-kubernetes-int-or-string: true},
    mode: {type: string, enum: [a, b]},
    limits: {type: object, additionalProperties: {type: number}}}}`
  const take = (parameters: string) => policies(regoTemplate(OK, { schema }), `{parameters: ${parameters}}`)

  test.each([
    ['{labels: [a]}'],
    ['{labels: [a], max: 1, size: 1Gi, mode: a, limits: {cpu: 0.5}}'],
    ['{labels: [a], size: 5}'],
  ])('%s is taken', (parameters) => {
    expect(take(parameters).constraints).toHaveLength(1)
  })

  test.each([
    ['{}', 'spec.parameters.labels: Invalid value: Required value'],
    ['{labels: [a], lables: [b]}', 'unknown fields: [spec.parameters.lables]'],
    ['{labels: []}', 'at least 1 items'],
    ['{labels: [A1]}', "spec.parameters.labels.0: Invalid value: should match '^[a-z]+$'"],
    ['{labels: a}', 'must be of type array: "string"'],
    ['{labels: [a], max: 0}', 'greater than or equal to 1'],
    ['{labels: [a], max: "1"}', 'must be of type integer: "string"'],
    ['{labels: [a], max: 1.5}', 'must be of type integer: "number"'],
    ['{labels: [a], size: [1]}', 'must be an integer or a string'],
    ['{labels: [a], mode: c}', 'supported values: "a", "b"'],
    ['{labels: [a], limits: {cpu: x}}', 'spec.parameters.limits.cpu'],
  ])('%s is refused', (parameters, message) => {
    expect(() => take(parameters)).toThrow(message)
  })

  test('fields that nobody knows are refused, but in parameters of legacy schemas', () => {
    expect(() => policies(regoTemplate(OK, { schema }), '{parameters: {labels: [a]}, match: {kind: Pod}}')).toThrow(
      '[spec.match.kind]',
    )
    const legacy = regoTemplate(OK, { schema }).replace('sh/v1', 'sh/v1beta1')
    expect(policies(legacy, '{parameters: {labels: [a], lables: [b]}}').constraints).toHaveLength(1)
    expect(() => policies(legacy, '{parameters: {labels: [a]}, params: {}}')).toThrow('[spec.params]')
  })

  test('defaults are filled in', () => {
    expect(take('{labels: [a]}').constraints[0]?.value).toMatchObject({ spec: { parameters: { max: 3 } } })
  })

  test('enforcement actions', () => {
    const actions = (spec: string) => policies(regoTemplate(OK), spec).constraints[0]?.actions
    expect(actions('{}')?.('gator.gatekeeper.sh')).toEqual(['deny'])
    expect(actions('{enforcementAction: dryrun}')?.('audit.gatekeeper.sh')).toEqual(['dryrun'])
    const scoped = actions(`{enforcementAction: scoped, scopedEnforcementActions: [
      {action: warn, enforcementPoints: [{name: "*"}]},
      {action: deny, enforcementPoints: [{name: validation.gatekeeper.sh}]}]}`)
    expect(scoped?.('validation.gatekeeper.sh')).toEqual(['deny', 'warn'])
    expect(scoped?.('audit.gatekeeper.sh')).toEqual(['warn'])
    expect(() => actions('{enforcementAction: maybe}')).toThrow('"maybe" is not one of')
    expect(() => actions('{enforcementAction: scoped}')).toThrow('no scopedEnforcementActions')
  })
})
