import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditResult, Finding } from '../engine/finding.ts'
import { summarize } from '../engine/summary.ts'
import { pass, type Rule } from '../rules/rule.ts'
import type { ImportedFinding } from './importer.ts'
import { mergeImported } from './merge.ts'

function rule(id: string, more: Partial<Rule>): Rule {
  return {
    id,
    title: id,
    severity: 'high',
    severityReason: 'Because.',
    controls: ['AC-3'],
    sameAs: [],
    kind: 'terraform',
    resources: ['aws_s3_bucket'],
    messages: {},
    remediation: `Our way to mend ${id}.`,
    *check() {
      yield pass('made up')
    },
    ...more,
  }
}

const RULES = [
  rule('s3-no-public-acl', { sameAs: ['checkov:CKV_AWS_20', 'trivy:AWS-0092'] }),
  rule('s3-no-public-write-acl', { sameAs: ['checkov:CKV_AWS_57', 'trivy:AWS-0092'], severity: 'critical' }),
  rule('k8s-no-privileged', { sameAs: ['checkov:CKV_K8S_16', 'trivy:KSV-0017'], kind: 'kubernetes' }),
]

function lines(start: number, end = start): NonNullable<ImportedFinding['range']> {
  return { start: { line: start, column: 1 }, end: { line: end, column: 1 } }
}

function ours(address: string, more: Partial<Finding> = {}): Finding {
  return {
    fingerprint: `ours ${address}`,
    ruleId: 's3-no-public-acl',
    aliases: ['CKV_AWS_20', 'AVD-AWS-0092'],
    severity: 'HIGH',
    confidence: 'HIGH',
    rank: 'D',
    title: 'Private',
    message: 'Public.',
    remediation: 'Make it private.',
    resource: { kind: 'terraform', type: 'aws_s3_bucket', address, root: 'infra' },
    location: { file: 'infra/s3.tf', range: lines(3) },
    controls: ['AC-3'],
    requirements: ['pci-dss-4.0.1:1.4.4'],
    fix: { fixer: 's3-encryption', class: 'notice', title: 'Make it private', estimatedMinutes: 2 },
    status: 'open',
    sources: [{ tool: 'gp-copilot', ruleId: 's3-no-public-acl' }],
    ...more,
  }
}

function foreign(tool: string, ruleId: string, more: Partial<ImportedFinding> = {}): ImportedFinding {
  return { tool, ruleId, title: `${ruleId}.`, message: `${ruleId}!`, file: 'infra/s3.tf', aliases: [], ...more }
}

function auditOf(findings: readonly Finding[], more: Partial<AuditResult> = {}): AuditResult {
  return {
    schemaVersion: '1.0',
    tool: { name: 'gp-copilot', version: '0' },
    project: { root: '.', files: 1, resources: 1, unchecked: [] },
    summary: summarize(findings, 0),
    findings,
    passed: [],
    undecided: [],
    errors: [],
    diagnostics: [],
    ...more,
  }
}

function shown(audit: AuditResult): string[] {
  return audit.findings.map(
    ({ ruleId, location, resource, sources }) =>
      `${ruleId} ${location.file}:${location.range.start.line} ${resource.address} <- ${sources.map(({ tool, ruleId: id }) => `${tool}:${id}`).join(' ')}`,
  )
}

const OURS = 's3-no-public-acl infra/s3.tf:3 aws_s3_bucket.a <- gp-copilot:s3-no-public-acl'

