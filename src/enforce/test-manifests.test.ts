import { describe, expect, test } from 'vitest'
import { celTemplate, constraint, objects, regoTemplate } from '../gatekeeper/testkit.test-helper.ts'
import type { PlacedException } from './exceptions.ts'
import { testManifests, type TestManifestsInput, type TestManifestsResult } from './test-manifests.ts'

const REGO = `package p
violation[{"msg": msg}] {
  container := input.review.object.spec.template.spec.containers[_]
  not container.securityContext.runAsNonRoot
  msg := sprintf("%v may be root", [container.name])
}
violation[{"msg": msg}] {
  container := input.review.object.spec.template.spec.containers[_]
  endswith(container.image, ":latest")
  msg := sprintf("%v is not pinned", [container.image])
}`

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: good
          image: app:1
          securityContext:
            runAsNonRoot: true
        - name: bad
          image: app:latest
          securityContext:
            runAsUser: 0
`

function run(
  template: string,
  manifest: string,
  more: Partial<TestManifestsInput> & { readonly spec?: string } = {},
): TestManifestsResult {
  const { spec, ...rest } = more
  return testManifests({
    policies: [...objects(template, 'template.yaml'), ...objects(constraint(spec), 'constraint.yaml')],
    manifests: objects(manifest, 'web.yaml'),
    exceptions: [],
    files: 1,
    now: new Date('2026-11-22'),
    tool: { name: 't', version: '0' },
    ...rest,
  })
}

const places = ({ audit }: TestManifestsResult): string[] =>
  audit.findings.map(({ location, message, status }) => {
    const { line, column } = location.range.start
    return `${location.file}:${line}:${column} ${message}${status === 'open' ? '' : ` (${status})`}`
  })

test('violations stand where the value is, or its nearest parent', () => {
  expect(places(run(regoTemplate(REGO), DEPLOYMENT))).toEqual([
    'web.yaml:15:18 app:latest is not pinned',
    'web.yaml:17:13 bad may be root',
  ])
})

test('CEL points at what it read last, or at what it picked out', () => {
  const all = celTemplate(
    'validations: [{expression: "object.spec.template.spec.containers.all(c, !c.image.endsWith(\':latest\'))", message: tag}]',
  )
  expect(places(run(all, DEPLOYMENT))).toEqual(['web.yaml:15:18 tag'])
  const missing = celTemplate(
    'validations: [{expression: "object.spec.template.spec.containers.all(c, has(c.securityContext.runAsNonRoot))", message: root}]',
  )
  expect(places(run(missing, DEPLOYMENT))).toEqual(['web.yaml:17:13 root'])
})

test('the order is stable, and fingerprints differ', () => {
  const twice = `${DEPLOYMENT}---\n${DEPLOYMENT.replace('name: web', 'name: api')}`
  const first = run(regoTemplate(REGO), twice)
  expect(first).toEqual(run(regoTemplate(REGO), twice))
  expect(new Set(first.audit.findings.map(({ fingerprint }) => fingerprint)).size).toBe(4)
  expect(places(first).map((place) => place.split(':')[1])).toEqual(['15', '17', '33', '35'])
})

test('what is done decides the severity; policies are not reviewed', () => {
  const { audit } = run(regoTemplate(REGO), DEPLOYMENT, { spec: '{enforcementAction: dryrun}' })
  expect(
    audit.findings.map(({ action, severity, policy, constraint: name }) => [action, severity, policy, name]),
  ).toEqual([
    ['dryrun', 'LOW', 'TestPolicy', 'test'],
    ['dryrun', 'LOW', 'TestPolicy', 'test'],
  ])
  const scoped =
    '{enforcementAction: scoped, scopedEnforcementActions: [{action: warn, enforcementPoints: [{name: audit.gatekeeper.sh}]}]}'
  expect(run(regoTemplate(REGO), DEPLOYMENT, { spec: scoped }).audit.findings).toEqual([])
  const audited = run(regoTemplate(REGO), DEPLOYMENT, { spec: scoped, point: 'audit.gatekeeper.sh' })
  expect(audited.audit.findings.map(({ action }) => action)).toEqual(['warn', 'warn'])
})

test("Gatekeeper's Config takes namespaces out", () => {
  const config = `apiVersion: config.gatekeeper.sh/v1alpha1
