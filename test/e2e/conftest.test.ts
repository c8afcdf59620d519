import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Outcome, secops } from './harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'secops-conftest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const FILES: Readonly<Record<string, string>> = {
  'policy/main.rego': `package main

deny contains msg if {
	some c in input.spec.template.spec.containers
	not c.securityContext.runAsNonRoot
	msg := sprintf("container %s must set runAsNonRoot", [c.name])
}

deny_owner contains {"msg": "no owner", "severity": "low"} if not input.metadata.labels.owner

warn contains "latest" if {
	some c in input.spec.template.spec.containers
	endswith(c.image, ":latest")
}

exception contains ["owner"] if input.metadata.name == "old"
`,
  'policy/main_test.rego': `package main

test_owner if count(deny_owner) == 1 with input as parse_config("yaml", "metadata: {name: x}")

test_file if count(deny) == 1 with input as parse_config_file("../policy/sample.yaml")

test_outside if not parse_config_file("../secret.yaml")

todo_test_later if false
`,
  'policy/sample.yaml': 'spec: {template: {spec: {containers: [{name: a, image: x}]}}}\n',
  'policy/other/tf.rego':
    'package tf\n\ndeny contains msg if {\n\tsome name, [bucket] in input.resource.aws_s3_bucket\n\tbucket.acl == data.settings.acl\n\tmsg := name\n}\n',
  'secret.yaml': 'password: x\n',
  'data/settings/values.yaml': 'acl: public-read\n',
  'deployment.yaml': `kind: Deployment
metadata:
  name: new
spec:
  template:
    spec:
      containers:
        - name: web
          image: web:latest
---
kind: Deployment
metadata:
  name: old
spec:
  template:
    spec:
      containers:
        - name: ok
          image: ok:1
          securityContext: { runAsNonRoot: true }
`,
  'main.tf': 'resource "aws_s3_bucket" "open" {\n  acl = "public-read"\n}\n',
  'broken.yaml': 'a: [1\n',
  'x.cue': 'a: 1\n',
  'combine/policy.rego':
    'package main\n\ndeny contains msg if {\n\tsome a in input\n\tsome b in input\n\ta.path < b.path\n\ta.contents.name == b.contents.name\n\tmsg := sprintf("%s and %s share a name", [a.path, b.path])\n}\n',
  'combine/a.yaml': 'name: same\n',
  'combine/b.json': '{"name": "same"}\n',
  'v0/policy.rego': 'package main\n\ndeny[msg] { input.a; msg := "v0" }\n',
  'error/policy.rego': 'package main\n\ndeny contains msg if { msg := f(1) }\n\nf(x) := 1\n\nf(x) := 2\n',
  'bad/policy.rego': 'package main\n\ndeny contains msg if { x }\n',
}
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
symlinkSync(join(folder, 'secret.yaml'), join(folder, 'policy', 'link.yaml'))

function conftest(...args: string[]): Outcome {
  return secops(['enforce', 'conftest', ...args], { cwd: folder })
}

test('text, as Conftest says it, with the place', () => {
  const { status, stdout, stderr } = conftest('deployment.yaml')
  expect(stdout).toBe(`WARN - deployment.yaml:9:18 - main - latest
FAIL - deployment.yaml:8:11 - main - container web must set runAsNonRoot
FAIL - deployment.yaml:2:1 - main - no owner
EXCP - deployment.yaml:11:1 - main - data.main.exception[_][_] == "owner"

6 tests, 2 passed, 1 warning, 2 failures, 1 exception
`)
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
})

test('JSON, SARIF, JUnit, TAP and a table', () => {
  const [result] = JSON.parse(conftest('deployment.yaml', '-f', 'json').stdout) as [Record<string, unknown>]
  expect(result).toMatchObject({
    filename: 'deployment.yaml',
    namespace: 'main',
    successes: 2,
    failures: [
      {
        msg: 'container web must set runAsNonRoot',
        loc: { file: 'deployment.yaml', line: 8, column: 11 },
        metadata: { query: 'data.main.deny' },
      },
      { msg: 'no owner', metadata: { severity: 'low', query: 'data.main.deny_owner' } },
    ],
  })
  const sarif = JSON.parse(conftest('deployment.yaml', '-f', 'sarif').stdout) as {
    runs: [{ results: { ruleId: string; level: string }[] }]
  }
  expect(sarif.runs[0].results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
    'main/deny error',
    'main/deny_owner error',
    'main/warn warning',
    'main/deny_owner note',
  ])
  expect(conftest('deployment.yaml', '-f', 'junit').stdout).toContain(
    '<testsuite name="conftest.main" tests="6" failures="3" errors="0" skipped="1"',
  )
  expect(conftest('deployment.yaml', '-f', 'tap').stdout).toMatch(
    /^1\.\.6\nnot ok 1 - deployment\.yaml:8:11 - main - container web/,
  )
  expect(conftest('deployment.yaml', '-f', 'table').stdout).toContain('│ failure   │ deployment.yaml:2:1')
})