describe('what one of our rules reports at that place', () => {
  test.each([
    ['by lines', foreign('trivy', 'AVD-AWS-0092', { range: lines(1, 9) })],
    ['by address', foreign('trivy', 'AVD-AWS-0092', { address: 'aws_s3_bucket.a', range: lines(7) })],
    ['by address and lines', foreign('trivy', 'AVD-AWS-0092', { address: 'aws_s3_bucket.a', range: lines(3) })],
    [
      'by address from another file of the root',
      foreign('trivy', 'AVD-AWS-0092', { address: 'aws_s3_bucket.a', file: 'infra/acl.tf' }),
    ],
  ])('gets a source %s, and keeps our fix', (_, found) => {
    const merged = mergeImported(auditOf([ours('aws_s3_bucket.a')]), RULES, [found])
    expect(shown(merged)).toEqual([`${OURS} trivy:AVD-AWS-0092`])
    expect(merged.findings[0]).toMatchObject({
      rank: 'D',
      fix: { fixer: 's3-encryption' },
      requirements: ['pci-dss-4.0.1:1.4.4'],
    })
    expect(merged.summary).toEqual(auditOf([ours('aws_s3_bucket.a')]).summary)
  })

  test('has each source once, however many reports name it', () => {
    const found = foreign('checkov', 'CKV_AWS_20', { range: lines(1, 4) })
    const merged = mergeImported(auditOf([ours('aws_s3_bucket.a')]), RULES, [
      found,
      found,
      foreign('trivy', 'AVD-AWS-0092', { range: lines(3) }),
      foreign('gp-copilot', 's3-no-public-acl', { range: lines(3) }),
    ])
    expect(shown(merged)).toEqual([`${OURS} checkov:CKV_AWS_20 trivy:AVD-AWS-0092`])
  })

  test('is not brought back by another scanner if it is suppressed or dormant', () => {
    for (const status of ['suppressed', 'dormant'] as const) {
      const merged = mergeImported(auditOf([ours('aws_s3_bucket.a', { status })]), RULES, [
        foreign('checkov', 'CKV_AWS_20', { range: lines(3) }),
      ])
      expect(merged.findings).toHaveLength(1)
      expect(merged.summary.total).toBe(0)
    }
  })

  test('is told from its neighbours on the same lines by its address, and by its root', () => {
    const twice = [ours('module.a.aws_s3_bucket.x'), ours('module.b.aws_s3_bucket.x')]
    const found = foreign('checkov', 'CKV_AWS_20', { range: lines(1, 9), address: 'module.b.aws_s3_bucket.x' })
    expect(shown(mergeImported(auditOf(twice), RULES, [found]))).toEqual([
      's3-no-public-acl infra/s3.tf:3 module.a.aws_s3_bucket.x <- gp-copilot:s3-no-public-acl',
      's3-no-public-acl infra/s3.tf:3 module.b.aws_s3_bucket.x <- gp-copilot:s3-no-public-acl checkov:CKV_AWS_20',
    ])
    const roots = ['dev', 'prod'].map((root) =>
      ours('aws_s3_bucket.a', {
        resource: { kind: 'terraform', type: 'aws_s3_bucket', address: 'aws_s3_bucket.a', root },
        location: { file: `${root}/s3.tf`, range: lines(3) },
      }),
    )
    const inProd = foreign('checkov', 'CKV_AWS_20', { address: 'aws_s3_bucket.a', file: 'prod/s3.tf' })
    expect(shown(mergeImported(auditOf(roots), RULES, [inProd])).map((line) => line.includes('checkov'))).toEqual([
      false,
      true,
    ])
  })

  test('is told from another problem of the same resource by its lines', () => {
    const two = [3, 7].map((line) =>
      ours('aws_s3_bucket.a', { fingerprint: `line ${line}`, location: { file: 'infra/s3.tf', range: lines(line) } }),
    )
    const sources = (range: ImportedFinding['range']): number[] => {
      const found = foreign('trivy', 'AVD-AWS-0092', { address: 'aws_s3_bucket.a', ...(range && { range }) })
      return mergeImported(auditOf(two), RULES, [found]).findings.map((one) => one.sources.length)
    }
    expect(sources(lines(7))).toEqual([1, 2])
    expect(sources(lines(1, 9))).toEqual([2, 2])
    expect(sources(undefined)).toEqual([2, 2])
  })

  test('may be reported where it is used', () => {
    const used = ours('aws_iam_user_policy.ci')
    const written = foreign('checkov', 'CKV_AWS_20', { address: 'aws_iam_policy_document.ci', range: lines(1, 9) })
    expect(mergeImported(auditOf([used]), RULES, [written]).findings).toHaveLength(1)
  })

  test('may stand on the companion of the same name', () => {
    const companion = ours('module.m.aws_s3_bucket_acl.logs')
    const source = (address: string): number => {
      const merged = mergeImported(auditOf([companion]), RULES, [
        foreign('checkov', 'CKV_AWS_20', { address, range: lines(20) }),
      ])
      return merged.findings.find(({ fix }) => fix !== undefined)?.sources.length ?? 0
    }
    expect(source('module.m.aws_s3_bucket.logs')).toBe(2)
    expect(source('module.m.aws_s3_bucket.other')).toBe(1)
    expect(source('module.n.aws_s3_bucket.logs')).toBe(1)
    expect(source('module.m.aws_s3_object.logs')).toBe(1)
  })

  test('is found whatever is left out of an address', () => {
    const indexed = ours('aws_s3_bucket.a["x"]')
    const bare = foreign('checkov', 'CKV_AWS_20', { address: 'aws_s3_bucket.a' })
    expect(mergeImported(auditOf([indexed]), RULES, [bare]).findings).toHaveLength(1)
    const other = foreign('checkov', 'CKV_AWS_20', { address: 'aws_s3_bucket.a["y"]' })
    expect(mergeImported(auditOf([indexed]), RULES, [other]).findings).toHaveLength(2)
    const data = ours('module.m.data.aws_iam_policy_document.ci')
    const short = foreign('checkov', 'CKV_AWS_20', { address: 'module.m.aws_iam_policy_document.ci' })
    expect(mergeImported(auditOf([data]), RULES, [short]).findings).toHaveLength(1)
    const pod = ours('Deployment//web', {
      ruleId: 'k8s-no-privileged',
      resource: { kind: 'kubernetes', type: 'Deployment', address: 'Deployment//web', root: 'k8s' },
      location: { file: 'k8s/web.yaml', range: lines(12) },
    })
    const named = foreign('checkov', 'CKV_K8S_16', { address: 'Deployment/default/web', file: 'k8s/web.yaml' })
    expect(mergeImported(auditOf([pod]), RULES, [named]).findings).toHaveLength(1)
    const derived = foreign('checkov', 'CKV_K8S_16', {
      address: 'Pod/default/web.app-web',
      file: 'k8s/web.yaml',
      range: lines(1, 30),
    })
    expect(mergeImported(auditOf([pod]), RULES, [derived]).findings).toHaveLength(1)
  })
})

