import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AS_OF, copySecurebank, filesBelow, makeProject, secops, secopsJson, temporaryFolder } from './harness.ts'

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: main # the one
      image: ghcr.io/acme/web:1.0
      securityContext: {privileged: true}
      env:
        - {name: DB_PASSWORD, value: hunter2-is-no-secret}
`

describe('enforce generate', () => {
  test('shows first, writes after --yes, and never overwrites', () => {
    const project = makeProject({ 'pod.yaml': POD })
    const shown = secops(['enforce', 'generate', 'CKV_K8S_16', project])
    expect(shown).toMatchObject({ status: 0, stderr: expect.stringContaining('nothing was written') })
    expect(shown.stdout).toContain('--- policies/block-privileged/template.yaml\n')
    expect(existsSync(join(project, 'policies'))).toBe(false)

    expect(secops(['enforce', 'generate', 'k8s-no-privileged', project, '--yes'])).toMatchObject({ status: 0 })
    const verified = secops(['enforce', 'verify', join(project, 'policies'), '--engine', 'both'])
    expect(verified).toMatchObject({ status: 0, stdout: expect.stringContaining('0 failed') })
    expect(secops(['enforce', 'lint', project])).toMatchObject({ status: 0 })
    const denied = secops(['enforce', 'test', join(project, 'pod.yaml'), '--policy', join(project, 'policies')])
    expect(denied.status).toBe(1)
    expect(denied.stdout).toContain('pod.yaml:8:')

    const template = join(project, 'policies/block-privileged/template.yaml')
    const before = readFileSync(template, 'utf8')
    const again = secops(['enforce', 'generate', 'block-privileged', project, '--yes'])
    expect(again.status).toBe(0)
    expect(again.stderr).toContain('policies/block-privileged/template.yaml exists already: left alone')
    expect(readFileSync(template, 'utf8')).toBe(before)
  })

  test('a finding gives its own object, without values', () => {
    const project = makeProject({ 'pod.yaml': POD })
    const json = secopsJson(['audit', project, '--rule', 'k8s-no-plaintext-credentials'])
    const fingerprint = /"fingerprint": "([0-9a-f]+)"/.exec(JSON.stringify(json, undefined, 1))?.[1] ?? ''
    expect(fingerprint).not.toBe('')
    const output = temporaryFolder()
    const result = secops([
      'enforce',
      'generate',
      fingerprint.slice(0, 12),
      project,
      '--output',
      output,
      '--kind',
      'gatekeeper',
    ])
    expect(result.status).toBe(0)
    const files = filesBelow(output)
    expect(files.some((file) => file.endsWith('samples/failing-pod-shop-web.yaml'))).toBe(true)
    expect(files.some((file) => /vap|rego/.test(file))).toBe(false)
    const texts = files.map((file) => readFileSync(join(output, file), 'utf8')).join('\n')
    expect(texts).toContain('not-shown')
    expect(texts).not.toContain('hunter2')
    expect(secops(['enforce', 'verify', output])).toMatchObject({ status: 0 })
  })

  test('--from-fixes keeps out what the last run fixed, and what it writes makes no findings', () => {
    const project = copySecurebank()
    secops(['fix', project, '--approve', 'B', ...AS_OF])
    const before = secops(['audit', project, '--fail-on', 'none', '--no-cache', ...AS_OF])
    const written = secops(['enforce', 'generate', '--from-fixes', project, '--yes', ...AS_OF])
    expect(written.status).toBe(0)
    expect(written.stdout).toContain('policies/block-privileged/samples/passing-deployment-securebank-backend.yaml')
    expect(written.stdout).toContain('policies/kms-key-rotation/conftest.rego')
    expect(written.stderr).toContain('Conftest only')
    const verified = secops(['enforce', 'verify', join(project, 'policies'), '--engine', 'both'])
    expect(verified.stdout).toMatch(/\b0 failed/)
    const after = secops(['audit', project, '--fail-on', 'none', '--no-cache', '--all', ...AS_OF])
    expect(after.stdout).not.toContain('/samples/')
    const critical = /(\d+) critical, (\d+) high/
    expect(critical.exec(after.stdout)?.[0]).toBe(critical.exec(before.stdout)?.[0])
  })

  test('a finding about Terraform gives its own code, which the tests of the policy hold', () => {
    const main = `resource "aws_s3_bucket" "receipts" {
  bucket = "receipts"

  tags = { token = "hunter2-is-no-secret" }
}

