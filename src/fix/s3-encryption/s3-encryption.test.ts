import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import accessLogging from '../../rules/terraform/aws/s3/s3-access-logging.ts'
import blockPublicAcls from '../../rules/terraform/aws/s3/s3-block-public-acls.ts'
import blockPublicPolicy from '../../rules/terraform/aws/s3/s3-block-public-policy.ts'
import kmsEncryption from '../../rules/terraform/aws/s3/s3-bucket-kms-encryption.ts'
import versioning from '../../rules/terraform/aws/s3/s3-bucket-versioning.ts'
import ignorePublicAcls from '../../rules/terraform/aws/s3/s3-ignore-public-acls.ts'
import lifecycle from '../../rules/terraform/aws/s3/s3-lifecycle-configuration.ts'
import forceDestroy from '../../rules/terraform/aws/s3/s3-no-force-destroy.ts'
import publicAcl from '../../rules/terraform/aws/s3/s3-no-public-acl.ts'
import publicPolicy from '../../rules/terraform/aws/s3/s3-no-public-policy.ts'
import publicWriteAcl from '../../rules/terraform/aws/s3/s3-no-public-write-acl.ts'
import ownership from '../../rules/terraform/aws/s3/s3-ownership-controls.ts'
import publicAccessBlock from '../../rules/terraform/aws/s3/s3-public-access-block.ts'
import restrictPublicBuckets from '../../rules/terraform/aws/s3/s3-restrict-public-buckets.ts'
import tlsOnly from '../../rules/terraform/aws/s3/s3-tls-only-policy.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

