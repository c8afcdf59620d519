import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { objects } from './data.ts'
import type { ImportedFinding } from './importer.ts'
import { IMPORTERS, importReport } from './index.ts'
import { importContext } from './paths.ts'
import { FILES, SAMPLES, SECRET } from './samples.testkit.ts'

const options = { root: '/project', base: '/tmp/scratch', files: FILES, source: 'report.json' }

function read(name: string): { findings: string[]; diagnostics: string[]; all: readonly ImportedFinding[] } {
  // As the app does: only some scanners name files from the folder that they ran in.
  const base = name === 'kics' ? '/tmp/scratch' : '/project'
  const { findings, diagnostics } = importReport(JSON.stringify(SAMPLES[name]), { ...options, base })
  return {
    all: findings,
    findings: findings.map(({ ruleId, severity, file, range, address, message }) =>
      [
        ruleId,
        severity ?? '-',
        `${file}:${range?.start.line ?? '-'}-${range?.end.line ?? '-'}`,
        address ?? '-',
        message,
      ].join(' | '),
    ),
    diagnostics: diagnostics.map(({ code, message }) => `${code}: ${message}`),
  }
}

describe('each format', () => {
  test('has one importer that knows it', () => {
    for (const [name, sample] of Object.entries(SAMPLES)) {
      expect(IMPORTERS.filter(({ detect }) => detect(sample)).map((importer) => importer.name)).toEqual([name])
    }
    expect(IMPORTERS.map(({ name }) => name).sort()).toEqual(Object.keys(SAMPLES))
  })

  test('Checkov: a list of frameworks, files of another machine, no hash of a secret', () => {
    const { findings, diagnostics } = read('checkov')
    expect(findings).toEqual([
      'CKV_AWS_20 | - | infra/s3.tf:1-4 | aws_s3_bucket.logs | No bucket is readable by everyone',
      'CKV_K8S_16 | HIGH | k8s/web.yaml:1-1 | Deployment/default/web | No container is privileged',
      'CKV_SECRET_6 | - | src/server.js:7-8 | - | High entropy',
    ])
    expect(diagnostics).toEqual(['import-incomplete: Checkov could not parse 1 of the terraform files.'])
  })

  test('Checkov: one framework, and nothing to check', () => {
    const [single] = objects(SAMPLES['checkov'])
    expect(importReport(JSON.stringify(single), options).findings).toHaveLength(1)
    const nothing = { passed: 0, failed: 0, skipped: 0, parsing_errors: 0, resource_count: 0, checkov_version: '3.2.0' }
    expect(importReport(JSON.stringify(nothing), options)).toEqual({ findings: [], diagnostics: [] })
  })

  test('Trivy: misconfigurations, vulnerabilities and secrets', () => {
    const { findings, diagnostics } = read('trivy')
    expect(findings).toEqual([
      'AVD-AWS-0092 | HIGH | infra/s3.tf:3-3 | aws_s3_bucket.logs | The bucket is public.',
      'AVD-KSV-0017 | HIGH | k8s/web.yaml:--- | - | Privileged',
      'CVE-2026-0001 | CRITICAL | src/package-lock.json:--- | left-pad@1.0.0 | left-pad 1.0.0 is affected by CVE-2026-0001.',
      'CVE-2026-0002 | - | src/package-lock.json:--- | right-pad | right-pad is affected by CVE-2026-0002.',
      'aws-secret-access-key | CRITICAL | src/server.js:7-7 | - | AWS Secret Access Key: a secret stands in the file.',
    ])
    expect(diagnostics).toEqual([])
  })

  test('Trivy: what an image holds is no file of the project', () => {
    const report = JSON.stringify(SAMPLES['trivy']).replace('"filesystem"', '"container_image"')
    const { findings, diagnostics } = importReport(report, options)
    expect(findings).toEqual([])
    expect(diagnostics[0]?.message).toBe('5 results of trivy left out: no file inside the project is named.')
  })

  test('tfsec', () => {
    const { findings, all } = read('tfsec')
    expect(findings).toEqual(['AVD-AWS-0092 | HIGH | infra/s3.tf:3-3 | aws_s3_bucket.logs | Bucket has a public ACL.'])
    expect(all[0]?.aliases).toEqual(['aws-s3-no-public-access-with-acl'])
    expect(importReport('{"results":null}', options)).toEqual({ findings: [], diagnostics: [] })
  })

  test('KICS: paths from the folder it ran in, and no value of a secret', () => {
    expect(read('kics').findings).toEqual([
      "38c5ee0d-7f22-4260-ab72-5073048df100 | CRITICAL | infra/s3.tf:3-3 | aws_s3_bucket.logs | Bucket Open To All: 'acl' is public-read",
      '487f4be7-3fd9-4506-a07a-eae252180c08 | HIGH | src/server.js:7-7 | - | Something is hard-coded.',
    ])
  })

  test('Semgrep: columns; messages of secret rules are not taken over', () => {
    const { findings, all, diagnostics } = read('semgrep')
    expect(findings).toEqual([
      'javascript.express.no-helmet | MEDIUM | src/server.js:3-3 | - | Helmet is not used.',
      'generic.secrets.hard-coded-password | HIGH | src/server.js:7-7 | - | The rule hard-coded-password matches here.',
    ])
    expect(all[0]?.range).toEqual({ start: { line: 3, column: 5 }, end: { line: 3, column: 20 } })
    expect(diagnostics).toEqual(['import-incomplete: Semgrep met 1 error in its run.'])
  })

  test('Gitleaks', () => {
    expect(read('gitleaks').findings).toEqual([
      'generic-api-key | - | src/server.js:7-7 | - | A secret stands in the file (generic-api-key).',
      'private-key | - | src/old.pem:1-9 | - | A secret stands in commit 0123456 of this file (private-key).',
    ])
  })

  test('Kubescape: by resource; what lies in a cluster only is left out', () => {
    const { findings, diagnostics } = read('kubescape')
    expect(findings).toEqual([
      'C-0057 | HIGH | k8s/web.yaml:--- | Deployment/shop/web | Privileged container: spec.template.spec.containers[0].securityContext.privileged',
    ])
    expect(diagnostics).toEqual([
      'import-no-file: 1 result of kubescape left out: no file inside the project is named.',
    ])
  })

  test('Kubesec', () => {
    const { findings, diagnostics } = read('kubesec')
    expect(findings).toEqual([
      'Privileged | HIGH | k8s/web.yaml:--- | Deployment/shop/web | Privileged containers reach the host (containers[] .securityContext .privileged == true)',
      'LimitsCPU | LOW | k8s/web.yaml:--- | Deployment/shop/web | Limit the CPU (containers[] .resources .limits .cpu)',
    ])
    expect(diagnostics).toEqual([
      'import-incomplete: Kubesec could not read Unknown: This resource kind is not supported',
    ])
  })

  test('Hadolint: standard input is no file', () => {
    const { findings, diagnostics } = read('hadolint')
    expect(findings).toEqual(['DL3008 | LOW | Dockerfile:2-2 | - | Pin versions in apt get install'])
    expect(diagnostics).toHaveLength(1)
  })

  test('SARIF: rules by id and index, message templates, bases, suppressions', () => {
    const { findings, all, diagnostics } = read('sarif')
    expect(findings).toEqual([
      'AVD-AWS-0092 | HIGH | infra/s3.tf:3-3 | aws_s3_bucket.logs | Bucket logs is open',
      'generic-token | LOW | src/server.js:7-7 | - | A token',
    ])
    expect(all.map(({ tool }) => tool)).toEqual(['trivy', 'trivy'])
    expect(diagnostics).toEqual(['import-no-file: 1 result of SARIF left out: no file inside the project is named.'])
  })

  test('never lets a secret through', () => {
    for (const name of Object.keys(SAMPLES)) {
      expect(JSON.stringify(read(name))).not.toContain(SECRET.slice(0, 8))
    }
    const secrets = ['checkov', 'trivy', 'kics', 'semgrep', 'gitleaks', 'sarif'].map((name) => read(name).all)
    for (const all of secrets) expect(all.some(({ secret }) => secret === true)).toBe(true)
    const leaky = Object.keys(SAMPLES).filter((name) => JSON.stringify(SAMPLES[name]).includes(SECRET))
    expect(leaky).toEqual(['checkov', 'gitleaks', 'kics', 'kubescape', 'sarif', 'semgrep', 'trivy'])
  })
})

