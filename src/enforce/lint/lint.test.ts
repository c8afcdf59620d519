import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAULTS } from './fault.ts'
import { lint, lintFixes } from './index.ts'

const AS_OF = '2026-11-21'

function run(files: Readonly<Record<string, string>>, inScope: (file: string) => boolean = () => true): string[] {
  return lint(new Map(Object.entries(files)), inScope, AS_OF).faults.map(
    ({ file, range, id, level }) => `${file}:${range.start.line}:${range.start.column} ${level} ${id}`,
  )
}

function fixed(text: string): string {
  const { faults } = lint(new Map([['a.yaml', text]]), () => true, AS_OF)
  return lintFixes(faults)[0]?.after ?? text
}

function template(rego: string, properties = '{}', more = ''): string {
  return `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: mine${more}
spec:
  crd:
    spec:
      names:
        kind: Mine
      validation:
        openAPIV3Schema:
          type: object
          properties: ${properties}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package mine
${rego
  .trim()
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
`
}

const constraint = (spec: string, metadata = ''): string =>
  `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Mine\nmetadata:\n  name: mine\n${metadata}spec:\n${spec}`

const FINE = 'violation[{"msg": "no"}] { input.review.object.spec.bad }'

describe('templates', () => {
  test('a good one has no faults', () => {
    expect(run({ 'a.yaml': template(FINE) })).toEqual([])
  })

  test('name, namespace and version', () => {
    const text = template(FINE)
      .replace('name: mine', 'name: Mine # ours\n  namespace: x')
      .replace('sh/v1\n', 'sh/v1beta1\n')
    expect(run({ 'a.yaml': text })).toEqual([
      'a.yaml:1:13 warning enforce-template-version',
      'a.yaml:4:9 error enforce-template-name',
      'a.yaml:5:14 error enforce-constraint-namespace',
    ])
    expect(fixed(text)).toBe(template(FINE).replace('name: mine', 'name: mine # ours'))
  })

  test('v1 is not set where it would take parameters away', () => {
    const text = template('violation[{"msg": "no"}] { input.parameters.x }').replace('sh/v1\n', 'sh/v1beta1\n')
    expect(run({ 'a.yaml': text })).toContain('a.yaml:1:13 warning enforce-template-version')
    expect(fixed(text)).toBe(text)
  })

  test('types of the schema', () => {
    const text = template(
      'violation[{"msg": "no"}] { input.parameters.a; input.parameters.b; input.parameters.c }',
      '{a: {items: {type: string}}, b: {type: strng}, c: {}}',
    )
    expect(run({ 'a.yaml': text })).toEqual([
      'a.yaml:13:24 error enforce-schema-type',
      'a.yaml:13:62 error enforce-schema-unknown-type',
      'a.yaml:13:70 error enforce-schema-type',
    ])
    expect(fixed(text)).toContain('{a: {items: {type: string}, type: array}, b: {type: strng}, c: {}}')
  })

  test('Rego that does not compile is shown where it stands', () => {
    expect(run({ 'a.yaml': template('violation[{"msg": msg}] {\n  input.review.object\n}') })).toEqual([
      'a.yaml:18:27 error enforce-rego-invalid',
    ])
    expect(run({ 'a.yaml': template('violation[ {') })[0]).toMatch(/^a\.yaml:1[89]:\d+ error enforce-rego-invalid$/)
    expect(run({ 'a.yaml': template('deny[{"msg": "no"}] { true }') })).toEqual([
      'a.yaml:16:7 error enforce-rego-invalid',
    ])
  })

  test('data that Gatekeeper does not give', () => {
    expect(run({ 'a.yaml': template('violation[{"msg": "no"}] { data.secrets.x }') })).toEqual([
      expect.stringContaining('error enforce-template-invalid'),
    ])
  })

  test('CEL that does not compile', () => {
    const text = template(FINE).replace(
      /      rego: \|[^]*/,
      '      code:\n        - engine: K8sNativeValidation\n          source:\n            validations:\n              - expression: "1 +"\n                message: x\n',
    )
    expect(run({ 'a.yaml': text })).toEqual([expect.stringContaining('error enforce-cel-invalid')])
  })

  test('parameters declared and not read, read and not declared', () => {
    const text = template(
      'violation[{"msg": "no"}] { input.review.object.x == input.parameters.two }',
      '{one: {type: string}}',
    )
    expect(run({ 'a.yaml': text })).toEqual([
      'a.yaml:13:24 warning enforce-parameter-unread',
      'a.yaml:18:61 warning enforce-parameter-undeclared',
    ])
    const whole = template('violation[{"msg": "no"}] { p := input.parameters; p.one }', '{one: {type: string}}')
    expect(run({ 'a.yaml': whole })).toEqual([])
  })

  test('containers, and pods that are only looked for in templates', () => {
    const text = template(
      'violation[{"msg": "no"}] { input.review.object.spec.template.spec.containers[_].securityContext.privileged }',
    )
    expect(run({ 'a.yaml': text })).toEqual([
      'a.yaml:18:36 warning enforce-containers-only',
      'a.yaml:18:36 warning enforce-pods-not-read',
    ])
    const all = template(
      'violation[{"msg": "no"}] { l := {"containers", "initContainers", "ephemeralContainers"}[_]; input.review.object.spec[l][_].x }',
    )
    expect(run({ 'a.yaml': all })).toEqual([])
  })
})