resource "aws_sns_topic" "other" {
  name = "other"
}
`
    const project = makeProject({ 'main.tf': main })
    const json = secopsJson(['audit', project, '--rule', 's3-bucket-versioning'])
    const fingerprint = /"fingerprint":\s*"([0-9a-f]+)"/.exec(JSON.stringify(json))?.[1] ?? ''
    const output = temporaryFolder()
    const written = secops(['enforce', 'generate', fingerprint, project, '--output', output])
    expect(written).toMatchObject({ status: 0, stderr: expect.stringContaining('Conftest only') })
    const folder = join(output, 's3-bucket-versioning')
    expect(readFileSync(join(folder, 'samples/failing.hcl'), 'utf8')).toBe(
      'resource "aws_s3_bucket" "receipts" {\n  bucket = "receipts"\n}\n',
    )
    expect(readFileSync(join(folder, 'samples/passing.hcl'), 'utf8')).toContain('status = "Enabled"')
    expect(readFileSync(join(folder, 'conftest.rego'), 'utf8')).toContain('Its samples are code of the project')
    const verified = secops(['enforce', 'conftest', 'verify', '--policy', output])
    expect(verified).toMatchObject({ status: 0, stdout: expect.stringContaining('2 tests, 2 passed') })
    const denied = secops(['enforce', 'conftest', join(project, 'main.tf'), '--combine', '--policy', output])
    expect(denied).toMatchObject({ status: 1, stdout: expect.stringContaining('main.tf:1:1 - main') })
    const fixed = secops(['fix', project, '--rule', 's3-bucket-versioning'])
    expect(fixed.status).not.toBe(3)
    expect(secops(['enforce', 'conftest', join(project, 'main.tf'), '--combine', '--policy', output]).status).toBe(0)
    const again = temporaryFolder()
    expect(secops(['enforce', 'generate', '--from-fixes', project, '--output', again]).status).toBe(0)
    for (const sample of ['failing', 'passing']) {
      const path = `s3-bucket-versioning/samples/${sample}.hcl`
      expect(readFileSync(join(again, path), 'utf8')).toBe(readFileSync(join(output, path), 'utf8'))
    }
  })

  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a rule without a policy',
      ['k8s-image-pull-policy'],
      /no policy for k8s-image-pull-policy; the nearest is image-policy/,
    ],
    [
      'nothing of that name',
      ['image-polcy'],
      /no rule, policy or finding image-polcy; the nearest policy is image-policy/,
    ],
    ['a fingerprint of nothing', ['00000000'], /no finding 00000000/],
    ['nothing at all', [], /name a rule/],
    ['no run', ['--from-fixes'], /no run/],
    [
      'a rule that Rego cannot tell',
      ['iam-no-wildcard-resources'],
      /no policy for iam-no-wildcard-resources: it takes the list of all actions/,
    ],
    ['Terraform for a cluster', ['rds-not-public', '--kind', 'vap'], /never reaches an admission controller/],
    ['a kind that is none', ['rds-not-public', '--kind', 'kyverno'], /kyverno/],
  ]
  test.each(cases)('%s is one line and exit 2', (_, args, says) => {
    const project = makeProject({ 'pod.yaml': POD })
    const { status, stdout, stderr } = secops(['enforce', 'generate', ...args], { cwd: project })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(says)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('enforce lint', () => {
  const FOLDER = 'infrastructure/k8s/gatekeeper'

  test('finds what is wrong in SecureBank, as text, JSON and SARIF', () => {
    const project = copySecurebank()
    const text = secops(['enforce', 'lint', join(project, FOLDER)])
    expect(text.status).toBe(1)
    expect(text.stdout).toContain(`${FOLDER}/constraints.yaml:50:9  error  enforce-registry-prefix`)
    const json = secopsJson(['enforce', 'lint', join(project, FOLDER)])
    expect(json).toMatchObject({ summary: { errors: 4 }, findings: expect.any(Array) })
    const sarif: unknown = JSON.parse(secops(['enforce', 'lint', join(project, FOLDER), '--format', 'sarif']).stdout)
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ columnKind: 'utf16CodeUnits' }] })
    expect(secops(['enforce', 'lint', join(project, FOLDER), '--fail-on', 'none']).status).toBe(0)
  })

  test('--fix mends, a second time nothing, and rollback takes it back', () => {
    const project = copySecurebank()
    const file = join(project, FOLDER, 'constraints.yaml')
    const before = readFileSync(file, 'utf8')
    secops(['enforce', 'lint', join(project, FOLDER), '--fix', ...AS_OF])
    const after = readFileSync(file, 'utf8')
    expect(after).toBe(
      before
        .replace('  namespace: securebank # constraints have no namespace\n', '')
        .replace('"ghcr.io/securebank"', '"ghcr.io/securebank/"'),
    )
    expect(secops(['enforce', 'lint', join(project, FOLDER), '--fix', ...AS_OF]).stdout).not.toContain('Fixed:')
    expect(secops(['rollback', '--path', project]).status).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('a path that is not there is one line and exit 2', () => {
    expect(secops(['enforce', 'lint', '/nowhere/at/all'])).toMatchObject({ status: 2, stdout: '' })
  })
})