test('packages, data, HCL', () => {
  const { status, stdout } = conftest('main.tf', '--namespace', 'tf', '--data', 'data')
  expect(stdout).toContain('FAIL - main.tf:2:9 - tf - open')
  expect(status).toBe(1)
  expect(conftest('main.tf', '--namespace', 't*', '--data', 'data').status).toBe(1)
  expect(conftest('main.tf', '--all-namespaces', '--data', 'data').stdout).toContain('tf - open')
  const none = conftest('main.tf', '--namespace', 'nobody')
  expect(none.stderr).toContain(
    'no deny, violation or warn rule in package nobody: nothing was checked. There are some in main, tf',
  )
})

test('--combine, folders, standard input, Rego v0', () => {
  expect(conftest('combine/a.yaml', 'combine/b.json', '--policy', 'combine', '--combine').stdout).toMatch(
    /^FAIL - combine\/(?:a\.yaml:1:7|b\.json:1:10) - main - combine\/a\.yaml and combine\/b\.json share a name\n/,
  )
  expect(conftest('combine', '--policy', 'combine').stdout).toContain('2 tests, 2 passed')
  const stdin = secops(
    ['enforce', 'conftest', '-', '--parser', 'json', '-p', 'v0', '--rego-version', 'v0', '--stdin-filename', 'x.json'],
    {
      cwd: folder,
      input: '{"a": 1}',
    },
  )
  expect(stdin.stdout).toContain('FAIL - x.json:1:7 - main - v0')
})

describe('exit codes', () => {
  test.each([
    [['deployment.yaml', '--no-fail'], 0],
    [['main.tf', '--fail-on-warn', '-n', 'none'], 0],
    [['policy/sample.yaml', '-p', 'v0', '--rego-version', 'v0'], 0],
    [['broken.yaml', '-p', 'v0', '--rego-version', 'v0'], 0],
    [['broken.yaml', '-p', 'v0', '--rego-version', 'v0', '--strict'], 1],
    [['deployment.yaml', '-p', 'error'], 3],
    [['deployment.yaml', '-p', 'bad'], 2],
    [['deployment.yaml', '-p', 'nowhere'], 2],
    [['nowhere.yaml'], 2],
    [['x.cue'], 2],
    [['deployment.yaml', '--parser', 'nope'], 2],
    [[], 2],
  ])('%j: %i', (args, status) => {
    expect(conftest(...args).status).toBe(status)
  })

  test('say why', () => {
    expect(conftest('broken.yaml', '-p', 'v0', '--rego-version', 'v0').stderr).toMatch(
      /broken\.yaml:2:1: yaml-\S+: .*\n.*not checked, since they cannot be read: broken\.yaml\n$/,
    )
    expect(conftest('x.cue').stderr).toContain('cue export')
    expect(conftest('deployment.yaml', '-p', 'bad').stderr).toContain('bad/policy.rego:3:24: rego_unsafe_var_error')
    const failed = conftest('deployment.yaml', '-p', 'error')
    expect(failed.stdout).toContain('eval_conflict_error')
    expect(failed.stdout).toContain('2 errors')
  })
})

test('verify: the tests of the policies, their coverage, and no file from elsewhere', () => {
  const { status, stdout } = conftest('verify', '--coverage')
  expect(stdout).toContain('SKIP - policy/main_test.rego:9:1 - main - data.main.todo_test_later')
  expect(stdout).toContain('4 tests, 3 passed, 0 warnings, 0 failures, 0 exceptions, 1 skipped')
  expect(stdout).toMatch(/policy\/main\.rego, not covered: /)
  expect(status).toBe(0)
  writeFileSync(
    join(folder, 'policy', 'link_test.rego'),
    'package main\n\ntest_link if parse_config_file("link.yaml").password == "x"\n',
  )
  const failing = conftest('--verify', '--report', 'fails')
  rmSync(join(folder, 'policy', 'link_test.rego'))
  expect(failing.stdout).toContain('data.main.test_link: FAIL (line 3)')
  expect(failing.status).toBe(1)
})