describe('constraints', () => {
  const REGISTRIES = template(
    'violation[{"msg": msg}] { i := input.review.object.image; not ok(i); msg := sprintf("%v is not from ghcr.io/acme", [i]) }\n' +
      'ok(image) { startswith(image, input.parameters.registries[_]) }',
    '{registries: {type: array, items: {type: string}}}',
  )

  test('version, namespace, action, match', () => {
    const text = constraint(
      '  enforcementAction: denny\n  match:\n    excludeNamespaces: [x]\n',
      '  namespace: y\n',
    ).replace('v1beta1', 'v1')
    expect(run({ 'a.yaml': text })).toEqual([
      'a.yaml:1:13 error enforce-constraint-version',
      'a.yaml:2:7 warning enforce-constraint-without-template',
      'a.yaml:5:14 error enforce-constraint-namespace',
      'a.yaml:7:22 error enforce-constraint-action',
      'a.yaml:9:5 error enforce-constraint-match',
    ])
    const mended = fixed(text)
    expect(mended).toContain('constraints.gatekeeper.sh/v1beta1')
    expect(mended).not.toContain('namespace: y')
  })

  test('registries without a slash, and a message that says them', () => {
    const text = constraint('  parameters:\n    registries: [ghcr.io/acme, "docker.io/acme/", "quay.io/a@"] # ours\n')
    expect(run({ 'a.yaml': text, 't.yaml': REGISTRIES })).toEqual([
      'a.yaml:7:18 error enforce-registry-prefix',
      't.yaml:18:93 warning enforce-message-hardcoded',
      't.yaml:19:21 warning enforce-registry-prefix',
    ])
    const { faults } = lint(
      new Map([
        ['a.yaml', text],
        ['t.yaml', REGISTRIES],
      ]),
      () => true,
      AS_OF,
    )
    expect(lintFixes(faults)[0]?.after).toContain('[ghcr.io/acme/, "docker.io/acme/", "quay.io/a@"] # ours')
  })

  test('parameters that nobody knows, or of another type', () => {
    const text = constraint('  parameters:\n    registries: ghcr.io\n    registry: x\n')
    expect(run({ 'a.yaml': text, 't.yaml': REGISTRIES }, (file) => file === 'a.yaml')).toEqual([
      'a.yaml:7:17 error enforce-parameter-type',
      'a.yaml:8:5 error enforce-parameter-unknown',
    ])
  })

  test('parameters that the schema refuses', () => {
    const rego = 'violation[{"msg": "no"}] { input.parameters.min > 1; input.review.object.x }'
    const ruled = (rule: string): string =>
      template(rego, '{min: {type: integer, maximum: 9}}').replace(
        '          properties:',
        `          x-kubernetes-validations: [{rule: "${rule}", message: m}]\n          properties:`,
      )
    const both = (value: string, rule: string): string[] =>
      run({ 'a.yaml': constraint(`  parameters:\n    min: ${value}\n`), 't.yaml': ruled(rule) })
    expect(both('5', 'self.min > 4')).toEqual([])
    expect(both('3', 'self.min > 4')).toEqual(['a.yaml:7:5 error enforce-parameter-refused'])
    expect(both('10', 'self.min > 4')).toEqual(['a.yaml:7:10 error enforce-parameter-refused'])
    expect(both('10', 'self.max > 4')).toEqual(['t.yaml:13:51 error enforce-cel-invalid'])
  })

  test('bare pods slip through', () => {
    const rego =
      'violation[{"msg": "no"}] { l := {"containers", "initContainers", "ephemeralContainers"}[_]; input.review.object.spec[l][_].x }'
    const match = (kinds: string): string =>
      constraint(`  match:\n    kinds:\n      - apiGroups: ["*"]\n        kinds: ${kinds}\n`)
    const both = (kinds: string): string[] => run({ 'a.yaml': match(kinds), 't.yaml': template(rego) })
    expect(both('[Deployment]')).toEqual(['a.yaml:7:5 warning enforce-pods-not-matched'])
    expect(both('[Deployment, Pod]')).toEqual([])
    expect(both('[Service]')).toEqual([])
    const silenced = match('[Deployment]').replace(
      '    kinds:',
      '    # secops:ignore enforce-pods-not-matched reason="no pods"\n    kinds:',
    )
    expect(run({ 'a.yaml': silenced, 't.yaml': template(rego) })).toEqual([])
    expect(run({ 'a.yaml': silenced.replace(' reason="no pods"', ''), 't.yaml': template(rego) })).toHaveLength(1)
    expect(
      run({ 'a.yaml': silenced.replace('reason', 'until=2026-01-01 reason'), 't.yaml': template(rego) }),
    ).toHaveLength(1)
  })
})