describe('a wrong file', () => {
  test.each([
    ['', 'import-empty'],
    ['  \n', 'import-empty'],
    ['<testsuites/>', 'import-not-json'],
    ['INFO scanning\n{}', 'import-not-json'],
    ['{"hello": 1}', 'import-unknown-format'],
    ['[{"hello": 1}]', 'import-unknown-format'],
    ['7', 'import-unknown-format'],
    ['{"version": "1.0.0", "runs": []}', 'import-unknown-format'],
  ])('%j is said to be one', (text, code) => {
    const { findings, diagnostics } = importReport(text, options)
    expect(findings).toEqual([])
    expect(diagnostics.map((one) => [one.file, one.code])).toEqual([['report.json', code]])
  })

  test('an empty list is no finding of whatever scanner', () => {
    expect(importReport('\ufeff[]', options)).toEqual({ findings: [], diagnostics: [] })
  })
})

/** A sample with some of its parts replaced by anything. */
function spoiled(value: unknown): fc.Arbitrary<unknown> {
  const whole = fc.oneof({ weight: 1, arbitrary: fc.jsonValue() }, { weight: 14, arbitrary: parts(value) })
  return whole
}

function parts(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.tuple(...value.map((item: unknown) => spoiled(item)))
  if (typeof value !== 'object' || value === null) return fc.constant(value)
  return fc.record(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spoiled(item)])))
}

describe('garbage', () => {
  test.each(Object.entries(SAMPLES))('%s of any shape is read without an error', (name, sample) => {
    const importer = IMPORTERS.find((one) => one.name === name)
    const context = importContext(options)
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), spoiled(sample)), (data) => {
        importer?.detect(data)
        const result = importer?.read(data, context)
        for (const { file, range, title, message } of result?.findings ?? []) {
          expect(file).not.toMatch(/^\/|^$|(^|\/)\.\.(\/|$)/)
          expect(title.length * message.length).toBeGreaterThan(0)
          if (range === undefined) continue
          expect(range.start.line).toBeGreaterThanOrEqual(1)
          expect(range.end.line).toBeGreaterThanOrEqual(range.start.line)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('of any text is a diagnostic at most', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { diagnostics } = importReport(text, options)
        for (const { message } of diagnostics) expect(message).not.toBe('')
      }),
    )
  })
})
