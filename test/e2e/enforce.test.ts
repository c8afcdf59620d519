import { describe, expect, test } from 'vitest'
import { copySecurebank, makeProject, secops, secopsJson } from './harness.ts'

const TEMPLATE = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: noprivilege
spec:
  crd:
    spec:
      names:
        kind: NoPrivilege
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package noprivilege
        violation[{"msg": msg}] {
          container := input.review.object.spec.containers[_]
          container.securityContext.privileged
          msg := sprintf("container %v runs privileged", [container.name])
        }
`
const constraint = (spec = ''): string => `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: NoPrivilege
metadata:
  name: no-privilege
spec:
  match:
    kinds: [{apiGroups: [""], kinds: [Pod]}]
${spec}`
const pod = (privileged: boolean): string => `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: main
      image: app:1
      securityContext:
        privileged: ${privileged}
`
const SUITE = `apiVersion: test.gatekeeper.sh/v1alpha1
kind: Suite
metadata: {name: privilege}
tests:
  - name: privilege
    template: template.yaml
    constraint: samples/constraint.yaml
    cases:
      - name: allowed
        object: samples/good.yaml
        assertions:
          - violations: no
      - name: refused
        object: samples/bad.yaml
        assertions:
          - violations: 1
            message: runs privileged$
`
const LIBRARY = {
  'policies/privilege/template.yaml': TEMPLATE,
  'policies/privilege/suite.yaml': SUITE,
  'policies/privilege/samples/constraint.yaml': constraint(),
  'policies/privilege/samples/good.yaml': pod(false),
  'policies/privilege/samples/bad.yaml': pod(true),
}

describe('enforce verify', () => {
  test('runs suites below a folder, also as ./...', () => {
    const cwd = makeProject(LIBRARY)
    for (const path of ['.', './...', 'policies', 'policies/privilege/suite.yaml']) {
      expect(secops(['enforce', 'verify', path], { cwd })).toMatchObject({ status: 0, stderr: '' })
    }
    expect(secopsJson(['enforce', 'verify', './...'], { cwd })).toEqual({
      passed: 2,
      failed: 0,
      skipped: 0,
      failures: [],
    })
    expect(secopsJson(['enforce', 'verify', '.', '--engine', 'cel'], { cwd })).toMatchObject({ passed: 0, skipped: 2 })
    expect(secopsJson(['enforce', 'verify', '.', '--run', 'privilege//ref'], { cwd })).toMatchObject({ passed: 1 })
  })

  test('a failure: exit 1, text, JSON and JUnit', () => {
    const cwd = makeProject({ ...LIBRARY, 'policies/privilege/samples/good.yaml': pod(true) })
    const { status, stdout } = secops(['enforce', 'verify', '.'], { cwd })
    expect(status).toBe(1)
    expect(stdout).toContain('FAIL policies/privilege/suite.yaml  1 passed, 1 failed')
    expect(stdout).toContain('got  1 violation: "container main runs privileged"')
    expect(secopsJson(['enforce', 'verify', '.'], { cwd })).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: [
        {
          suite: 'policies/privilege/suite.yaml',
          test: 'privilege',
          case: 'allowed',
          want: 'no violations',
          got: '1 violation: "container main runs privileged"',
        },
      ],
    })
    const junit = secops(['enforce', 'verify', '.', '--format', 'junit'], { cwd }).stdout
    expect(junit).toContain('tests="2" failures="1" errors="0" skipped="0"')
    expect(junit).toContain('<failure message="want no violations">')
  })

  test.each([
    [['enforce', 'verify', 'nowhere'], 'no such file or folder: nowhere'],
    [['enforce', 'verify', 'policies/privilege/samples'], 'no suite'],
    [['enforce', 'verify', '.', '--run', '('], '--run is no regular expression'],
    [['enforce', 'verify', '.', '--engine', 'lua'], 'engine'],
    [['enforce', 'verify'], 'paths'],
    [['enforce', 'verfy', '.'], "unknown command 'verfy'"],
    [['enforce', 'test', '.', '--policy', 'nowhere'], 'no such file or folder: nowhere'],
    [['enforce', 'test', 'policies/privilege/samples/good.yaml'], 'name a folder of policies with --policy'],
  ])('%j is wrong usage', (args, message) => {
    const { status, stdout, stderr } = secops(args, { cwd: makeProject(LIBRARY) })
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(message)
  })

  test('a suite reads nothing outside of the project', () => {
    const secret = makeProject({ 'pod.yaml': pod(false) })
    const cwd = makeProject({
      ...LIBRARY,
      'policies/privilege/suite.yaml': SUITE.replace('samples/good.yaml', `${secret}/pod.yaml`),
    })
    expect(secopsJson(['enforce', 'verify', '.'], { cwd })).toMatchObject({ passed: 1, failed: 1 })
  })
})

describe('enforce test', () => {
  test('violations at their places; deny ends with 1, warn and dryrun with 0', () => {
    const files = { 'k8s/pod.yaml': pod(true), 'policies/t.yaml': TEMPLATE }
    for (const [action, status] of [
      ['deny', 1],
      ['warn', 0],
      ['dryrun', 0],
    ] as const) {
      const cwd = makeProject({ ...files, 'policies/c.yaml': constraint(`  enforcementAction: ${action}\n`) })
      const outcome = secops(['enforce', 'test', 'k8s', '--policy', 'policies'], { cwd })
      expect(outcome).toMatchObject({ status, stderr: '' })
      expect(outcome.stdout).toContain(
        `pod.yaml:9:21  ${action}  NoPrivilege/no-privilege  Pod/shop/web\n    container main runs privileged\n`,
      )
    }
  })

  test('JSON has policy and constraint in place of ruleId', () => {
    const cwd = makeProject({
      'secops.yaml': 'version: 1\n',
      'k8s/pod.yaml': pod(true),
      'policies/t.yaml': TEMPLATE,
      'policies/c.yaml': constraint(),
    })
    const data = secopsJson(['enforce', 'test', 'k8s', '--policy', 'policies'], { cwd })
    expect(data).toMatchObject({
      schemaVersion: '1.0',
      summary: { HIGH: 1, total: 1 },
      findings: [
        {
          policy: 'NoPrivilege',
          constraint: 'no-privilege',
          enforcementAction: 'deny',
          severity: 'HIGH',
          message: 'container main runs privileged',
          resource: { kind: 'kubernetes', type: 'Pod', address: 'Pod/shop/web' },
          location: { file: 'k8s/pod.yaml', range: { start: { line: 9, column: 21 }, end: { line: 9, column: 25 } } },
          status: 'open',
        },
      ],
    })
    expect(JSON.stringify(data)).not.toContain('"ruleId"')
  })

  test('SARIF and JUnit, and the same bytes each time', () => {
    const cwd = makeProject({
      'k8s/pod.yaml': pod(true),
      'k8s/good.yaml': pod(false),
      'policies/t.yaml': TEMPLATE,
      'policies/c.yaml': constraint(),
    })
    const args = ['enforce', 'test', 'k8s', '--policy', 'policies']
    const sarif = secops([...args, '--format', 'sarif'], { cwd }).stdout
    expect(JSON.parse(sarif)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            { ruleId: 'NoPrivilege', level: 'error', locations: [{ physicalLocation: { region: { startLine: 9 } } }] },
          ],
        },
      ],
    })
    expect(secops([...args, '--format', 'sarif'], { cwd }).stdout).toBe(sarif)
    expect(secops([...args, '--format', 'junit'], { cwd }).stdout).toContain('tests="2" failures="1"')
  })

  test('policies among the files, and standard input', () => {
    const cwd = makeProject({
      'all.yaml': `${TEMPLATE}---\n${constraint()}---\n${pod(true)}`,
      'policies/p.yaml': `${TEMPLATE}---\n${constraint()}`,
    })
    expect(secops(['enforce', 'test', 'all.yaml'], { cwd })).toMatchObject({ status: 1 })
    const piped = secops(['enforce', 'test', '-', '--policy', 'policies'], { cwd, input: pod(true) })
    expect(piped).toMatchObject({ status: 1 })
    expect(piped.stdout).toContain('-:9:21  deny')
  })

  test('a policy that cannot be used: said with its place, and exit 2', () => {
    const cwd = makeProject({
      'pod.yaml': pod(true),
      'policies/t.yaml': TEMPLATE.replace('package noprivilege', 'package'),
      'policies/c.yaml': constraint(),
    })
    const { status, stderr } = secops(['enforce', 'test', 'pod.yaml', '--policy', 'policies'], { cwd })
    expect(status).toBe(2)
    expect(stderr).toMatch(/a policy cannot be used: policies\/t\.yaml:1[34]:\d+: .*rego_parse_error/)
  })

  test('exceptions of the project', () => {
    const exception = (expires: string): string =>
      `- target: Pod/shop/web\n  policy: NoPrivilege\n  owner: ana\n  reason: card reader\n  expires: ${expires}\n`
    const files = {
      'secops.yaml': 'version: 1\n',
      'pod.yaml': pod(true),
      'policies/t.yaml': TEMPLATE,
      'policies/c.yaml': constraint(),
    }
    const args = ['enforce', 'test', 'pod.yaml', '--policy', 'policies', '--as-of', '2026-11-22']
    const held = makeProject({ ...files, 'exceptions/a.yaml': exception('2026-12-01') })
    expect(secops(args, { cwd: held })).toMatchObject({
      status: 0,
      stdout: 'No violation; 1 excepted: 1 object against 1 constraint.\n',
    })
    const expired = secops(args, { cwd: makeProject({ ...files, 'exceptions/a.yaml': exception('2026-11-01') }) })
    expect(expired.status).toBe(1)
    expect(expired.stdout).toContain('exceptions/a.yaml:1:3  warn  exception-expired')
  })

  test('a secret that a message quotes is masked', () => {
    const leak = TEMPLATE.replace(
      'sprintf("container %v runs privileged", [container.name])',
      'sprintf("env %v", [container.env[_].value])',
    )
    const token = `AKIA${'QWERTYUI0PASD7GH'}`
    const manifest = pod(true).replace(
      '      image: app:1',
      `      image: app:1\n      env: [{name: AWS_ACCESS_KEY_ID, value: ${token}}]`,
    )
    const cwd = makeProject({ 'pod.yaml': manifest, 'policies/t.yaml': leak, 'policies/c.yaml': constraint() })
    const { stdout } = secops(['enforce', 'test', 'pod.yaml', '--policy', 'policies'], { cwd })
    expect(stdout).toContain('env ')
    expect(stdout).not.toContain(token)
  })

  test('SecureBank', () => {
    const cwd = copySecurebank()
    const { status, stdout } = secops(
      ['enforce', 'test', 'infrastructure/k8s', '--policy', 'infrastructure/k8s/gatekeeper'],
      { cwd },
    )
    expect(status).toBe(1)
    expect(stdout).toContain(
      'infrastructure/k8s/backend-deployment.yaml:26:25  dryrun  K8sBlockPrivileged/block-privileged-containers',
    )
    expect(stdout).toMatch(/10 violations \(8 deny, 2 dryrun\): 27 objects against 4 constraints\.\n$/)
  })
})