describe('what we do not report', () => {
  test('stays a finding of its scanner, without a fix, with what our rule knows of it', () => {
    const passed = [{ ...ours('aws_s3_bucket.b'), location: { file: 'infra/s3.tf', range: lines(20) } }]
    const merged = mergeImported(
      auditOf([ours('aws_s3_bucket.a')], { passed }),
      RULES,
      [foreign('checkov', 'CKV_AWS_20', { address: 'aws_s3_bucket.b', aliases: ['BC_1'] })],
      { requirements: ({ id }) => [`pci:${id}`] },
    )
    expect(shown(merged)).toEqual(['checkov:CKV_AWS_20 infra/s3.tf:20 aws_s3_bucket.b <- checkov:CKV_AWS_20', OURS])
    const [imported] = merged.findings
    expect(imported).toMatchObject({
      aliases: ['CKV_AWS_20', 'BC_1', 'AVD-AWS-0092'],
      severity: 'HIGH',
      confidence: 'LOW',
      rank: 'S',
      status: 'open',
      remediation: 'Our way to mend s3-no-public-acl.',
      resource: { kind: 'terraform', type: 'aws_s3_bucket', address: 'aws_s3_bucket.b', root: 'infra' },
      controls: ['AC-3'],
      requirements: ['pci:s3-no-public-acl'],
    })
    expect(imported).not.toHaveProperty('fix')
    expect(imported?.fingerprint).toMatch(/^[0-9a-f]{32}$/)
    expect(merged.summary).toMatchObject({ HIGH: 2, total: 2, fixable: 1, byRank: { D: 1, S: 1 } })
  })

  test('knows no controls without a rule of ours, and its kind from its file', () => {
    const merged = mergeImported(auditOf([]), RULES, [
      foreign('hadolint', 'DL3008', { file: 'app/Dockerfile', severity: 'LOW', remediation: 'Pin it.' }),
      foreign('gitleaks', 'token', { file: 'a.js', secret: true }),
      foreign('checkov', 'CKV_GHA_1', { file: '.github/workflows/ci.yaml' }),
      foreign('kubescape', 'C-0057', { file: 'k8s/a.yaml', address: 'Pod/x/y' }),
      foreign('tfsec', 'AVD-GEN-0001', { file: 'x.tf' }),
      foreign('semgrep', 'express', { file: 'a.js' }),
    ])
    expect(
      merged.findings.map(({ ruleId, severity, resource: { kind, type }, controls, remediation }) =>
        [ruleId, severity, kind, type, controls.length, remediation].join(' ').trim(),
      ),
    ).toEqual([
      'gitleaks:token HIGH secret  0',
      'checkov:CKV_GHA_1 MEDIUM workflow  0',
      'kubescape:C-0057 MEDIUM kubernetes Pod 0',
      'semgrep:express MEDIUM source  0',
      'tfsec:AVD-GEN-0001 MEDIUM terraform  0',
      'hadolint:DL3008 LOW dockerfile  0 Pin it.',
    ])
  })

  test('is one finding if two scanners report it', () => {
    const merged = mergeImported(auditOf([]), RULES, [
      // One check by our rules, one by its id, and one secret whatever it is called.
      foreign('trivy', 'AVD-AWS-0092', { range: lines(3), severity: 'LOW' }),
      foreign('checkov', 'CKV_AWS_57', { range: lines(1, 9), address: 'aws_s3_bucket.a' }),
      foreign('tfsec', 'AVD-GEN-0001', { range: lines(5) }),
      foreign('trivy', 'AVD-GEN-0001', { range: lines(5) }),
      foreign('gitleaks', 'aws-key', { file: 'a.js', range: lines(7), secret: true }),
      foreign('trivy', 'aws-access-key', { file: 'a.js', range: lines(7), secret: true }),
    ])
    expect(shown(merged)).toEqual([
      'gitleaks:aws-key a.js:7 a.js <- gitleaks:aws-key trivy:aws-access-key',
      'tfsec:AVD-GEN-0001 infra/s3.tf:5 infra/s3.tf <- tfsec:AVD-GEN-0001 trivy:AVD-GEN-0001',
      'checkov:CKV_AWS_57 infra/s3.tf:1 aws_s3_bucket.a <- checkov:CKV_AWS_57 trivy:AVD-AWS-0092',
    ])
    expect(merged.findings[2]?.severity).toBe('LOW')
  })

  test('is several if one scanner reports several, though another spans them', () => {
    const merged = mergeImported(auditOf([]), RULES, [
      foreign('trivy', 'AVD-AWS-0092', { range: lines(3) }),
      foreign('trivy', 'AVD-AWS-0092', { range: lines(6) }),
      foreign('checkov', 'CKV_AWS_20', { range: lines(1, 9) }),
      foreign('kics', 'x', { range: lines(3, 5) }),
      foreign('kics', 'x', { range: lines(4, 5) }),
      foreign('trivy', 'y', { file: 'm/main.tf', range: lines(3, 5), address: 'module.a.aws_lb.x' }),
      foreign('tfsec', 'y', { file: 'm/main.tf', range: lines(3, 5), address: 'module.b.aws_lb.x' }),
      foreign('trivy', 'CVE-1', { file: 'package-lock.json', address: 'a@1' }),
      foreign('trivy', 'CVE-1', { file: 'package-lock.json', address: 'b@1' }),
      foreign('trivy', 'AVD-KSV-1', { file: 'k.yaml', message: 'container a' }),
      foreign('trivy', 'AVD-KSV-1', { file: 'k.yaml', message: 'container b' }),
    ])
    expect(merged.findings).toHaveLength(10)
    expect(new Set(merged.findings.map(({ fingerprint }) => fingerprint)).size).toBe(10)
    expect(shown(merged).filter((line) => line.includes('checkov'))).toEqual([
      'checkov:CKV_AWS_20 infra/s3.tf:1 infra/s3.tf <- checkov:CKV_AWS_20 trivy:AVD-AWS-0092',
    ])
  })
})

