import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AS_OF, copySecurebank, type Files, makeProject, secops, secopsJson, snapshot, writeFiles } from './harness.ts'
import { BROKEN_TF, OTHER_CLOUD, PRIVILEGED_POD, PUBLIC_BUCKET, SMALL_PROJECT } from './samples.ts'
import { AUDIT, type AuditJson, FIX } from './shapes.ts'

function audit(project: string, ...args: readonly string[]): AuditJson {
  return AUDIT.parse(secopsJson(['audit', project, ...AS_OF, ...args]))
}

function ruleIds({ findings }: AuditJson): string[] {
  return [...new Set(findings.map(({ ruleId }) => ruleId))].sort()
}

/** What the contract says of any audit, whatever the project. */
function expectConsistent(result: AuditJson, project: string): void {
  const open = result.findings.filter(({ status }) => status === 'open')
  const { summary } = result
  expect(summary.total).toBe(open.length)
  for (const severity of ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'] as const) {
    expect(summary[severity], severity).toBe(open.filter((one) => one.severity === severity).length)
  }
  for (const rank of ['E', 'D', 'C', 'B', 'S'] as const) {
    expect(summary.byRank[rank], rank).toBe(open.filter((one) => one.rank === rank).length)
  }
  const byRank = Object.values(summary.byRank).reduce((sum, count) => sum + count, 0)
  expect(byRank).toBe(summary.total)
  expect(summary.undecided).toBe(result.undecided.length)
  expect(summary.suppressed).toBe(result.findings.filter(({ status }) => status === 'suppressed').length)
  expect(summary.dormant).toBe(result.findings.filter(({ status }) => status === 'dormant').length)
  expect(summary.fixable).toBe(open.filter(({ fix }) => fix !== undefined).length)
  expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length)
  expect(JSON.stringify(result)).not.toContain(project)
  for (const { location, rank, fix } of result.findings) {
    expectInside(location, project)
    const classes = { E: 'automatic', D: 'notice', C: 'approval', B: 'approval', S: 'advice' }
    if (fix !== undefined) expect(fix.class).toBe(classes[rank])
  }
  for (const { location } of [...(result.passed ?? []), ...result.undecided]) expectInside(location, project)
}

