import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit, finding, resource, verdict } from '../../compliance/audit.testkit.ts'
import { code, password, privileged, sampleAudit, sampleComply, sampleFix, sampleRun } from '../sample.testkit.ts'
import { textWidth } from '../table.ts'
import { type AuditTextOptions, renderAuditText } from './audit.ts'
import { renderComplyText } from './comply.ts'
import { renderFixText } from './fix.ts'
import { renderRulesText, renderRuleText, type RuleInfo } from './rules.ts'
import { renderValidateText } from './validate.ts'

const options: AuditTextOptions = { ...code, colour: false, width: 100, path: 'bank' }
const many = (rules: number, places: number) =>
  Array.from({ length: rules * places }, (_, index) =>
    finding(`rule-${index % rules}`, `aws_s3_bucket.b${index}`, {
      location: privileged.location,
      fingerprint: `f${index}`,
    }),
  )

describe('audit', () => {
  test('summary, rules by severity with code and caret, next steps, what was not read', () => {
    expect(renderAuditText(sampleAudit, options)).toBe(`Audited 3 files, 7 resources: 2 checks passed.
4 findings: 2 critical, 2 high; 3 fixable.
  E  1  mechanical; fixed without asking
  D  1  safe default with something to read; fixed without asking
  B  1  waits for approval: replacement, downtime, lock-out or rotation
  S  1  for a person to decide; nothing is applied
Besides: 1 undecided (their values are not known here).
Not checked, no rule for the type: google_storage_bucket (3).

CRITICAL k8s-no-privileged Containers must not be privileged (1) [E, s3-encryption]
    infrastructure/k8s/api.yaml:6:37  Pod//api
     6 |       securityContext: {privileged: true}
       |                                     ^^^^ Container api runs privileged.
CRITICAL rds-not-public RDS instance must not have a public address (1) [B, rds-security]
    infrastructure/terraform/s3.tf:7:25  aws_db_instance.ledger
     7 |   publicly_accessible = true
       |                         ^^^^ The database can be reached from the internet.
HIGH     rds-no-hardcoded-password RDS password must not be written into configurat… (1) [S, no fix]
    infrastructure/terraform/s3.tf:8:25  aws_db_instance.ledger
     8 |   password            = "••••••"
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The master password stands in the file.
HIGH     s3-no-public-acl S3 bucket ACL must not be public (1) [D, s3-encryption]
    infrastructure/terraform/s3.tf:3:12  aws_s3_bucket.statements
     3 |   acl    = "public-read"
       |            ^^^^^^^^^^^^^ ACL public-read lets anyone on the internet read this bucket.

Next:
  secops fix bank --dry-run              shows the edits as one diff and writes nothing
  secops fix bank --approve B --dry-run  also what waits for approval
  secops rules RULE-ID                   explains a rule

infrastructure/terraform/broken.tf:3:1  This block is never closed: add a }. [hcl-unclosed-block]
Not read completely (1 diagnostic): infrastructure/terraform/broken.tf
`)
  })

  test.each([
    [5, 40],
    [25, 12],
    [200, 3],
  ])('%i rules with %i places each fit a screen or two', (rules, places) => {
    const text = renderAuditText(audit({ findings: many(rules, places) }), options)
    expect(text.split('\n').length).toBeLessThanOrEqual(62)
    expect(text.split('\n').length).toBeGreaterThan(50)
    expect(text).toContain('--all')
    expect(text).toMatch(/and \d+ more/)
  })

  test('many lesser rules are named in a paragraph, so that the worst show their places', () => {
    const lesser = many(40, 2).map((one) => ({ ...one, severity: 'LOW' as const }))
    const worst = [0, 1, 2].map((n) => finding('alb-waf', `aws_lb.a${n}`, { location: privileged.location }))
    const text = renderAuditText(audit({ findings: [...lesser, ...worst] }), options)
    for (const one of worst) expect(text).toContain(`  ${one.resource.address}\n`)
    expect(text).toMatch(/^LOW {6}rule-0 \(2\), rule-1 \(2\),/m)
    for (const one of lesser) expect(text).toContain(`${one.ruleId} (2)`)
    expect(text.split('\n').length).toBeLessThanOrEqual(62)
  })

  test('many groups of the worst severity come before a lone group of the least', () => {
    const worst = many(60, 2).map((one) => ({ ...one, severity: 'CRITICAL' as const }))
    const lone = { ...finding('noted', 'a.b'), severity: 'INFO' as const }
    const text = renderAuditText(audit({ findings: [...worst, lone] }), options)
    expect(text).toMatch(/^CRITICAL rule-0 /m)
    expect(text).toContain(`${worst[0]?.resource.address}\n`)
    expect(text).toMatch(/^INFO {5}noted \(1\)$/m)
    expect(text.search(/^CRITICAL/m)).toBeLessThan(text.search(/^INFO/m))
    expect(text.split('\n').length).toBeLessThanOrEqual(62)
  })

  test('--all leaves nothing out', () => {
    const findings = many(30, 10)
    const undecided = [{ ...verdict('rule-1', 'aws_s3_bucket.u'), reason: 'var.x is unknown' }]
    const text = renderAuditText(audit({ findings, undecided }), { ...options, all: true })
    for (const one of findings) expect(text).toContain(`${one.resource.address}\n`)
    expect(text).toContain('aws_s3_bucket.u: var.x is unknown')
    expect(text).not.toContain('and 7 more')
  })

  test('groups by file and by requirement', () => {
    const byFile = renderAuditText(sampleAudit, { ...options, groupBy: 'file' })
    expect(byFile).toMatch(/^CRITICAL infrastructure\/terraform\/s3.tf \(3\)$/m)
    expect(byFile).toContain('s3.tf:7:25  rds-not-public  aws_db_instance.ledger')
    const byRequirement = renderAuditText(
      { ...sampleAudit, findings: [...sampleAudit.findings, finding('unmapped', 'a.b')] },
      { ...options, groupBy: 'requirement' },
    )
    const headings = byRequirement.split('\n').filter((line) => /^(CRITICAL|HIGH)/.test(line))
    expect(headings[0]).toBe('CRITICAL pci-dss-3.2.1:1.3.1 (2)')
    expect(headings.at(-1)).toBe('HIGH     no requirement (1)')
  })

  test('nothing audited never reads as success', () => {
    const texts = [
      audit({ project: { files: 0, resources: 0 } }),
      audit({ project: { files: 2, resources: 0 } }),
      audit({ project: { files: 2, resources: 3, unchecked: [{ type: 'google_storage_bucket', count: 3 }] } }),
    ].map((one) => renderAuditText(one, options))
    for (const text of texts) {
      expect(text).toMatch(/^Nothing was audited: /)
      expect(text).not.toMatch(/passed|No open finding/)
    }
    expect(texts[2]?.replace(/\s+/g, ' ')).toContain('(google_storage_bucket 3)')
  })

  test('a rule that crashed is named, and suppressed findings are not listed', () => {
    const text = renderAuditText(
      audit({
        findings: [finding('alb-waf', 'aws_lb.a', { status: 'suppressed' })],
        errors: [{ ruleId: 'alb-waf', resource: resource('aws_lb.b'), message: 'oops' }],
      }),
      options,
    )
    expect(text).toContain('No open finding.')
    expect(text).toContain('1 suppressed')
    expect(text).toContain('Rule alb-waf failed inside at aws_lb.b, which counts as undecided: oops')
    expect(text).not.toContain('aws_lb.a')
  })

  test('without the file the message stands alone; a long line is cut around its mark', () => {
    expect(renderAuditText(sampleAudit, { ...options, sources: () => undefined })).toContain(
      '      The database can be reached from the internet.',
    )
    const line = `${'x'.repeat(300)}MARK${'y'.repeat(300)}`
    const location = { file: 'a.tf', range: { start: { line: 1, column: 301 }, end: { line: 1, column: 305 } } }
    const text = renderAuditText(audit({ findings: [{ ...password, location }] }), { ...options, sources: () => line })
    expect(text).toContain('MARK')
    const [codeLine = '', caretLine = ''] = text.split('\n').filter((one) => / \| /.test(one))
    expect(textWidth(codeLine)).toBeLessThanOrEqual(options.width)
    expect(caretLine.indexOf('^')).toBe(codeLine.indexOf('MARK'))
  })

  test('colour changes nothing but colour', () => {
    const uncoloured = renderAuditText(sampleAudit, { ...options, colour: true }).replace(/\u001b\[\d+m/g, '')
    expect(uncoloured).toBe(renderAuditText(sampleAudit, options))
  })

  test('hostile names move nothing on the terminal', () => {
    const hostile = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, c) => {
        const one = finding(a, b, {
          message: c,
          title: a,
          location: { file: b, range: verdict('', '').location.range },
          requirements: [c],
        })
        for (const groupBy of ['rule', 'file', 'requirement'] as const) {
          const text = renderAuditText(
            audit({
              findings: [one],
              undecided: [{ ...verdict(a, b), reason: c }],
              errors: [{ ruleId: a, resource: one.resource, message: b }],
              diagnostics: [{ file: a, code: b, message: c }],
              project: { unchecked: [{ type: c, count: 1 }] },
            }),
            { ...options, path: a, all: true, groupBy, sources: () => `${a}${b}${c}` },
          )
          expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('fix', () => {
  test('what was fixed, what is held and why, what comes next', () => {
    const text = renderFixText(sampleFix, options)
    expect(text).toMatch(/^Fixed 2 findings in 2 files; 1 held for approval, 1 not fixed.$/m)
    expect(text).toContain('Undo: secops rollback 20261121T120000Z-abcd --path bank')
    expect(text).toContain('Needs values.adminCidrs: Which networks administer the database?')
    expect(text).toContain('infrastructure/terraform/logs.tf (new)')
    expect(text.indexOf('Values still needed')).toBeLessThan(text.indexOf('Prove it'))
    expect(text).not.toContain('maintenance window')
    expect(renderFixText(sampleFix, { ...options, all: true })).toContain('maintenance window')
  })

  test('a dry run says that it wrote nothing, and nothing to fix is no success story', () => {
    const dry = renderFixText({ ...sampleFix, dryRun: true, runId: '' }, options)
    expect(dry).toContain('Would fix 2 findings in 2 files; 1 held for approval, 1 not fixed. Nothing was written.')
    expect(dry).not.toContain('rollback')
    expect(renderFixText({ ...sampleFix, applied: [], files: [] }, options)).toMatch(
      /^Nothing to fix: 1 held for approval, 1 not fixed\.$/m,
    )
  })

  test('long lists are cut', () => {
    const refused = Array.from({ length: 30 }, () => sampleFix.refused).flat()
    expect(renderFixText({ ...sampleFix, refused }, options)).toContain('and 22 more (--all)')
  })
})

test('validate puts new findings first and scores side by side', () => {
  const text = renderValidateText({ ...sampleRun.validate, new: [privileged] }, options)
  expect(text).toContain('2 fixed, 2 remaining, 1 new.')
  expect(text.indexOf('New (1)')).toBeLessThan(text.indexOf('Remaining (2)'))
  expect(text).toMatch(/pci-dss-3\.2\.1 +6% -> 6% +15% -> 15% +29% -> 29%/)
})

test('comply shows the three scores, every requirement qualified, and the label of the money', () => {
  const [first, second] = sampleComply.map((result) => renderComplyText(result, options))
  expect(first).toMatch(/strict +6% .*\n +progress +15% .*\n +coverage +29% /)
  expect(first).toMatch(/^FAIL +pci-dss-3\.2\.1:8\.2\.1 /m)
  expect(first).toContain("The project's own figures, from gap analysis.")
  expect(second).toContain('an estimate, not an assessment')
  expect(first).not.toMatch(/(?<![\d.:])8\.2\.1/)
})

test('comply shows what does not count and what each step of the plan would bring', () => {
  const [result] = sampleComply
  if (result === undefined) throw new Error('no sample')
  const text = renderComplyText(
    {
      ...result,
      notCounted: [
        { kind: 'attestation', subject: 'pci-dss-3.2.1:11.3', owner: 'ciso', reason: 'it expired on 2026-01-01' },
      ],
      projection: [
        {
          step: 1,
          fixer: 's3-encryption',
          approve: 'B',
          scores: { strict: 0.5, progress: 0.996, coverage: 0.001 },
          minutes: 20,
          needs: [{ key: 'values.logBucket', question: 'Which?' }],
        },
      ],
    },
    { ...options, all: true },
  )
  expect(text).toContain('- attestation pci-dss-3.2.1:11.3 by ciso: it expired on 2026-01-01')
  expect(text).toMatch(
    /1 +s3-encryption +approve B +strict 50%, progress 99%, coverage 1% +20 min +needs values.logBucket/,
  )
  expect(text).toContain('failed     rds-not-public  aws_db_instance.ledger  infrastructure/terraform/s3.tf:7')
})

const RULE: RuleInfo = {
  id: 's3-no-public-acl',
  title: 'S3 bucket ACL must not be public',
  severity: 'HIGH',
  severityReason: 'Anyone can read what the bucket holds.',
  confidence: 'HIGH',
  version: '1',
  controls: ['AC-3'],
  aliases: ['CKV_AWS_20'],
  resources: ['aws_s3_bucket'],
  remediation: 'Make the ACL private.',
  requirements: ['pci-dss-4.0.1:1.4.4'],
}

test('rules are listed, and one is explained', () => {
  expect(renderRulesText([RULE], options)).toBe(
    'HIGH  s3-no-public-acl  S3 bucket ACL must not be public\n\n1 rule. secops rules RULE-ID explains one.\n',
  )
  const text = renderRuleText(RULE, options)
  for (const part of ['Anyone can read', 'Make the ACL private.', 'CKV_AWS_20', 'AC-3', 'pci-dss-4.0.1:1.4.4']) {
    expect(text).toContain(part)
  }
})
