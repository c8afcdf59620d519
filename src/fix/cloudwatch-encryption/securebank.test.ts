import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { expect, test } from 'vitest'
import { left, planned, WIDER } from './harness.test-helper.ts'

const root = join(import.meta.dirname, '../../../examples/securebank')
const files = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
)

test('without approval logs, their periods and the trail are settled; what others rely on is held', () => {
  const plan = planned(files, 'none', { retentionDays: 365 })
  expect(plan.before.result.errors).toEqual([])
  expect(plan.refused).toEqual([])
  expect(plan.held.map(({ finding }) => `${finding.rank} ${finding.ruleId} ${finding.resource.address}`)).toEqual([
    'C sns-topic-encrypted aws_sns_topic.alerts',
    'C cloudwatch-log-retention aws_cloudwatch_log_group.audit',
    'C cloudwatch-log-retention-set aws_cloudwatch_log_group.audit',
  ])
  expect(plan.applied.length).toBe(9)
})

test('with approval B nothing is left, what is new passes the rules of its own service, and once is enough', async () => {
  const plan = planned(files, 'B', { retentionDays: 365 })
  expect(left(plan)).toEqual([])
  expect(plan.after.result.findings).toEqual([])
  for (const { path, after } of plan.changes) await expect(parse(path, after ?? '')).resolves.toBeTruthy()
  const after = Object.fromEntries(plan.files)
  expect(planned(after, 'B', { retentionDays: 365 }).changes).toEqual([])
  const findings = (texts: Readonly<Record<string, string>>): string[] =>
    planned(texts, 'none', {}, WIDER).before.result.findings.map(
      ({ ruleId, resource }) => `${ruleId} ${resource.address}`,
    )
  const had = findings(files)
  expect(findings(after).filter((one) => !had.includes(one))).toEqual([])
  // Keys do not reach across regions.
  expect(after['infrastructure/terraform/cloudwatch.tf']).toContain('kms_key_id        = aws_kms_key.logs_dr.arn')
})
