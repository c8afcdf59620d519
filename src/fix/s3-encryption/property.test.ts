import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import kmsEncryption from '../../rules/terraform/aws/s3/s3-bucket-kms-encryption.ts'
import versioning from '../../rules/terraform/aws/s3/s3-bucket-versioning.ts'
import lifecycle from '../../rules/terraform/aws/s3/s3-lifecycle-configuration.ts'
import publicPolicy from '../../rules/terraform/aws/s3/s3-no-public-policy.ts'
import ownership from '../../rules/terraform/aws/s3/s3-ownership-controls.ts'
import publicAccessBlock from '../../rules/terraform/aws/s3/s3-public-access-block.ts'
import restrict from '../../rules/terraform/aws/s3/s3-restrict-public-buckets.ts'
import tlsOnly from '../../rules/terraform/aws/s3/s3-tls-only-policy.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'

const RULES: readonly Rule[] = [
  kmsEncryption,
  versioning,
  lifecycle,
  publicPolicy,
  ownership,
  publicAccessBlock,
  restrict,
  tlsOnly,
]

const expansion = fc.constantFrom(
  { head: '', index: '' },
  { head: '  count = 2\n\n', index: '[count.index]' },
  { head: '  for_each = toset(["a", "b"])\n\n', index: '[each.key]' },
  { head: '  for_each = {\n    a = 1\n  }\n\n', index: '[each.key]' },
  { head: '  provider = aws.x\n\n', index: '' },
)
const inline = fc.subarray([
  '  tags = { a = "b" } # tag\n',
  '\n  versioning {\n    enabled = false\n  }\n',
  '\n  server_side_encryption_configuration {\n    rule {\n      apply_server_side_encryption_by_default { sse_algorithm = "AES256" }\n    }\n  }\n',
  '\n  lifecycle_rule {\n    id = "x"\n    enabled = false\n  }\n',
])
const PUBLIC = 'Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*"'
const policy = fc.constantFrom(
  undefined,
  `jsonencode({ Statement = [{ ${PUBLIC} }] })`,
  `jsonencode({\n    Statement = [\n      { ${PUBLIC} } # x\n    ]\n  })`,
  '<<-EOT\n    {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}\n  EOT',
  '<<EOT\n{\n  "Statement": []\n}\nEOT',
)
const block = fc.constantFrom(undefined, 'false', 'var.off', 'false # why')

const project = fc
  .record({ expansion, inline, policy, block, eol: fc.constantFrom('\n', '\r\n'), final: fc.boolean() })
  .map(({ expansion: { head, index }, inline: blocks, policy: document, block: flag, eol, final }) => {
    const parts = [
      'variable "off" {\n  default = false\n}\n',
      'provider "aws" {\n  alias = "x"\n}\n',
      `# The bucket\nresource "aws_s3_bucket" "b" {\n${head}  bucket_prefix = "b"\n${blocks.join('')}}\n`,
    ]
    if (flag !== undefined) {
      const flags = [
        'block_public_acls = true',
        'block_public_policy = true',
        'ignore_public_acls = true',
        `restrict_public_buckets = ${flag}`,
      ]
      parts.push(
        `resource "aws_s3_bucket_public_access_block" "b" {\n${head}  bucket = aws_s3_bucket.b${index}.id\n${flags.map((line) => `  ${line}\n`).join('')}}\n`,
      )
    }
    if (document !== undefined) {
      parts.push(
        `resource "aws_s3_bucket_policy" "b" {\n${head}  bucket = aws_s3_bucket.b${index}.id\n  policy = ${document}\n}\n`,
      )
    }
    const text = parts.join('\n').replaceAll('\n', eol)
    return final ? text : text.slice(0, -eol.length)
  })

test('any bucket: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async (text, some) => {
      const files = { 'main.tf': text }
      const whole = planProject({ files, rules: RULES, fixers: [fixer] }, 'B')
      expect(whole.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)).toEqual([])
      expect(whole.after.result.findings.map(({ ruleId }) => ruleId)).toEqual([])
      for (const [path, after] of whole.files) await expect(parse(path, after)).resolves.toBeTruthy()
      const after = Object.fromEntries(whole.files)
      expect(planProject({ files: after, rules: RULES, fixers: [fixer] }, 'B').changes).toEqual([])
      const part = planProject({ files, rules: some, fixers: [fixer] }, 'B')
      expect(part.after.result.findings).toEqual([])
      // What is not part of a change keeps its line ends.
      const foreign = text.includes('\r\n') ? /[^\r]\n/ : /\r/
      for (const changed of whole.files.values()) expect(changed).not.toMatch(foreign)
    }),
    { numRuns: 60 },
  )
}, 120_000)
