import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit, finding, verdict } from '../../compliance/audit.testkit.ts'
import { sampleAudit, sampleComply, sampleFix, sampleRun } from '../sample.testkit.ts'
import { renderAuditMarkdown } from './audit.ts'
import { renderComplyMarkdown } from './comply.ts'
import { renderFixMarkdown } from './fix.ts'
import { renderRunMarkdown, renderValidateMarkdown } from './run.ts'

describe('Markdown', () => {
  test('of an audit has the findings with their places, and what is not covered', () => {
    const text = renderAuditMarkdown(sampleAudit)
    expect(text).toMatch(/^# Audit\n\n4 open findings \(2 critical, 2 high\) in 3 files and 7 resources: 3 fixable/)
    expect(text).toContain(
      '### CRITICAL: RDS instance must not have a public address (1)\n\n`rds-not-public`. Mend it.',
    )
    expect(text).toContain(
      '- `infrastructure/terraform/s3.tf:7:25` `aws_db_instance.ledger`: The database can be reached',
    )
    expect(text).toContain('## Not covered\n\n- No rule for the type: google\\_storage\\_bucket (3)')
    expect(text).toContain('`infrastructure/terraform/broken.tf:3:1`: This block is never closed')
  })

  test('of nothing says so', () => {
    expect(renderAuditMarkdown(audit({ project: { files: 0, resources: 0 } }))).toContain('Nothing was audited')
  })

  test('of a fix has the held list with runbook, and the diff', () => {
    const text = renderFixMarkdown(sampleFix)
    expect(text).toContain('| E | Mend it (`s3-encryption`) | `Pod//api` | `infrastructure/k8s/api.yaml` |')
    expect(text).toContain('- Needs `values.adminCidrs`: Which networks administer the database?')
    expect(text).toContain('```\n1. Find who connects from outside.')
    expect(text).toContain('```diff\n--- a/infrastructure/terraform/s3.tf')
  })

  test('of compliance has scores, statuses and the money with its label', () => {
    const text = renderComplyMarkdown(sampleComply)
    expect(text).toContain('| **strict** | 6% | 1 of 17 applicable requirements in place (PASS or ATTESTED) |')
    expect(text).toContain('| **FAIL** | `pci-dss-3.2.1:8.2.1` | Credentials are unreadable')
    expect(text).toContain('an estimate, not an assessment')
  })

  test('of a run has all parts once', () => {
    const text = renderRunMarkdown(sampleRun)
    const headings = text.split('\n').filter((line) => /^#{1,2} /.test(line))
    expect(headings).toEqual([
      '# Security and compliance report',
      '## Before and after',
      '## PCI DSS 3.2.1 (17 requirements), as of 2026-06-01',
      '## PCI DSS 4.0.1, as of 2026-06-01',
      '## Fixes',
      '## What is left',
    ])
    expect(renderValidateMarkdown(sampleRun.validate)).toContain(
      '| `pci-dss-3.2.1` | 6% → 6% | 15% → 15% | 29% → 29% |',
    )
  })

  test('hostile names make no HTML, no heading and no row of their own', () => {
    const hostile = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, c) => {
        const one = finding(a, b, {
          title: c,
          message: a,
          remediation: b,
          location: { file: c, range: verdict('', '').location.range },
        })
        const text = renderAuditMarkdown(audit({ findings: [one], diagnostics: [{ file: a, code: b, message: c }] }))
        const outside = text.replace(/(`+)[^\n]*?[^`\n]\1(?!`)/g, '')
        expect(outside).not.toMatch(/<[a-z!/]/i)
        expect(text.split('\n').filter((line) => /^#{1,6} /.test(line)).length).toBe(5)
      }),
      { numRuns: 100 },
    )
  })
})