function expectInside({ file, range }: AuditJson['findings'][number]['location'], project: string): void {
  const lines = readFileSync(join(project, file), 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  for (const { line, column } of [range.start, range.end]) {
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
  }
  const width =
    range.end.line === range.start.line ? range.end.column - range.start.column : range.end.line - range.start.line
  expect(width).toBeGreaterThanOrEqual(0)
}

describe('findings JSON', () => {
  test('has the shape of the contract, keys in any case, and agrees with itself on securebank', () => {
    const project = copySecurebank()
    const result = audit(project, '--include-passed')
    expectConsistent(result, project)
    expect(result.summary.total).toBeGreaterThan(50)
    expect(result.passed?.length).toBeGreaterThan(50)
    expect(result.errors).toEqual([])
    expect(result.diagnostics).toEqual([])
    expect(audit(project).passed).toBeUndefined()
  })

  test('places a finding at its line and column, in UTF-16 units', () => {
    const project = makeProject({ 'a/main.tf': `/* 😀é */ ${PUBLIC_BUCKET}` })
    const [finding] = audit(project, '--rule', 's3-no-public-acl').findings
    expect(finding).toMatchObject({
      ruleId: 's3-no-public-acl',
      severity: 'HIGH',
      status: 'open',
      resource: { kind: 'terraform', type: 'aws_s3_bucket', address: 'aws_s3_bucket.logs', root: 'a' },
      location: { file: 'a/main.tf', range: { start: { line: 3, column: 12 }, end: { line: 3, column: 25 } } },
    })
    expect(finding?.aliases).toContain('CKV_AWS_20')
    expect(finding?.requirements).toContain('pci-dss-4.0.1:1.4.4')
    const emoji = makeProject({
      'main.tf': 'resource "aws_s3_bucket" "b" { bucket = /* 😀 */ "b", acl = "public-read" }\n',
    })
    expect(audit(emoji).diagnostics.length).toBeGreaterThan(0)
    const inline = makeProject({ 'main.tf': 'resource "aws_s3_bucket" "b" { acl = /* 😀 */ "public-read" }\n' })
    expect(audit(inline, '--rule', 's3-no-public-acl').findings[0]?.location.range).toEqual({
      start: { line: 1, column: 47 },
      end: { line: 1, column: 60 },
    })
  })

  test('addresses are unique within a root and a type, expanded when count and for_each are known', () => {
    const project = makeProject({
      'main.tf': `
variable "n" {}
resource "aws_s3_bucket" "each" {
  for_each = toset(["a", "b"])
  bucket   = each.key
  acl      = "public-read"
}
resource "aws_s3_bucket" "counted" {
  count = 2
  acl   = "public-read"
}
resource "aws_s3_bucket" "unknown" {
  count = var.n
  acl   = "public-read"
}
module "one" {
  source = "./mod"
}
module "two" {
  source = "./mod"
}
`,
      'mod/main.tf': 'resource "aws_s3_bucket" "inner" {\n  acl = "public-read"\n}\n',
      'other/main.tf': PUBLIC_BUCKET,
    })
    const found = audit(project, '--rule', 's3-no-public-acl').findings
    expect(found.map(({ resource }) => `${resource.root}|${resource.address}`).sort()).toEqual(
      [
        'other|aws_s3_bucket.logs',
        '.|aws_s3_bucket.counted[0]',
        '.|aws_s3_bucket.counted[1]',
        '.|aws_s3_bucket.each["a"]',
        '.|aws_s3_bucket.each["b"]',
        '.|aws_s3_bucket.unknown',
        '.|module.one.aws_s3_bucket.inner',
        '.|module.two.aws_s3_bucket.inner',
      ].sort(),
    )
  })

  test('Kubernetes addresses are Kind/namespace/name, the namespace empty when absent', () => {
    const bare = PRIVILEGED_POD.replace(', namespace: shop', '')
    const project = makeProject({ 'a.yaml': PRIVILEGED_POD, 'b.yaml': bare.replace('name: web}', 'name: bare}') })
    const addresses = audit(project, '--rule', 'k8s-no-privileged').findings.map(({ resource }) => resource.address)
    expect(addresses.sort()).toEqual(['Pod//bare', 'Pod/shop/web'])
  })

  test('a fingerprint holds no path and no line: it survives moving and shifting the resource', () => {
    const before = audit(makeProject({ 'main.tf': PUBLIC_BUCKET }), '--rule', 's3-no-public-acl').findings[0]
    const after = audit(makeProject({ 'renamed.tf': `# moved\n\n${PUBLIC_BUCKET}` }), '--rule', 's3-no-public-acl')
      .findings[0]
    expect(after?.fingerprint).toBe(before?.fingerprint)
    expect(after?.location.file).toBe('renamed.tf')
  })

  test('a rule is named by its id or an alias in any spelling', () => {
    const project = makeProject(SMALL_PROJECT)
    const names = [
      's3-no-public-acl',
      'CKV_AWS_20',
      'ckv_aws_20',
      'AVD-AWS-0092',
      'aws-0092',
      'checkov:CKV_AWS_20',
      'trivy:AWS-0092',
    ]
    for (const name of names) expect(ruleIds(audit(project, '--rule', name)), name).toEqual(['s3-no-public-acl'])
    expect(ruleIds(audit(project, '--rule', 'CKV_AWS_20', '--rule', 'k8s-no-privileged'))).toEqual([
      'k8s-no-privileged',
      's3-no-public-acl',
    ])
  })

  test('an exception takes a finding out of the summary with its reason, until it expires', () => {
    const exception =
      '- {target: aws_s3_bucket.logs, rule: CKV_AWS_20, reason: the public logo, owner: a@b.example, expires: 2027-01-31}\n'
    const project = makeProject({ 'main.tf': PUBLIC_BUCKET, 'exceptions/x.yaml': exception })
    const result = audit(project, '--rule', 's3-no-public-acl')
    expectConsistent(result, project)
    expect(result.findings.map(({ status, suppression }) => ({ status, suppression }))).toEqual([
      { status: 'suppressed', suppression: { reason: 'the public logo', owner: 'a@b.example', expires: '2027-01-31' } },
    ])
    expect(secops(['audit', project, '--rule', 's3-no-public-acl', ...AS_OF]).status).toBe(0)
    expect(secops(['audit', project, '--rule', 's3-no-public-acl', '--as-of', '2027-02-01']).status).toBe(1)
  })
})

describe('the same input gives the same bytes', () => {
  test('twice, from another folder, from SOURCE_DATE_EPOCH, and whatever the order the files were made in', () => {
    const entries = Object.entries({
      ...SMALL_PROJECT,
      'infra/z.tf': OTHER_CLOUD.replace('other', 'z'),
      'k8s/a.yaml': PRIVILEGED_POD,
    })
    const one = makeProject(Object.fromEntries(entries))
    const two = makeProject(Object.fromEntries(entries.toReversed()))
    for (const format of ['json', 'sarif', 'markdown']) {
      const first = secops(['audit', one, '--format', format, ...AS_OF]).stdout
      expect(secops(['audit', one, '--format', format, ...AS_OF]).stdout).toBe(first)
      expect(secops(['audit', two, '--format', format, ...AS_OF]).stdout, format).toBe(first)
      expect(
        secops(['audit', '.', '--format', format], { cwd: one, env: { SOURCE_DATE_EPOCH: '1795219200' } }).stdout,
      ).toBe(first)
    }
    expect(new Date(1_795_219_200_000).toISOString()).toBe('2026-11-21T00:00:00.000Z')
  })

  test('run ids follow --as-of too', () => {
    const ids = [1, 2].map(() => FIX.parse(secopsJson(['fix', makeProject(SMALL_PROJECT), ...AS_OF])).runId)
    expect(ids[0]).toMatch(/^20261121T000000Z-[0-9a-f]{8}$/)
    expect(ids[1]).toBe(ids[0])
  })
})

describe('state', () => {
  test('.secops holds the findings that were printed, and is ignored by git as a whole', () => {
    const project = makeProject(SMALL_PROJECT, { git: true })
    const before = snapshot(project)
    const printed = secops(['audit', project, '--format', 'json', ...AS_OF]).stdout
    expect(readFileSync(join(project, '.secops/aggregate-findings.json'), 'utf8')).toBe(printed)
    expect(readFileSync(join(project, '.secops/.gitignore'), 'utf8').trim()).toBe('*')
    expect(snapshot(project)).toEqual(before)
  })

  test('is written in another format too, and not replaced by the answer to a narrower question', () => {
    const project = makeProject(SMALL_PROJECT)
    secops(['audit', project, ...AS_OF])
    secops(['audit', project, '--rule', 's3-no-public-acl', ...AS_OF])
    secops(['audit', join(project, 'infra/gcp.tf'), ...AS_OF])
    const saved = AUDIT.parse(JSON.parse(readFileSync(join(project, '.secops/aggregate-findings.json'), 'utf8')))
    expect(saved).toEqual(audit(project))
  })
})

describe('a file that cannot be parsed', () => {
  const files: Files = { ...SMALL_PROJECT, 'infra/broken.tf': BROKEN_TF, 'k8s/broken.yaml': 'a: [1, 2\nb: }\n' }

  test('is a diagnostic in the last line, and never stops the rest', () => {
    const project = makeProject(files)
    const { stdout, status } = secops(['audit', project, '--fail-on', 'none', ...AS_OF])
    expect(status).toBe(0)
    const last = stdout.trimEnd().split('\n').at(-1)
    expect(last).toContain('infra/broken.tf')
    expect(last).toContain('k8s/broken.yaml')
    const result = audit(project)
    expect([...new Set(result.diagnostics.map(({ file }) => file))].sort()).toEqual([
      'infra/broken.tf',
      'k8s/broken.yaml',
    ])
    expect(ruleIds(result)).toEqual(expect.arrayContaining(['s3-no-public-acl', 'k8s-no-privileged']))
  })

  test('ends with 1 under --strict only', () => {
    const project = makeProject(files)
    expect(secops(['audit', project, '--fail-on', 'none', '--strict']).status).toBe(1)
    expect(secops(['audit', makeProject(SMALL_PROJECT), '--fail-on', 'none', '--strict']).status).toBe(0)
  })

  test('is named in every format', () => {
    const project = makeProject(files)
    for (const format of ['text', 'json', 'sarif', 'markdown', 'html']) {
      expect(secops(['audit', project, '--format', format]).stdout, format).toContain('infra/broken.tf')
    }
  })

  test('is never written to', () => {
    const pod = PRIVILEGED_POD.replace('name: web, namespace', 'name: half, namespace')
    const project = makeProject({
      'ok.yaml': PRIVILEGED_POD,
      'half.yaml': `${pod}---\nkind: [\n`,
      'x.tf': `${PUBLIC_BUCKET}resource "a" {\n`,
    })
    const before = snapshot(project)
    secops(['fix', project, '--approve', 'B', ...AS_OF])
    const after = snapshot(project)
    expect(after['ok.yaml']).not.toBe(before['ok.yaml'])
    expect(after['half.yaml']).toBe(before['half.yaml'])
    expect(after['x.tf']).toBe(before['x.tf'])
  })

  test.each([
    ['not UTF-8', Uint8Array.of(0x72, 0xff, 0xfe, 0x00)],
    ['empty', ''],
    ['only a BOM', '\uFEFF'],
    ['only NUL bytes', '\0\0\0'],
    ['deep nesting', `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['a very long line', `a = "${'x'.repeat(300_000)}"\n`],
  ])('%s in a .tf, .yaml, .json and Dockerfile ends in order', (_what, content) => {
    const project = makeProject({
      'a.tf': content,
      'b.yaml': content,
      'c.tf.json': content,
      Dockerfile: content,
      'ok.tf': PUBLIC_BUCKET,
    })
    const { status, stderr } = secops(['audit', project])
    expect(stderr).toBe('')
    expect(status).toBe(1)
  })
})

describe('what is not checked', () => {
  test('is counted and named in every format', () => {
    const project = makeProject(SMALL_PROJECT)
    expect(audit(project).project.unchecked).toEqual([{ type: 'google_storage_bucket', count: 1 }])
    for (const format of ['text', 'json', 'sarif', 'html']) {
      expect(secops(['audit', project, '--format', format]).stdout, format).toContain('google_storage_bucket')
    }
    // Markdown escapes the underscores.
    expect(secops(['audit', project, '--format', 'markdown']).stdout.replaceAll('\\', '')).toContain(
      'google_storage_bucket',
    )
  })

  const empty: readonly (readonly [string, Files])[] = [
    ['an empty folder', {}],
    ['files of no kind that it reads', { 'notes.txt': 'hello\n', 'data.json': '{"a": 1}\n' }],
    ['resources without any rule', { 'main.tf': OTHER_CLOUD }],
    ['only ignored files', { '.gitignore': '*.tf\n', 'main.tf': PUBLIC_BUCKET }],
  ]
  test.each(empty)('%s never prints as success', (_what, files) => {
    const project = makeProject(files)
    expect(audit(project).summary.total).toBe(0)
    for (const format of ['text', 'markdown', 'html']) {
      expect(secops(['audit', project, '--format', format]).stdout, format).toContain('Nothing was audited')
    }
    const sarif = secops(['audit', project, '--format', 'sarif']).stdout
    expect(sarif).toMatch(/[Nn]othing was audited|No rule is for/)
    for (const command of ['fix', 'run']) {
      expect(secops([command, project, ...AS_OF]).stdout, command).toMatch(/[Nn]othing was audited/)
    }
  })

  test('an undecided check is said in text and does not count as passed', () => {
    const project = makeProject({
      'main.tf': 'variable "acl" {}\nresource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n',
    })
    const result = audit(project, '--rule', 's3-no-public-acl', '--include-passed')
    expect(result.passed).toEqual([])
    expect(result.undecided).toEqual([
      expect.objectContaining({ ruleId: 's3-no-public-acl', reason: expect.stringContaining('var.acl') }),
    ])
    expect(secops(['audit', project, '--rule', 's3-no-public-acl']).stdout).toMatch(/1 undecided|undecided/)
  })
})

describe('text', () => {
  test('fits a screen or two', () => {
    const { stdout } = secops(['audit', copySecurebank(), ...AS_OF])
    expect(stdout.split('\n').length).toBeLessThanOrEqual(70)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  })

  test('--all shows every place, grouped by file and requirement too', () => {
    const project = copySecurebank()
    const { findings } = audit(project)
    const all = secops(['audit', project, '--all', ...AS_OF]).stdout
    const byFile = secops(['audit', project, '--all', '--group-by', 'file', ...AS_OF]).stdout
    for (const { location, status } of findings) {
      if (status !== 'open') continue
      const { line, column } = location.range.start
      expect(all).toContain(`${location.file}:${line}:${column}`)
      expect(byFile).toContain(location.file)
    }
    expect(secops(['audit', project, '--group-by', 'requirement', ...AS_OF]).stdout).toContain('pci-dss-4.0.1:')
  })
})

test('a folder that vanishes or a file that becomes a folder ends in one line, not a crash', () => {
  const project = makeProject(SMALL_PROJECT)
  rmSync(join(project, 'k8s/pod.yaml'))
  mkdirSync(join(project, 'k8s/pod.yaml'))
  writeFiles(project, { 'k8s/pod.yaml/x.yaml': PRIVILEGED_POD })
  expect(audit(project, '--rule', 'k8s-no-privileged').findings[0]?.location.file).toBe('k8s/pod.yaml/x.yaml')
})
