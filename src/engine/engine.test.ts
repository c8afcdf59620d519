import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defineRule, notApplicable, pass, type Rule, undecided } from '../rules/rule.ts'
import { auditProject } from '../testing/project.ts'
import { namesRule, printedAlias } from './aliases.ts'
import { fillMessage } from './audit.ts'
import { matchesGlob } from './exceptions.ts'

/** Complains of every bucket whose acl is public; the other outcomes are for tests. */
const publicAcl: Rule = defineRule({
  id: 'test-public-acl',
  title: 'No public ACL',
  severity: 'high',
  severityReason: 'A test.',
  controls: ['AC-3'],
  sameAs: ['checkov:CKV_AWS_20', 'trivy:AWS-0092'],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: { publicAcl: 'ACL {acl} is public.' },
  remediation: 'Make it private.',
  *check(bucket) {
    const acl = bucket.get('acl')
    const value = acl.string()
    if (value.kind === 'absent') return
    if (value.kind === 'unknown') {
      if (bucket.get('excused').bool().kind === 'known') yield pass('excused')
      else if (bucket.get('undecided').isSet() === 'yes') yield undecided(acl)
      return
    }
    if (value.value === 'crash') throw new Error('boom')
    if (value.value === 'none') yield notApplicable('no ACL')
    if (value.value.startsWith('public')) yield { at: acl, message: 'publicAcl', data: { acl: value.value } }
  },
})

const audit = (text: string, rules: readonly Rule[] = [publicAcl]) =>
  auditProject({ files: { 'main.tf': text }, rules }).result

describe('an audit', () => {
  test('finds with place, message and aliases in their printed spelling', () => {
    const { findings, summary } = audit('resource "aws_s3_bucket" "a" {\n  acl = "public-read"\n}\n')
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      ruleId: 'test-public-acl',
      aliases: ['CKV_AWS_20', 'AVD-AWS-0092'],
      severity: 'HIGH',
      rank: 'S',
      message: 'ACL public-read is public.',
      resource: { kind: 'terraform', type: 'aws_s3_bucket', address: 'aws_s3_bucket.a', root: '.' },
      location: { file: 'main.tf', range: { start: { line: 2, column: 9 }, end: { line: 2, column: 22 } } },
      status: 'open',
    })
    expect(summary).toMatchObject({ HIGH: 1, total: 1, fixable: 0, byRank: { S: 1 } })
  })

  test('silence after an unknown is undecided, never a pass', () => {
    const result = audit('variable "acl" {}\nresource "aws_s3_bucket" "a" {\n  acl = var.acl\n}\n')
    expect(result.passed).toEqual([])
    expect(result.undecided.map(({ reason }) => reason)).toEqual([expect.stringContaining('var.acl')])
  })

  test('an explicit pass in spite of an unknown counts', () => {
    const result = audit(
      'variable "acl" {}\nresource "aws_s3_bucket" "a" {\n  acl     = var.acl\n  excused = true\n}\n',
    )
    expect(result.passed).toHaveLength(1)
    expect(result.undecided).toEqual([])
  })

  test('a rule that throws is an error with its id and resource, and the rest goes on', () => {
    const result = audit(
      'resource "aws_s3_bucket" "a" {\n  acl = "crash"\n}\nresource "aws_s3_bucket" "b" {\n  acl = "private"\n}\n',
    )
    expect(result.errors).toMatchObject([
      { ruleId: 'test-public-acl', resource: { address: 'aws_s3_bucket.a' }, message: 'boom' },
    ])
    expect(result.passed.map(({ resource }) => resource.address)).toEqual(['aws_s3_bucket.b'])
  })

  test('not applicable is neither a pass nor a finding', () => {
    const result = audit('resource "aws_s3_bucket" "a" {\n  acl = "none"\n}\n')
    expect([result.passed, result.findings, result.undecided]).toEqual([[], [], []])
  })

  test('types without any rule are counted and named', () => {
    const { project } = audit('resource "google_storage_bucket" "a" {}\nresource "google_storage_bucket" "b" {}\n')
    expect(project.unchecked).toEqual([{ type: 'google_storage_bucket', count: 2 }])
  })

  test('a resource switched off by count is dormant and outside the summary', () => {
    const { findings, summary } = audit('resource "aws_s3_bucket" "a" {\n  count = 0\n  acl   = "public-read"\n}\n')
    expect(findings.map(({ status }) => status)).toEqual(['dormant'])
    expect(summary).toMatchObject({ total: 0, dormant: 1 })
  })
})

describe('fingerprints', () => {
  const bucket = (name: string): string => `resource "aws_s3_bucket" "${name}" {\n  acl = "public-read"\n}\n`
  const prints = (text: string): string[] =>
    audit(text)
      .findings.map(({ fingerprint }) => fingerprint)
      .sort()

  test('do not depend on the file, the line or what stands around', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('# comment\n', '\n', bucket('other'))), (above) => {
        const [own] = prints(bucket('a'))
        // A name may be declared once only.
        const text = [...new Set(above)].join('') + bucket('a')
        const moved = auditProject({ files: { 'deep/x.tf': text }, rules: [publicAcl] }).result
        expect(moved.findings.map(({ fingerprint }) => fingerprint)).toContain(own)
      }),
      { numRuns: 20 },
    )
  })

  test('are unique', () => {
    const all = prints(bucket('a') + bucket('b') + bucket('c'))
    expect(new Set(all).size).toBe(3)
  })
})

test('aliases are printed one way and accepted in any', () => {
  expect(printedAlias('trivy:KSV-0017')).toBe('AVD-KSV-0017')
  for (const given of [
    'CKV_AWS_20',
    'ckv_aws_20',
    'AVD-AWS-0092',
    'AWS-0092',
    'aws0092',
    'trivy:AWS-0092',
    'test-public-acl',
  ]) {
    expect(namesRule(publicAcl, given)).toBe(true)
  }
  expect(namesRule(publicAcl, 'CKV_AWS_21')).toBe(false)
})

test('messages take data and leave unknown names', () => {
  expect(fillMessage('{a} and {b}', { a: 1 })).toBe('1 and {b}')
})

test.each([
  ['aws_s3_bucket.*', 'aws_s3_bucket.a', true],
  ['*', 'anything', true],
  ['Deployment/*/redis', 'Deployment/securebank/redis', true],
  ['Deployment/*/redis', 'Deployment/securebank/redis2', false],
  ['a', 'ab', false],
])('glob %s on %s: %s', (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches)
})
