import { parse } from '@cdktf/hcl2json'
import { expect, test } from 'vitest'
import { RULES } from '../../rules/index.ts'
import flowLogs from '../../rules/terraform/aws/vpc/vpc-flow-logs.ts'
import { planProject } from '../../testing/index.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

/** Judged by all rules: what is added must please them too. */
async function fixed(text: string, values: FixValues = {}, name = 'main.tf'): Promise<Record<string, string>> {
  const project = { rules: RULES, fixers: [fixer], values }
  const before = planProject({ files: { [name]: text }, ...project }, 'none')
  const after = Object.fromEntries(before.files)
  const applied = before.applied.filter(({ judged }) => judged.finding.ruleId === flowLogs.id)
  expect(applied.length).toBeGreaterThan(0)
  expect(before.after.result.findings.filter(({ ruleId }) => ruleId === flowLogs.id)).toEqual([])
  const had = new Set(before.before.result.findings.map(({ fingerprint }) => fingerprint))
  expect(before.after.result.findings.filter(({ fingerprint }) => !had.has(fingerprint))).toEqual([])
  for (const [path, file] of before.files) {
    if (path.endsWith('.tf')) await expect(parse(path, file)).resolves.toBeTruthy()
    else expect(() => void JSON.parse(file)).not.toThrow()
  }
  const again = planProject({ files: after, rules: [flowLogs], fixers: [fixer], values }, 'B')
  expect(again.changes).toEqual([])
  return after
}

const vpc = (head = '', name = 'main'): string =>
  `resource "aws_vpc" "${name}" {\n${head}  cidr_block = "10.0.0.0/16"\n}\n`

test('a VPC gets a flow log with a log group, a key and a role that can do no more', async () => {
  expect(await fixed(vpc())).toMatchSnapshot()
})

test('retention follows secops.yaml, in the periods that CloudWatch knows', async () => {
  expect((await fixed(vpc(), { retentionDays: 500 }))['main.tf']).toContain('retention_in_days = 545')
  expect((await fixed(vpc(), { retentionDays: 90 }))['main.tf']).toContain('retention_in_days = 365')
})

test('count, for_each and provider are copied; two VPCs share the key', async () => {
  const provider = 'provider "aws" {\n  alias  = "dr"\n  region = "eu-west-1"\n}\n\n'
  const after = await fixed(
    `${provider}${vpc('  for_each = toset(["a", "b"])\n\n')}\n${vpc('  count = 2\n\n', 'two')}\n${vpc('  provider = aws.dr\n\n', 'far')}`,
  )
  expect(after['main.tf']).toContain('log_destination = aws_cloudwatch_log_group.main_flow_logs[each.key].arn')
  expect(after['main.tf']).toContain('iam_role_arn    = aws_iam_role.two_flow_logs[count.index].arn')
  expect(after['kms.tf']?.match(/resource "aws_kms_key"/g)).toHaveLength(2)
  expect(after['data.tf']).toContain('data "aws_region" "dr" {\n  provider = aws.dr\n}')
})

test('CRLF, and JSON syntax', async () => {
  const after = await fixed(vpc().replaceAll('\n', '\r\n'))
  for (const text of Object.values(after)) expect(text).not.toMatch(/[^\r]\n/)
  const json = await fixed(
    JSON.stringify({ resource: { aws_vpc: { main: { cidr_block: '10.0.0.0/16' } } } }, null, 2),
    {},
    'main.tf.json',
  )
  expect(JSON.parse(json['main.tf.json'] ?? '')).toMatchObject({
    resource: { aws_flow_log: { main: { vpc_id: '${aws_vpc.main.id}', traffic_type: 'ALL' } } },
  })
})
