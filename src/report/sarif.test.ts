import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { audit, finding, resource, verdict } from '../compliance/audit.testkit.ts'
import { renderSarif, type SarifOptions } from './sarif.ts'

const options: SarifOptions = { uriPrefix: '', rules: [] }

/** The schema is draft-04, of which it uses nothing that draft-07 reads differently but the name of `$id`. */
function schemaValidator(): ValidateFunction {
  const text = readFileSync('test/schemas/sarif-schema-2.1.0.json', 'utf8')
  const { $schema: _, id, ...rest } = z.looseObject({ $schema: z.string(), id: z.string() }).parse(JSON.parse(text))
  const ajv = new Ajv({ strict: false, allErrors: true })
  formats.default(ajv)
  return ajv.compile({ ...rest, $id: id })
}

const validate = schemaValidator()

function parsed(text: string) {
  const log: unknown = JSON.parse(text)
  const valid = validate(log)
  expect(validate.errors).toBe(null)
  expect(valid).toBe(true)
  return log
}

const range = { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } }

describe('SARIF', () => {
  test('of everything an audit can hold is valid', () => {
    const findings = [
      finding('s3-no-public-acl', 'aws_s3_bucket.a', { severity: 'CRITICAL', controls: ['AC-3'] }),
      finding('s3-no-public-acl', 'aws_s3_bucket.b', { status: 'suppressed', suppression: { reason: 'Public site' } }),
      finding('s3-no-public-acl', 'aws_s3_bucket.c', {
        status: 'suppressed',
        suppression: { reason: 'Public site', owner: 'web', expires: '2027-01-01' },
      }),
      finding('alb-waf', 'aws_lb.a', { status: 'dormant', severity: 'INFO' }),
    ]
    const edits = new Map([
      [
        's3-no-public-acl/aws_s3_bucket.a',
        [
          { file: 'main.tf', range, text: '"private"' },
          { file: 'other.tf', range, text: '' },
        ],
      ],
    ])
    const { text, warnings } = renderSarif(
      audit({
        findings,
        passed: [verdict('alb-waf', 'aws_lb.b')],
        undecided: [{ ...verdict('alb-waf', 'aws_lb.c'), reason: 'var.arn is unknown' }],
        errors: [{ ruleId: 'alb-waf', resource: resource('aws_lb.d'), message: 'oops' }],
        diagnostics: [
          { file: 'b.tf', range, code: 'hcl-unclosed-block', message: 'Close it.' },
          { file: 'c.tf', code: 'x', message: 'y' },
        ],
        project: { unchecked: [{ type: 'google_storage_bucket', count: 3 }] },
      }),
      { ...options, edits, includePassed: true },
    )
    expect(warnings).toEqual([])
    const log = parsed(text)
    expect(log).toMatchObject({
      runs: [
        {
          columnKind: 'utf16CodeUnits',
          invocations: [{ executionSuccessful: false }],
          tool: {
            driver: {
              rules: [{ id: 's3-no-public-acl', properties: { 'security-severity': '9.5' } }, { id: 'alb-waf' }],
            },
          },
          results: [
            {
              kind: 'fail',
              level: 'error',
              ruleIndex: 0,
              partialFingerprints: { primaryLocationLineHash: 's3-no-public-acl/aws_s3_bucket.a' },
              fixes: [
                {
                  artifactChanges: [
                    {
                      artifactLocation: { uri: 'main.tf' },
                      replacements: [
                        {
                          deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
                          insertedContent: { text: '"private"' },
                        },
                      ],
                    },
                    { artifactLocation: { uri: 'other.tf' } },
                  ],
                },
              ],
            },
            { suppressions: [{ kind: 'inSource', justification: 'Public site' }] },
            { suppressions: [{ kind: 'external', justification: 'Public site (web, until 2027-01-01)' }] },
            { kind: 'notApplicable', level: 'none', ruleIndex: 1 },
            { kind: 'review', level: 'none', message: { text: 'Undecided: var.arn is unknown' } },
            { kind: 'pass', level: 'none' },
          ],
        },
      ],
    })
  })

  test('the schema does reject what is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false)
  })

  test('of nothing is valid', () => {
    parsed(renderSarif(audit({}), options).text)
  })

  test('describes a rule with its help', () => {
    const rule = {
      id: 'alb-waf',
      title: 'A firewall is attached',
      severity: 'HIGH' as const,
      severityReason: 'Attacks arrive unfiltered.',
      confidence: 'MEDIUM' as const,
      version: '2',
      controls: ['SC-7'],
      aliases: ['CKV2_AWS_28'],
      resources: ['aws_lb'],
      remediation: 'Attach one.',
      requirements: ['pci-dss-3.2.1:6.6'],
    }
    const { text } = renderSarif(audit({ findings: [finding('alb-waf', 'aws_lb.a')] }), { ...options, rules: [rule] })
    expect(parsed(text)).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: [
                {
                  shortDescription: { text: 'A firewall is attached' },
                  help: { text: 'Attach one.' },
                  properties: { precision: 'medium', tags: ['security', 'SC-7', 'pci-dss-3.2.1:6.6', 'CKV2_AWS_28'] },
                },
              ],
            },
          },
        },
      ],
    })
  })

  test('names files from the git top level, percent-encoded', () => {
    const location = { file: 'modules/a b/ü#1%.tf', range }
    const { text } = renderSarif(audit({ findings: [finding('alb-waf', 'aws_lb.a', { location })] }), {
      ...options,
      uriPrefix: 'apps/pay ments/',
    })
    expect(text).toContain('"uri": "apps/pay%20ments/modules/a%20b/%C3%BC%231%25.tf"')
    parsed(text)
  })

  test('is valid for hostile names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (file, address) => {
        const location = { file: `${file}\ud800`, range }
        parsed(renderSarif(audit({ findings: [finding('alb-waf', address, { location })] }), options).text)
      }),
      { numRuns: 50 },
    )
  })

  test('warns above 5,000 results', () => {
    const findings = Array.from({ length: 5_001 }, (_, index) => finding('alb-waf', `aws_lb.a${index}`))
    expect(renderSarif(audit({ findings: findings.slice(1) }), options).warnings).toEqual([])
    expect(renderSarif(audit({ findings }), options).warnings).toEqual([expect.stringContaining('5001 results')])
  })
})