describe('references', () => {
  const pod = (spec: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec:\n${spec}`
  const USES = pod(`  serviceAccountName: runner
  containers:
    - name: c
      env:
        - name: K
          valueFrom: {secretKeyRef: {name: s, key: k}}
        - name: M
          valueFrom: {configMapKeyRef: {name: m, key: k}}
        - name: O
          valueFrom: {secretKeyRef: {name: gone, key: k, optional: true}}
      envFrom:
        - configMapRef: {name: n}
  volumes:
    - name: v
      secret: {secretName: s, items: [{key: other, path: x}]}
`)

  test('nothing is defined', () => {
    expect(run({ 'a.yaml': USES })).toEqual([
      'a.yaml:5:23 warning enforce-dangling-service-account',
      'a.yaml:10:44 warning enforce-dangling-secret',
      'a.yaml:12:47 warning enforce-dangling-config-map',
      'a.yaml:16:32 warning enforce-dangling-config-map',
      'a.yaml:19:28 warning enforce-dangling-secret',
    ])
  })

  test('keys, namespaces and what makes Secrets', () => {
    const objects = (more: string): string =>
      `${more}---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: runner}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: a}\ndata: {k: v}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: n, namespace: b}\n`
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\nstringData: {k: v}\n'
    expect(run({ 'a.yaml': USES, 'b.yaml': objects(secret) })).toEqual([
      'a.yaml:16:32 warning enforce-dangling-config-map',
      'a.yaml:19:45 error enforce-dangling-secret-key',
    ])
    const external =
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: a}\nspec: {target: {name: s}}\n'
    expect(run({ 'a.yaml': USES, 'b.yaml': objects(external) })).toEqual([
      'a.yaml:16:32 warning enforce-dangling-config-map',
    ])
  })

  test('the samples of suites are no manifests', () => {
    const suite =
      'apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\ntests:\n- name: t\n  cases:\n  - name: c\n    object: a.yaml\n'
    expect(run({ 'p/a.yaml': USES, 'p/suite.yaml': suite })).toEqual([])
    expect(run({ 'a.yaml': USES, 'p/suite.yaml': suite.replace('a.yaml', '../a.yaml') })).not.toEqual([])
  })
})

test('broken and foreign YAML is no fault', () => {
  const result = lint(
    new Map([
      ['a.yaml', 'a: [\n'],
      ['b.yaml', 'x: 1\n'],
      ['c.json', '{"apiVersion": "v1"'],
    ]),
    () => true,
    AS_OF,
  )
  expect(result.faults).toEqual([])
  expect(result.diagnostics.map(({ file }) => file)).toContain('a.yaml')
})

test('whatever is cut out or doubled, it ends, and places stay in the text', () => {
  const folder = join(import.meta.dirname, '../../../examples/securebank/infrastructure/k8s/gatekeeper')
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.nat(), fc.nat(60), fc.boolean(), (source, from, length, twice) => {
      const at = from % source.length
      const text = source.slice(0, twice ? at + length : at) + source.slice(twice ? at : at + length)
      const { faults } = lint(new Map([['a.yaml', text]]), () => true, AS_OF)
      const lines = text.split('\n')
      for (const { range } of faults) {
        expect(range.start.line).toBeLessThanOrEqual(lines.length)
        expect(range.start.column).toBeLessThanOrEqual((lines[range.start.line - 1] ?? '').length + 1)
      }
      lintFixes(faults)
    }),
    { numRuns: 400, seed: 7 },
  )
})

test('the shipped policies have no faults, and every fault is documented', () => {
  const root = join(import.meta.dirname, '../../../policies')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))
  expect(run(Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), 'utf8')])))).toEqual([])
  const page = readFileSync(join(import.meta.dirname, '../../../docs/commands/enforce-lint.md'), 'utf8')
  expect(Object.keys(FAULTS).filter((id) => !page.includes(`| \`${id}\` |`))).toEqual([])
})
