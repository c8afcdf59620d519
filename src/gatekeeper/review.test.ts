import { describe, expect, test } from 'vitest'
import { Expander, readExpansion } from './expansion.ts'
import { Inventory } from './inventory.ts'
import { compileTemplate, PolicySet } from './policy-set.ts'
import { reviewAll } from './review-all.ts'
import {
  celTemplate,
  constraint,
  messages,
  object,
  objects,
  policies,
  regoTemplate,
  templateOf,
} from './testkit.test-helper.ts'

const POD =
  '{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: a, image: x}]}}'
const said = (rego: string, manifest = POD, spec?: string, data?: string): string[] =>
  messages(policies(regoTemplate(rego), spec), manifest, data === undefined ? {} : { data })

describe('Rego', () => {
  test('sees the review, and parameters that default to an object', () => {
    const rego =
      'package p\nviolation[{"msg": msg}] { r := input.review; msg := sprintf("%v %v %v %v %v %v", [r.kind, r.name, r.namespace, r.operation, r.userInfo, input.parameters]) }'
    expect(said(rego)).toEqual(['{"group": "", "kind": "Pod", "version": "v1"} web shop  {} {}'])
    expect(said(rego, POD, '{parameters: {a: 1}}')[0]).toMatch(/\{"a": 1\}$/)
  })

  test('identical violations are one; other details make two', () => {
    const rego = `package p
violation[{"msg": "same", "details": {"n": 1}}] { input.review.object.spec.containers[_] }
violation[{"msg": "same", "details": {"n": 2}}] { input.review.object.spec.containers[_] }
violation[{"msg": "plain"}] { true }
violation[{"msg": "plain", "details": {}}] { true }`
    expect(said(rego).sort()).toEqual(['plain', 'same', 'same'])
  })

  test('an error of the evaluation is a violation with its text', () => {
    const rego = 'package p\nf(x) = 1 { x }\nf(x) = 2 { x }\nviolation[{"msg": "m"}] { f(true) }'
    expect(said(rego)).toEqual([expect.stringContaining('eval_conflict_error')])
  })

  test('what has no message is no violation', () => {
    expect(said('package p\nviolation[{"text": "m"}] { true }')).toEqual([])
  })

  test('quantities beyond 2^53 keep every digit', () => {
    const big = '{apiVersion: v1, kind: A, metadata: {name: a}, spec: {n: 12345678901234567890123}}'
    expect(
      said('package p\nviolation[{"msg": msg}] { msg := sprintf("%v", [input.review.object.spec.n + 1]) }', big),
    ).toEqual(['12345678901234567890124'])
  })

  test('the inventory', () => {
    const rego = `package p
violation[{"msg": msg}] { data.inventory.namespace[ns]["v1"]["Service"][name]; msg := sprintf("%v/%v", [ns, name]) }
violation[{"msg": msg}] { data.inventory.cluster["rbac.authorization.k8s.io/v1"].ClusterRole[name]; msg := name }`
    const data = `{apiVersion: v1, kind: Service, metadata: {name: s, namespace: n}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: admin}}`
    expect(said(rego, POD, undefined, data).sort()).toEqual(['admin', 'n/s'])
    expect(said(rego)).toEqual([])
  })

  test('the namespace of the object, if it is known', () => {
    const rego = 'package p\nviolation[{"msg": msg}] { msg := input.review.namespaceObject.metadata.labels.team }'
    const data = '{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: blue}}}'
    expect(said(rego, POD, undefined, data)).toEqual(['blue'])
    expect(said(rego)).toEqual([])
  })

  test('an AdmissionReview; DELETE shows the old object as the object', () => {
    const rego =
      'package p\nviolation[{"msg": msg}] { r := input.review; msg := sprintf("%v %v %v %v", [r.operation, r.object.metadata.name, r.userInfo.username, r.kind.kind]) }'
    const review = `{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, request: {operation: DELETE, userInfo: {username: eve},
      kind: {group: "", version: v1, kind: Pod}, oldObject: {apiVersion: v1, kind: Pod, metadata: {name: gone}}}}`
    expect(said(rego, review)).toEqual(['DELETE gone eve Pod'])
    expect(() => said(rego, '{apiVersion: admission.k8s.io/v1, kind: AdmissionReview}')).toThrow('request was nil')
    expect(() =>
      said(rego, '{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, request: {operation: DELETE}}'),
    ).toThrow('oldObject cannot be nil for DELETE')
  })

  test('external_data compiles, and says that it is off', () => {
    expect(said('package p\nviolation[{"msg": "m"}] { external_data({"provider": "x", "keys": []}) }')).toEqual([])
  })
})