const anyFinding: fc.Arbitrary<ImportedFinding> = fc
  .record({
    tool: fc.constantFrom('checkov', 'trivy', 'tfsec'),
    ruleId: fc.constantFrom('CKV_AWS_20', 'CKV_AWS_57', 'AVD-AWS-0092', 'X1'),
    file: fc.constantFrom('infra/s3.tf', 'infra/b.tf'),
    line: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    length: fc.integer({ min: 0, max: 3 }),
    address: fc.constantFrom(undefined, 'aws_s3_bucket.a', 'aws_s3_bucket.b', 'aws_s3_bucket.a["x"]'),
    secret: fc.boolean(),
  })
  .map(({ line, length, address, tool, ruleId, file, secret }) =>
    foreign(tool, ruleId, {
      file,
      ...(line !== undefined && { range: lines(line, line + length) }),
      ...(address !== undefined && { address }),
      ...(secret && { secret }),
    }),
  )

describe('always', () => {
  test('our findings stay, every imported one is a source somewhere, fingerprints are unique', () => {
    const before = auditOf([ours('aws_s3_bucket.a')])
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 12 }), (imported) => {
        const { findings, summary } = mergeImported(before, RULES, imported)
        expect(findings.filter(({ fix }) => fix !== undefined).map(({ fingerprint }) => fingerprint)).toEqual([
          'ours aws_s3_bucket.a',
        ])
        expect(summary).toEqual(summarize(findings, 0))
        expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length)
        const sources = new Set(findings.flatMap((one) => one.sources.map(({ tool, ruleId }) => `${tool} ${ruleId}`)))
        for (const { tool, ruleId } of imported) expect(sources).toContain(`${tool} ${ruleId}`)
      }),
    )
  })

  test('the order and the repetition of reports do not matter', () => {
    const before = auditOf([ours('aws_s3_bucket.a')])
    const shuffled = fc
      .array(anyFinding, { maxLength: 10 })
      .chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
      )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(mergeImported(before, RULES, other)).toEqual(mergeImported(before, RULES, list))
      }),
    )
  })

  test('ten thousand are merged in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index)
    const before = auditOf(
      many.map((index) =>
        ours(`aws_s3_bucket.a${index}`, { location: { file: `m${index % 500}/s3.tf`, range: lines(index) } }),
      ),
    )
    const imported = many.map((index) =>
      foreign('checkov', 'CKV_AWS_20', { file: `m${index % 500}/s3.tf`, range: lines(index) }),
    )
    const merged = mergeImported(before, RULES, imported)
    expect(merged.findings).toHaveLength(10_000)
    expect(merged.findings.every(({ sources }) => sources.length === 2)).toBe(true)
  }, 5_000)
})