kind: Config
metadata: {name: config, namespace: gatekeeper-system}
spec: {match: [{excludedNamespaces: ["sh*"], processes: [webhook]}]}`
  const policies = [...objects(regoTemplate(REGO)), ...objects(constraint()), ...objects(config)]
  expect(run(regoTemplate(REGO), DEPLOYMENT, { policies }).audit.findings).toEqual([])
})

test('a generated resource points into what it is made of', () => {
  const expansion = `apiVersion: expansion.gatekeeper.sh/v1beta1
kind: ExpansionTemplate
metadata: {name: pods}
spec:
  applyTo: [{groups: [apps], kinds: [Deployment], versions: [v1]}]
  templateSource: spec.template
  generatedGVK: {version: v1, kind: Pod}`
  const rego =
    'package p\nviolation[{"msg": "tag"}] { input.review.kind.kind == "Pod"; endswith(input.review.object.spec.containers[_].image, ":latest") }'
  const policies = [...objects(regoTemplate(rego)), ...objects(constraint()), ...objects(expansion)]
  expect(places(run('', DEPLOYMENT, { policies }))).toEqual(['web.yaml:15:18 [Implied by pods] tag'])
})

test('policies that cannot be used are faults, each said once', () => {
  const { faults } = run(regoTemplate('package p\nviolation['), DEPLOYMENT)
  expect(faults.map(({ file, code }) => `${file} ${code}`)).toEqual(['template.yaml rego-invalid'])
  const orphan = run('', DEPLOYMENT, { policies: objects(constraint(), 'c.yaml') })
  expect(orphan.faults).toMatchObject([{ file: 'c.yaml', code: 'constraint-without-template' }])
})

describe('exceptions', () => {
  const exception = (more: Partial<PlacedException['exception']> = {}): PlacedException => ({
    exception: {
      target: 'Deployment/shop/web',
      policy: 'TestPolicy',
      owner: 'ana',
      reason: 'r',
      expires: '2026-12-31',
      ...more,
    },
    file: 'exceptions/a.yaml',
    range: { start: { line: 3, column: 1 }, end: { line: 3, column: 9 } },
  })
  const judged = (one: PlacedException, template = regoTemplate(REGO)): string[] =>
    run(template, DEPLOYMENT, { exceptions: [one] }).audit.findings.map(({ policy, status }) => `${policy} ${status}`)

  test.each([
    {},
    { policy: 'testpolicy' },
    { policy: 'test' },
    { policy: 'TestPolicy/test' },
    { target: 'web.yaml' },
    { target: 'Deployment/*' },
  ])('covers: %j', (more) => {
    expect(judged(exception(more))).toEqual(['TestPolicy suppressed', 'TestPolicy suppressed'])
  })

  test('an expired one does not count, and is a finding', () => {
    expect(judged(exception({ expires: '2026-11-21' }))).toEqual([
      'exception-expired open',
      'TestPolicy open',
      'TestPolicy open',
    ])
    expect(judged(exception({ expires: '2026-11-22' }))).toHaveLength(2)
  })

  test.each([{ target: 'Deployment/shop/api' }, { policy: 'Other' }])(
    'one that covers nothing is a finding: %j',
    (more) => {
      expect(judged(exception(more))).toEqual(['exception-unused open', 'TestPolicy open', 'TestPolicy open'])
    },
  )

  test('exceptions from rules are none of its business', () => {
    const { policy: _policy, ...rest } = exception().exception
    const one = { ...exception(), exception: { ...rest, rule: 'x' } }
    expect(judged(one)).toEqual(['TestPolicy open', 'TestPolicy open'])
  })

  test('a policy can take none', () => {
    const strict = regoTemplate(REGO).replace(
      '{name: testpolicy}',
      '{name: testpolicy, annotations: {secops.dev/exceptions: none}}',
    )
    expect(judged(exception(), strict)).toEqual(['exception-not-allowed open', 'TestPolicy open', 'TestPolicy open'])
  })
})