describe('CEL', () => {
  const cel = (source: string, manifest = POD, spec?: string): string[] =>
    messages(policies(celTemplate(source), spec), manifest)

  test('variables, parameters, and the ways to a message', () => {
    const source = `variables:
  - name: images
    expression: variables.anyObject.spec.containers.map(c, c.image)
  - name: bad
    expression: variables.images.filter(i, !variables.params.allowed.exists(p, i.startsWith(p)))
validations:
  - expression: size(variables.bad) == 0
    messageExpression: '"images: " + variables.bad.join(", ")'
    message: not used
  - expression: variables.bad.size() == 0
    messageExpression: variables.bad[9]
    message: the written one
  - expression: variables.params.allowed == []`
    expect(cel(source, POD, '{parameters: {allowed: [y]}}')).toEqual([
      'images: x',
      'the written one',
      'failed expression: variables.params.allowed == []',
    ])
  })

  test('an error denies, unless the policy says Ignore', () => {
    const source = 'validations: [{expression: object.spec.missing == 1}]'
    expect(cel(source)).toEqual(["expression 'object.spec.missing == 1' resulted in error: no such key: missing"])
    expect(cel(`failurePolicy: Ignore\n${source}`)).toEqual([])
  })

  test('match conditions', () => {
    const when = (condition: string): string[] =>
      cel(
        `matchConditions: [{name: c, expression: '${condition}'}]\nvalidations: [{expression: "false", message: hit}]`,
      )
    expect(when('object.kind == "Pod"')).toEqual(['hit'])
    expect(when('object.kind == "Service"')).toEqual([])
    expect(when('object.nothing == 1')[0]).toContain("match condition 'c' resulted in error")
  })

  test('on DELETE there is an old object only, and anyObject is it', () => {
    const review = `{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, request: {operation: DELETE,
      oldObject: {apiVersion: v1, kind: Pod, metadata: {name: gone}}}}`
    const source = `validations: [{expression: 'object != null || request.operation != "DELETE" || variables.anyObject.metadata.name != "gone"', message: gone}]`
    expect(cel(source, review)).toEqual(['gone'])
  })

  test.each([
    ['"Nginx:1".lowerAscii().replace(":", "@") == "nginx@1"'],
    ['"a,b,c".split(",").join("-") == "a-b-c"'],
    ['"aaa".replace("a", "b", 2) == "bba"'],
    ['"x-12".matches("^[a-z]-[0-9]+$") && !"x".matches("[0-9]")'],
    ['"abc 123 45".find("[0-9]+") == "123"'],
    ['"a1b22".findAll("[0-9]+") == ["1", "22"]'],
    ['"%s has %d of %.1f: %s".format(["a", 3, 2.55, ["x", 1]]) == "a has 3 of 2.5: [\\"x\\", 1]"'],
    ['"%s has %d".format(["a", 3]) == "a has 3"'],
    ['[3, 1, 2].min() == 1 && [3, 1, 2].max() == 3 && [3, 1, 2].sum() == 6'],
    ['[1, 2, 2].isSorted() && !["b", "a"].isSorted() && ["a", "b"].indexOf("b") == 1'],
    ['sets.contains([1, 2, 3], [3, 1]) && !sets.intersects([1], [2]) && sets.equivalent([1, 1], [1])'],
    ['quantity("1Gi").isGreaterThan(quantity("1000M")) && quantity("500m").isLessThan(quantity("1"))'],
    [
      'quantity("1.5Gi").asInteger() == 1610612736 && !isQuantity("1Gb") && quantity("1k").compareTo(quantity("1000")) == 0',
    ],
    ['quantity("50m").add(quantity("50m")) == quantity("100m")'],
    [
      'url("https://a.example:8443/x?q=1").getHostname() == "a.example" && url("https://a.example:8443/").getPort() == "8443"',
    ],
    ['isURL("https://a.example") && !isURL("../x")'],
    ['cidr("10.0.0.0/8").containsIP(ip("10.1.2.3")) && !isIP("10.1")'],
    ['object.?spec.?nothing.orValue("none") == "none"'],
    ['type(1) == int && dyn(1) == 1.0 && string(5) == "5"'],
    ['has(object.spec.containers) && !has(object.spec.volumes)'],
    ['object.spec.containers.all(c, c.image != "") && object.spec.containers.exists_one(c, c.name == "a")'],
    ['namespaceObject == null && oldObject == null'],
    ['has(object.spec.containers[0].image) && !has(object.spec.containers.filter(c, true)[0].cpu)'],
    [
      'string(1.0) == "1" && string(100000000.0) == "1e+08" && string(object.spec.containers[0].name) == "a" && string(5) == "5"',
    ],
    [
      'string(timestamp("2024-01-01T00:00:00Z")) == "2024-01-01T00:00:00Z" && string(duration("90s")) == "90s" && string(b"x") == "x"',
    ],
    ['has({"a": 1}.a) && !has({"a": 1}.b)'],
    ['"ÉA".lowerAscii() == "Éa" && "éa".upperAscii() == "éA"'],
    ['sign(quantity("-1")) == -1 && "%.2f".format([1234567.5]) == "1,234,567.50"'],
    ['"%.1e".format([0.00012]) == "1.200000×10⁻⁰⁴"'],
    ['"%s".format([[1.5, duration("1s")]]) == "[1.500000, duration(\\"1s\\")]"'],
    ['!("a" in {"b": 1}) && "b" in {"b": 1} && 2 in [1, 2]'],
  ])('%s', (expression) => {
    expect(cel(`validations: [{expression: ${JSON.stringify(expression)}}]`)).toEqual([])
  })

  test('a hostile regular expression takes linear time', () => {
    const manifest = `{apiVersion: v1, kind: Pod, metadata: {name: ${'a'.repeat(5000)}!}}`
    const start = performance.now()
    expect(cel('validations: [{expression: \'!object.metadata.name.matches("^(a+)+$")\'}]', manifest)).toEqual([])
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

test('CEL wins where a template has both engines, unless Rego is asked for', () => {
  const code = `- engine: Rego
  source: {rego: 'package p violation[x] { false }'}
- engine: K8sNativeValidation
  source: {validations: [{expression: "false", message: cel}]}
`.replace("'package p violation[x] { false }'", '"package p\\nviolation[x] { x = {\\"msg\\": \\"rego\\"} }"')
  const template = templateOf(code, '{type: object}')
  expect(messages(policies(template), POD)).toEqual(['cel'])
  expect(messages(policies(template, undefined, 'rego'), POD)).toEqual(['rego'])
})

describe('expansion', () => {
  const EXPANSIONS = `apiVersion: expansion.gatekeeper.sh/v1beta1
kind: ExpansionTemplate
metadata: {name: cronjobs}
spec:
  applyTo: [{groups: [batch], kinds: [CronJob], versions: [v1]}]
  templateSource: spec.jobTemplate
  generatedGVK: {group: batch, version: v1, kind: Job}
---
apiVersion: expansion.gatekeeper.sh/v1beta1
kind: ExpansionTemplate
metadata: {name: workloads}
spec:
  applyTo: [{groups: [batch], kinds: [Job], versions: [v1]}, {groups: [apps], kinds: [Deployment], versions: [v1]}]
  templateSource: spec.template
  generatedGVK: {version: v1, kind: Pod}
  enforcementAction: warn
`
  const CRON = `apiVersion: batch/v1
kind: CronJob
metadata: {name: night, namespace: ops}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: main
              image: bad
`
  const rego =
    'package p\nviolation[{"msg": msg}] { c := input.review.object.spec.containers[_]; c.image == "bad"; m := input.review.object.metadata; msg := sprintf("%v %v %v", [m.name, m.namespace, m.ownerReferences[0].kind]) }'

  test('recursive, named after the parent, marked in the message', () => {
    const set = policies(regoTemplate(rego), '{match: {kinds: [{apiGroups: [""], kinds: [Pod]}]}}')
    const expander = new Expander(objects(EXPANSIONS).map(readExpansion))
    const [found, ...more] = reviewAll(set, object(CRON), { inventory: new Inventory(), expander, traced: true })
    expect(more).toEqual([])
    expect(found?.message).toBe('[Implied by workloads] night-job-pod ops Job')
    expect(found?.action).toBe('warn')
    expect(found?.generated?.source).toEqual(['spec', 'jobTemplate', 'spec', 'template'])
    expect(found?.parts[0]?.path).toEqual(['object', 'spec', 'containers', 0, 'image'])
  })

  test('source: Original leaves generated resources out', () => {
    const set = policies(regoTemplate(rego), '{match: {source: Original}}')
    const expander = new Expander(objects(EXPANSIONS).map(readExpansion))
    expect(reviewAll(set, object(CRON), { inventory: new Inventory(), expander })).toEqual([])
  })

  test('cycles are refused', () => {
    const cycle = EXPANSIONS.replace('{version: v1, kind: Pod}', '{group: batch, version: v1, kind: CronJob}')
    expect(() => new Expander(objects(cycle).map(readExpansion))).toThrow('form a cycle')
  })
})

test('the index leaves out no constraint that matches, and most that do not', () => {
  const set = new PolicySet()
  set.addTemplate(compileTemplate(object(regoTemplate('package p\nviolation[{"msg": "m"}] { true }'))))
  const matches = [
    ...Array.from({ length: 100 }, (_, index) => `{kinds: [{apiGroups: [""], kinds: [Pod]}], namespaces: [n${index}]}`),
    '{}',
    '{namespaces: ["n*"]}',
    '{kinds: [{apiGroups: ["*"], kinds: [Pod]}]}',
    '{kinds: [{apiGroups: [""], kinds: ["*"]}], namespaces: [n1, n2]}',
    '{kinds: [{apiGroups: [apps], kinds: ["*"]}]}',
  ]
  for (const [index, match] of matches.entries())
    set.addConstraint(object(constraint(`{match: ${match}}`, `c${index}`)))
  const names = (manifest: string): number => messages(set, manifest).length
  expect(names('{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n1}}')).toBe(5)
  expect(names('{apiVersion: v1, kind: Pod, metadata: {name: a}}')).toBe(104)
  expect(names('{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: n1}}')).toBe(3)
  expect(names('{apiVersion: v1, kind: Namespace, metadata: {name: n1}}')).toBe(3)
})
