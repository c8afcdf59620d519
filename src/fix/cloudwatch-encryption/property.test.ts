import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProject } from '../../testing/index.ts'
import { left, planned, RULES } from './harness.test-helper.ts'
import fixer from './index.ts'

const head = fc.constantFrom(
  '',
  '  count = 2\n\n',
  '  for_each = toset(["a", "b"])\n\n',
  '  provider = aws.x\n\n',
  '  region = "eu-central-1"\n\n',
)
const name = fc.constantFrom('name = "n"', 'name = "n-${var.env}"', 'name = local.name', 'name_prefix = "n-"')
const retention = fc.constantFrom(
  '',
  '  retention_in_days = 7\n',
  '  retention_in_days = var.days # why\n',
  '  retention_in_days = 400\n',
)
const key = fc.constantFrom('', '  kms_key_id = null\n', '  kms_key_id = ""\n', '  kms_key_id = var.key\n')

const group = fc
  .record({ head, name, retention, key })
  .map(
    (parts) => (label: string) =>
      `resource "aws_cloudwatch_log_group" "${label}" {\n${parts.head}  ${parts.name}\n${parts.retention}${parts.key}}\n`,
  )
const others = fc.subarray([
  'resource "aws_cloudtrail" "t" {\n  name = "t-${var.env}"\n  s3_bucket_name = "b"\n}\n',
  'resource "aws_cloudtrail" "u" {\n  count = 1\n  name = "u"\n  s3_bucket_name = "b"\n\n  depends_on = [\n    aws_sns_topic.s,\n  ]\n}\n',
  'resource "aws_dynamodb_table" "d" {\n  name = "d"\n}\n',
  'resource "aws_kinesis_stream" "k" {\n  name = "k"\n}\n',
  'resource "aws_secretsmanager_secret" "c" {\n  name       = "c" # why\n  kms_key_id = var.key\n}\n',
  'resource "aws_ssm_parameter" "p" {\n  for_each = toset(["a", "b"])\n\n  name  = each.key\n  type  = "SecureString"\n  value = "REPLACE_ME"\n}\n',
])

const project = fc
  .record({
    groups: fc.array(group, { minLength: 1, maxLength: 3 }),
    others,
    eol: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
  })
  .map(({ groups, others: beside, eol, final }) => {
    const text = [
      'variable "env" {\n  type = string\n}\n',
      'variable "days" {\n  default = 14\n}\n',
      'variable "key" {\n  type    = string\n  default = null\n}\n',
      'locals {\n  name = "l-${var.env}"\n}\n',
      'provider "aws" {\n  alias = "x"\n}\n',
      'resource "aws_sns_topic" "s" {\n  name = "s"\n}\n',
      ...groups.map((write, i) => write(`g${i}`)),
      ...beside,
    ]
      .join('\n')
      .replaceAll('\n', eol)
    return final ? text : text.slice(0, -eol.length)
  })

test('any module: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async (text, some) => {
      const files = { 'main.tf': text }
      const whole = planned(files, 'B')
      expect(whole.before.result.errors).toEqual([])
      expect(left(whole)).toEqual([])
      expect(whole.after.result.findings.map(({ ruleId }) => ruleId)).toEqual([])
      for (const [path, after] of whole.files) await expect(parse(path, after)).resolves.toBeTruthy()
      expect(planned(Object.fromEntries(whole.files), 'B').changes).toEqual([])
      const part = planProject({ files, rules: some, fixers: [fixer] }, 'B')
      expect(part.after.result.findings).toEqual([])
      const foreign = text.includes('\r\n') ? /[^\r]\n/ : /\r/
      for (const changed of whole.files.values()) expect(changed).not.toMatch(foreign)
    }),
    { numRuns: 60 },
  )
}, 120_000)