const RULES: Rule[] = [
  kmsEncryption,
  publicAccessBlock,
  blockPublicAcls,
  blockPublicPolicy,
  ignorePublicAcls,
  restrictPublicBuckets,
  versioning,
  accessLogging,
  lifecycle,
  ownership,
  tlsOnly,
  publicPolicy,
  publicAcl,
  publicWriteAcl,
  forceDestroy,
]
const VALUES: FixValues = { logBucket: 'central-access-logs', kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k' }

function planned(
  files: Record<string, string>,
  approve: 'none' | 'C' | 'B',
  values: FixValues = VALUES,
  rules = RULES,
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

/** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
async function fixed(
  files: Record<string, string>,
  values: FixValues = VALUES,
  rules = RULES,
): Promise<Record<string, string>> {
  const plan = planned(files, 'B', values, rules)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(
    plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId} ${judged.finding.resource.address}: ${reason}`),
  ).toEqual([])
  expect(plan.held).toEqual([])
  expect(plan.after.result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  const after = Object.fromEntries(plan.files)
  await acceptedElsewhere(after)
  expect(planned(after, 'B', values, rules).changes).toEqual([])
  return after
}

async function acceptedElsewhere(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
  }
}

const bare = (head: string, body = ''): string =>
  `resource "aws_s3_bucket" "data" {\n${head}  bucket = "acme-data"\n${body}}\n`

describe('separate resources', () => {
  test('a bare bucket gets all of its companions below it, in the file of the bucket', async () => {
    const after = await fixed({ 'main.tf': `${bare('')}\n# Something else\noutput "x" {\n  value = 1\n}\n` })
    expect(after['main.tf']).toMatchSnapshot()
    expect(Object.keys(after)).toEqual(['main.tf'])
  })

  test('count, for_each and provider are copied, and buckets are referred to by their index', async () => {
    const after = await fixed({
      'main.tf': [
        'provider "aws" {\n  alias  = "dr"\n  region = "eu-central-1"\n}\n',
        'variable "copies" {\n  type    = number\n  default = 2\n}\n',
        'resource "aws_s3_bucket" "copy" {\n  provider = aws.dr\n  count    = var.copies\n\n  bucket = "acme-copy-${count.index}"\n}\n',
        'resource "aws_s3_bucket" "each" {\n  for_each = toset(["a", "b"])\n  bucket   = "acme-${each.key}"\n}\n',
      ].join('\n'),
    })
    expect(after['main.tf']).toMatchSnapshot()
  })

  test('an unknown count stays one resource without index', async () => {
    const after = await fixed({
      'main.tf': `variable "on" {\n  type = bool\n}\n\n${bare('  count  = var.on ? 1 : 0\n')}`,
    })
    expect(after['main.tf']).toContain('  count = var.on ? 1 : 0\n\n  bucket = aws_s3_bucket.data[count.index].id\n')
  })

  test('line ends, tabs and a missing final line end are kept', async () => {
    const text = 'resource "aws_s3_bucket" "data" {\r\n\tbucket = "acme-data"\r\n}'
    const after = await fixed({ 'main.tf': text })
    expect(after['main.tf']?.startsWith(text)).toBe(true)
    expect(after['main.tf']?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(after['main.tf']).toContain('\r\n\tversioning_configuration {\r\n\t\tstatus = "Enabled"\r\n\t}\r\n')
  })

  test('companions keep the name that those there have, and a taken name is not used again', async () => {
    const after = await fixed({
      'main.tf': `${bare('')}\nresource "aws_s3_bucket_versioning" "kept" {\n  bucket = aws_s3_bucket.data.id\n\n  versioning_configuration {\n    status = "Suspended"\n  }\n}\n`,
      'other.tf':
        'resource "aws_s3_bucket_policy" "kept" {\n  bucket = "elsewhere"\n  policy = jsonencode({ Statement = [] })\n}\n',
    })
    expect(after['main.tf']).toContain('resource "aws_s3_bucket_logging" "kept"')
    expect(after['main.tf']).toContain('resource "aws_s3_bucket_policy" "kept_bucket"')
  })

  test('JSON syntax stays JSON', async () => {
    const after = await fixed({
      'main.tf.json':
        '{\n  "resource": {\n    "aws_s3_bucket": {\n      "data": {\n        "bucket": "acme-data"\n      }\n    }\n  }\n}\n',
    })
    expect(Object.keys(after)).toEqual(['main.tf.json'])
    const parsed: unknown = JSON.parse(after['main.tf.json'] ?? '')
    expect(parsed).toMatchObject({
      resource: {
        aws_s3_bucket_versioning: {
          data: { bucket: '${aws_s3_bucket.data.id}', versioning_configuration: { status: 'Enabled' } },
        },
      },
    })
  })
})

describe('many buckets', () => {
  const names = Array.from({ length: 12 }, (_, i) => `b${i}`)

  test('more buckets in one JSON file than there are passes', async () => {
    const resource = { aws_s3_bucket: Object.fromEntries(names.map((name) => [name, { bucket: name }])) }
    const after = await fixed({ 'main.tf.json': JSON.stringify({ resource }, null, '\t') })
    const parsed: unknown = JSON.parse(after['main.tf.json'] ?? '')
    expect(parsed).toMatchObject({
      resource: { aws_s3_bucket_logging: { b11: { target_bucket: 'central-access-logs' } } },
    })
    expect(after['main.tf.json']?.match(/"aws_s3_bucket_logging"/g)).toHaveLength(1)
  })

  test('more buckets in one file than there are passes', async () => {
    const after = await fixed(
      { 'main.tf': names.map((name) => bare('').replaceAll('data', name)).join('\n') },
      { logBucket: 'central' },
    )
    expect(after['main.tf']?.match(/"aws_s3_bucket_logging"/g)).toHaveLength(12)
    expect(after['kms.tf']?.match(/"aws_kms_key"/g)).toHaveLength(1)
  })
})

describe('inline blocks', () => {
  const inline = bare(
    '',
    '  acl    = "public-read" # shop window\n\n  versioning {\n    enabled = false\n  }\n\n  server_side_encryption_configuration {\n    rule {\n      apply_server_side_encryption_by_default {\n        sse_algorithm = "AES256" # cheap\n      }\n    }\n  }\n',
  )
  test('what is inline is edited inline', async () => {
    const after = await fixed({ 'main.tf': inline })
    expect(after['main.tf']).toContain('  versioning {\n    enabled = true\n  }')
    expect(after['main.tf']).toContain('sse_algorithm     = "aws:kms" # cheap\n        kms_master_key_id = "arn:')
    expect(after['main.tf']).not.toContain('aws_s3_bucket_versioning')
    expect(after['main.tf']).toContain('  acl    = "private" # shop window\n')
  })

  test('a module that pins provider version 3 gets inline blocks', async () => {
    const pin =
      'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 3.70"\n    }\n  }\n}\n'
    const after = await fixed({ 'main.tf': bare(''), 'versions.tf': pin })
    expect(after['main.tf']).toContain('  versioning {\n    enabled = true\n  }')
    expect(after['main.tf']).toContain('  lifecycle_rule {\n    id      = "tidy"\n    enabled = true\n')
    expect(after['main.tf']).not.toContain('aws_s3_bucket_versioning')
  })
})

describe('keys', () => {
  test('buckets of a module share one new key with rotation', async () => {
    const second = bare('').replace('"data"', '"more"').replace('acme-data', 'acme-more')
    const after = await fixed({ 'main.tf': `${bare('')}\n${second}` }, { logBucket: 'central' })
    expect(after['kms.tf']).toMatchSnapshot()
    expect(after['main.tf']?.match(/aws_kms_key\.s3\.arn/g)).toHaveLength(2)
  })

  test('a key kept for buckets is used, one kept for something else is not', async () => {
    const key = (name: string) =>
      `resource "aws_kms_key" "${name}" {\n  description         = "x"\n  enable_key_rotation = true\n}\n`
    const used = await fixed({ 'main.tf': bare(''), 'keys.tf': key('storage') }, { logBucket: 'central' })
    expect(used['main.tf']).toContain('aws_kms_key.storage.arn')
    const unused = await fixed({ 'main.tf': bare(''), 'keys.tf': key('vault') }, { logBucket: 'central' })
    expect(unused['keys.tf']).toContain('resource "aws_kms_key" "s3" {')
  })

  test('another region gets a key of its own', async () => {
    const files = {
      'main.tf': `provider "aws" {\n  alias  = "dr"\n  region = "x"\n}\n\n${bare('  provider = aws.dr\n\n')}`,
    }
    const after = await fixed(files, { logBucket: 'central' })
    expect(after['kms.tf']).toContain('resource "aws_kms_key" "s3_dr" {\n  provider = aws.dr\n')
  })
})

describe('policies', () => {
  const withPolicy = (policy: string): Record<string, string> => ({
    'main.tf': `${bare('')}\nresource "aws_s3_bucket_policy" "data" {\n  bucket = aws_s3_bucket.data.id\n  policy = ${policy}\n}\n`,
  })
  const open = 'Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.data.arn}/*"'
  const cases: Record<string, Record<string, string>> = {
    'jsonencode, one statement on its lines': withPolicy(
      `jsonencode({\n    Statement = [\n      {\n        ${open.replaceAll(', ', '\n        ')}\n      }\n    ]\n  })`,
    ),
    'jsonencode, a trailing comma': withPolicy(
      `jsonencode({\n    Statement = [\n      { ${open} }, # all\n    ]\n  })`,
    ),
    'jsonencode, a statement without a list': withPolicy(`jsonencode({ Statement = { ${open} } })`),
    'jsonencode, a for expression': withPolicy(
      `jsonencode({ Statement = [for s in ["GetObject"] : { Effect = "Allow", Principal = { AWS = ["*"] }, Action = "s3:\${s}", Resource = "*" }] })`,
    ),
    'a heredoc': withPolicy(
      `<<EOT\n{ "Statement": [\n    { "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*" }\n  ] }\nEOT`,
    ),
    'a heredoc without a list': withPolicy(
      `<<EOT\n{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" } }\nEOT`,
    ),
    'a data source': {
      ...withPolicy('data.aws_iam_policy_document.data.json'),
      'policy.tf':
        'data "aws_iam_policy_document" "data" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["${aws_s3_bucket.data.arn}/*"]\n\n    principals {\n      type        = "*"\n      identifiers = ["*"]\n    }\n  }\n}\n',
    },
    'inside the bucket': {
      'main.tf': bare(
        '',
        `\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }] })\n`,
      ),
    },
    'a local': {
      ...withPolicy('local.policy'),
      'locals.tf': `locals {\n  policy = jsonencode({\n    Statement = [{ ${open} }]\n  })\n}\n`,
    },
  }
  test.each(Object.entries(cases))('%s', async (_, files) => {
    expect(await fixed(files, VALUES, [tlsOnly, publicPolicy])).toMatchSnapshot()
    await fixed(files)
  })

  test('a policy that is computed is refused with its reason', () => {
    const { refused } = planned(withPolicy('jsonencode(merge({ Statement = [] }, {}))'), 'B')
    expect(refused.map(({ reason }) => reason)).toEqual([
      'its policy is computed, so there is no place for a statement',
    ])
  })

  test('a new policy is a data source where the module writes policies so', async () => {
    const role =
      'data "aws_iam_policy_document" "r" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n\nresource "aws_iam_policy" "r" {\n  policy = data.aws_iam_policy_document.r.json\n}\n'
    const after = await fixed({ 'main.tf': bare(''), 'iam.tf': role })
    expect(after['main.tf']).toContain('policy = data.aws_iam_policy_document.data_bucket.json')
  })
})

describe('modules', () => {
  const module = {
    'modules/bucket/main.tf':
      'resource "aws_s3_bucket" "this" {\n  bucket = var.name\n}\n\nresource "aws_s3_bucket_versioning" "this" {\n  bucket = aws_s3_bucket.this.id\n\n  versioning_configuration {\n    status = var.versioning ? "Enabled" : "Suspended"\n  }\n}\n',
    'modules/bucket/variables.tf':
      'variable "name" {\n  type = string\n}\n\nvariable "versioning" {\n  type    = bool\n  default = true\n}\n',
  }
  test('a module called twice is edited once, and a switch is turned where the caller sets it', async () => {
    const after = await fixed({
      ...module,
      'main.tf':
        'module "a" {\n  source = "./modules/bucket"\n  name   = "acme-a"\n}\n\nmodule "b" {\n  source     = "./modules/bucket"\n  name       = "acme-b"\n  versioning = false # costs\n}\n',
    })
    expect(after['main.tf']).toContain('  versioning = true # costs\n')
    expect(after['modules/bucket/main.tf']).toContain('status = var.versioning ? "Enabled" : "Suspended"')
    expect(after['modules/bucket/main.tf']?.match(/aws_s3_bucket_public_access_block/g)).toHaveLength(1)
    expect(after['modules/bucket/main.tf']).toContain('target_prefix = "s3/${aws_s3_bucket.this.id}/"')
  })

  test('a literal behind a variable is edited where it is written', async () => {
    const files = {
      'main.tf': `${bare('', '  force_destroy = var.destroy\n')}`,
      'variables.tf': 'variable "destroy" {\n  type    = bool\n  default = false\n}\n',
      'terraform.tfvars': 'destroy = true\n',
    }
    const after = await fixed(files)
    expect(after['terraform.tfvars']).toBe('destroy = false\n')
  })
})

describe('what is held', () => {
  const reasons = (plan: FixPlan): string[] =>
    plan.held.map(
      ({ finding, remedy }) =>
        `${finding.rank} ${finding.ruleId}${remedy.kind === 'fixer' && remedy.assessment.needs ? ' needs' : ''}`,
    )

  test('without a log bucket, logging waits for the value', () => {
    expect(reasons(planned({ 'main.tf': bare('') }, 'B', {}))).toEqual(['C s3-access-logging needs'])
  })

  test('a declared log bucket is found, and does not log itself', async () => {
    const logs = `${bare('').replaceAll('data', 'logs')}\nresource "aws_s3_bucket_logging" "other" {\n  bucket        = aws_s3_bucket.other.id\n  target_bucket = aws_s3_bucket.logs.id\n  target_prefix = "o/"\n}\n\nresource "aws_s3_bucket" "other" {\n  bucket = "o"\n}\n`
    const after = await fixed({ 'main.tf': `${bare('')}\n${logs}` }, {})
    expect(after['main.tf']).toContain('  target_bucket = aws_s3_bucket.logs.id\n  target_prefix = "s3/data/"\n')
    expect(after['main.tf']).not.toContain('"aws_s3_bucket_server_side_encryption_configuration" "logs"')
  })

  test('what would shut public readers out is held with a runbook, the rest is done', () => {
    const plan = planned({ 'main.tf': bare('', '  acl    = "public-read"\n') }, 'none')
    expect(reasons(plan).toSorted()).toEqual(
      [
        'C s3-bucket-kms-encryption',
        'C s3-no-public-acl',
        'C s3-ownership-controls',
        'C s3-public-access-block',
      ].toSorted(),
    )
    for (const { remedy } of plan.held) {
      expect(remedy.kind === 'fixer' && remedy.assessment.runbook).toContain('Why it is held')
    }
  })

  test('the blast radius names who refers to the bucket', () => {
    const role =
      'resource "aws_iam_policy" "reader" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.data.arn}/*" }] })\n}\n'
    const plan = planned({ 'main.tf': `${bare('', '  force_destroy = true\n')}\n${role}` }, 'none')
    const [held] = plan.held
    expect(held?.remedy.kind === 'fixer' ? held.remedy.assessment.blastRadius : []).toEqual(['aws_iam_policy.reader'])
  })

  test('a bucket with a separate ACL keeps its ownership, with the reason', () => {
    const acl = '\nresource "aws_s3_bucket_acl" "data" {\n  bucket = aws_s3_bucket.data.id\n  acl    = "private"\n}\n'
    const plan = planned({ 'main.tf': bare('') + acl }, 'B')
    expect(plan.refused.map(({ judged, reason }) => [judged.finding.ruleId, reason])).toEqual([
      [
        's3-ownership-controls',
        'aws_s3_bucket_acl.data sets an ACL, which S3 refuses once ACLs are off: remove that resource first',
      ],
    ])
  })

  test('every step afterwards has a command or something to read', () => {
    const plan = planned({ 'main.tf': bare('') }, 'none')
    const steps = fixer.nextSteps(
      plan.applied.map(({ judged }) => judged.complaint),
      { estate: plan.before.estate, values: VALUES },
    )
    expect(steps.map(({ command, kind }) => command ?? kind)).toContain(
      'aws s3api get-bucket-encryption --bucket acme-data',
    )
  })
})

describe('securebank', () => {
  const root = join(import.meta.dirname, '../../../examples/securebank')
  const files = Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )
  const values: FixValues = { logBucket: 'securebank-access-logs', retentionDays: 365 }

  test.each(['none', 'B'] as const)('converges with approval %s, and other readers accept it', async (approve) => {
    const plan = planned(files, approve, values)
    expect(plan.before.result.errors).toEqual([])
    expect(plan.applied.length + plan.held.length + plan.refused.length).toBe(plan.before.result.findings.length)
    expect(plan.applied.length).toBeGreaterThan(40)
    if (approve === 'B') expect(plan.held).toEqual([])
    const after = Object.fromEntries(plan.files)
    await acceptedElsewhere(Object.fromEntries(plan.changes.map(({ path }) => [path, after[path] ?? ''])))
    expect(planned(after, approve, values).changes).toEqual([])
  })
})
