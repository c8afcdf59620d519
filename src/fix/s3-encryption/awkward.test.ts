import { expect, test } from 'vitest'
import blockPublicAcls from '../../rules/terraform/aws/s3/s3-block-public-acls.ts'
import kmsEncryption from '../../rules/terraform/aws/s3/s3-bucket-kms-encryption.ts'
import versioning from '../../rules/terraform/aws/s3/s3-bucket-versioning.ts'
import lifecycle from '../../rules/terraform/aws/s3/s3-lifecycle-configuration.ts'
import forceDestroy from '../../rules/terraform/aws/s3/s3-no-force-destroy.ts'
import publicAcl from '../../rules/terraform/aws/s3/s3-no-public-acl.ts'
import publicPolicy from '../../rules/terraform/aws/s3/s3-no-public-policy.ts'
import ownership from '../../rules/terraform/aws/s3/s3-ownership-controls.ts'
import publicAccessBlock from '../../rules/terraform/aws/s3/s3-public-access-block.ts'
import accessLogging from '../../rules/terraform/aws/s3/s3-access-logging.ts'
import tlsOnly from '../../rules/terraform/aws/s3/s3-tls-only-policy.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

function plan(
  files: Record<string, string>,
  rules: readonly Rule[],
  values: FixValues = {},
  approve: 'none' | 'B' = 'B',
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

const changed = ({ changes }: FixPlan): Record<string, string | undefined> =>
  Object.fromEntries(changes.map(({ path, after }) => [path, after]))

const refusals = ({ refused }: FixPlan): string[] => refused.map(({ reason }) => reason)
const held = (result: FixPlan): (string | undefined)[] =>
  result.held.map(({ remedy }) => (remedy.kind === 'fixer' ? remedy.assessment.reason : undefined))

const bucket = (body = ''): string => `resource "aws_s3_bucket" "b" {\n  bucket = "acme"\n${body}}\n`

test('what was read from a plan is refused with the way out', () => {
  const values = {
    root_module: {
      resources: [
        { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', name: 'b', values: { bucket: 'acme' } },
      ],
    },
  }
  const json = JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: values,
    resource_changes: [],
    configuration: {},
  })
  const result = plan({ 'plan.json': json }, [forceDestroy, versioning])
  expect(result.before.result.findings).toHaveLength(1)
  expect(refusals(result)).toEqual(['the resource was read from a plan: change the code that it was made from'])
})

test('names that would do harm in a shell are quoted in the commands', () => {
  const files = { 'main.tf': bucket().replace('"acme"', '"a; rm -rf $HOME"') }
  const result = plan(files, [versioning])
  const steps = fixer.nextSteps(
    result.applied.map(({ judged }) => judged.complaint),
    { estate: result.before.estate, values: {} },
  )
  expect(steps.find(({ kind }) => kind === 'prove')?.command).toBe(
    "aws s3api get-bucket-versioning --bucket 'a; rm -rf $HOME'",
  )
})

test('a public policy that a caller passes into a module is confined where it is written', () => {
  const result = plan(
    {
      'm/main.tf': `variable "policy" {}\n\n${bucket()}\nresource "aws_s3_bucket_policy" "b" {\n  bucket = aws_s3_bucket.b.id\n  policy = var.policy\n}\n`,
      'main.tf':
        'module "m" {\n  source = "./m"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "*" }] })\n}\n',
    },
    [publicPolicy],
  )
  expect(refusals(result)).toEqual([])
  expect(Object.keys(changed(result))).toEqual(['data.tf', 'main.tf'])
  expect(changed(result)['main.tf']).toContain(
    'Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }',
  )
})

test('a policy from a caller gets no statement in the module', () => {
  const result = plan(
    {
      'm/main.tf': `variable "policy" {}\n\n${bucket()}\nresource "aws_s3_bucket_policy" "b" {\n  bucket = aws_s3_bucket.b.id\n  policy = var.policy\n}\n`,
      'main.tf': 'module "m" {\n  source = "./m"\n  policy = jsonencode({ Statement = [] })\n}\n',
    },
    [tlsOnly],
  )
  expect(refusals(result)).toEqual(['its policy is computed, so there is no place for a statement'])
})

test('a caller identity that is there is used', () => {
  const files = {
    'main.tf': `${bucket('\n  policy = <<EOT\n{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}\nEOT\n')}\ndata "aws_caller_identity" "me" {}\n`,
  }
  const result = plan(files, [publicPolicy])
  expect(changed(result)).toEqual({
    'main.tf': files['main.tf'].replace(
      '"Principal": "*"',
      '"Principal": { "AWS": "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }',
    ),
  })
})

test('NotPrincipal is left to a person', () => {
  const policy =
    'jsonencode({ Statement = [{ Effect = "Allow", NotPrincipal = { AWS = "x" }, Action = "s3:*", Resource = "*" }] })'
  expect(refusals(plan({ 'main.tf': bucket(`  policy = ${policy}\n`) }, [publicPolicy]))).toEqual([
    'the statement lets in everybody but some, which no principal stands for',
  ])
})

test('an explicit grant to everybody goes, the only one of an ACL does not', () => {
  const grant = (who: string): string =>
    `    grant {\n      permission = "READ"\n      grantee {\n        type = "Group"\n        ${who}\n      }\n    }\n`
  const everybody = grant('uri  = "http://acs.amazonaws.com/groups/global/AllUsers"')
  const acl = (grants: string): Record<string, string> => ({
    'main.tf': `${bucket()}\nresource "aws_s3_bucket_acl" "b" {\n  bucket = aws_s3_bucket.b.id\n  access_control_policy {\n${grants}  }\n}\n`,
  })
  const other = grant('id   = "abc"')
  expect(changed(plan(acl(other + everybody), [publicAcl]))).toEqual(acl(other))
  expect(refusals(plan(acl(everybody), [publicAcl]))).toEqual([
    'it is the only grant of the ACL, which needs one: say whom it is to let in instead',
  ])
})

test('one policy document for two buckets is not extended for one of them', () => {
  const other = bucket().replace('"b"', '"c"')
  const policy = (name: string): string =>
    `resource "aws_s3_bucket_policy" "${name}" {\n  bucket = aws_s3_bucket.${name}.id\n  policy = data.aws_iam_policy_document.p.json\n}\n`
  const data =
    'data "aws_iam_policy_document" "p" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n'
  const result = plan({ 'main.tf': [bucket(), other, policy('b'), policy('c'), data].join('\n') }, [tlsOnly])
  expect(refusals(result)).toEqual([
    'its policy document is used elsewhere too, by aws_s3_bucket_policy.c',
    'its policy document is used elsewhere too, by aws_s3_bucket_policy.b',
  ])
})

test('disabled lifecycle rules stay disabled, one more is added', () => {
  const rule = '  rule {\n    id     = "purge"\n    status = "Disabled"\n    expiration {\n      days = 1\n    }\n  }\n'
  const configuration = `resource "aws_s3_bucket_lifecycle_configuration" "b" {\n  bucket = aws_s3_bucket.b.id\n${rule}}\n`
  const after = changed(plan({ 'main.tf': `${bucket()}\n${configuration}` }, [lifecycle], { retentionDays: 400 }))[
    'main.tf'
  ]
  expect(after).toContain(rule)
  expect(after).toContain('noncurrent_days = 400')
})

test('a website keeps plain HTTP until a person approves, and cannot be blocked silently', () => {
  const site = `${bucket()}\nresource "aws_s3_bucket_website_configuration" "b" {\n  bucket = aws_s3_bucket.b.id\n}\n`
  const result = plan({ 'main.tf': site }, [tlsOnly, publicAccessBlock], {}, 'none')
  expect(result.changes).toEqual([])
  expect(held(result)).toEqual([
    'Readers outside the account lose access: aws_s3_bucket_website_configuration.b publishes it as a website.',
    "S3's website endpoint speaks plain HTTP only, so the site goes down; put CloudFront in front first.",
  ])
})

test('a service that uses the bucket must be able to use the key', () => {
  const policy =
    'jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "config.amazonaws.com" }, Action = "s3:PutObject", Resource = "*" }] })'
  const result = plan({ 'main.tf': bucket(`  policy = ${policy}\n`) }, [kmsEncryption], {}, 'none')
  expect(held(result)).toEqual([
    'config.amazonaws.com uses the bucket and must be allowed to use the key, or its requests fail.',
  ])
})

test('a key is shared only if its policy leaves it to IAM who may use it', () => {
  const key = (principal: string): string =>
    `resource "aws_kms_key" "storage" {\n  enable_key_rotation = true\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "${principal}" }, Action = "kms:*", Resource = "*" }] })\n}\n`
  const used = (principal: string): boolean =>
    changed(
      plan({ 'main.tf': `${bucket()}\ndata "aws_caller_identity" "current" {}\n\n${key(principal)}` }, [kmsEncryption]),
    )['main.tf']?.includes('aws_kms_key.storage.arn') ?? false
  expect(used('arn:aws:iam::111122223333:root')).toBe(true)
  expect(used('arn:aws:iam::${data.aws_caller_identity.current.account_id}:root')).toBe(true)
  expect(used('arn:aws:iam::111122223333:role/vault')).toBe(false)
})

test('a dynamic block over known values is edited in its content', () => {
  const dynamic = bucket(
    '  dynamic "versioning" {\n    for_each = [1]\n    content {\n      enabled = false\n    }\n  }\n',
  )
  expect(changed(plan({ 'main.tf': dynamic }, [versioning]))).toEqual({ 'main.tf': dynamic.replace('false', 'true') })
})

test('a companion in the caller of the module that has the bucket is edited where it is', () => {
  const files = {
    'm/main.tf': `${bucket()}\noutput "id" {\n  value = aws_s3_bucket.b.id\n}\n`,
    'main.tf':
      'module "m" {\n  source = "./m"\n}\n\nresource "aws_s3_bucket_versioning" "m" {\n  bucket = module.m.id\n\n  versioning_configuration {\n    status = "Disabled"\n  }\n}\n',
  }
  expect(changed(plan(files, [versioning]))).toEqual({ 'main.tf': files['main.tf'].replace('Disabled', 'Enabled') })
})

test('CloudFront logs need ACLs', () => {
  const logs = `${bucket()}\nresource "aws_cloudfront_distribution" "d" {\n  logging_config {\n    bucket = aws_s3_bucket.b.bucket_domain_name\n  }\n}\n`
  expect(refusals(plan({ 'main.tf': logs }, [ownership]))).toEqual([
    'CloudFront can deliver its standard logs only while ACLs are on',
  ])
})

test('a switch that a condition decides waits, one that a variable holds is turned where it is set', () => {
  const block = (value: string): string =>
    `${bucket()}\nresource "aws_s3_bucket_public_access_block" "b" {\n  bucket            = aws_s3_bucket.b.id\n  block_public_acls = ${value}\n}\n`
  const conditional = plan(
    { 'main.tf': `locals {\n  stage = "dev"\n}\n\n${block('local.stage == "prod"')}` },
    [blockPublicAcls],
    {},
    'none',
  )
  expect(held(conditional)).toEqual(['Somebody wrote a condition for it, so somebody may rely on it being off.'])
  const variable = plan(
    {
      'm/main.tf': `variable "open" {\n  default = false\n}\n\n${block('!var.open')}`,
      'main.tf': 'module "m" {\n  source = "./m"\n  open   = true\n}\n',
    },
    [blockPublicAcls],
  )
  expect(changed(variable)).toEqual({ 'main.tf': 'module "m" {\n  source = "./m"\n  open   = false\n}\n' })
})

test('a variable that decides more than the switch is left as it is', () => {
  const files = {
    'main.tf': `variable "temporary" {\n  default = true\n}\n\n${bucket('  force_destroy = var.temporary\n')}\noutput "x" {\n  value = var.temporary\n}\n`,
  }
  expect(changed(plan(files, [forceDestroy]))).toEqual({
    'main.tf': files['main.tf'].replace('= var.temporary\n}\n\noutput', '= false\n}\n\noutput'),
  })
})

test('an ACL whose variable decides whether it exists is made private in the module, so that it stays', () => {
  const module = `variable "acl" {}\n\nlocals {\n  private = var.acl == "private"\n}\n\n${bucket()}\nresource "aws_s3_bucket_acl" "b" {\n  count = local.private ? 0 : 1\n\n  bucket = aws_s3_bucket.b.id\n  acl    = var.acl\n}\n`
  const result = plan(
    { 'm/main.tf': module, 'main.tf': 'module "m" {\n  source = "./m"\n  acl    = "public-read"\n}\n' },
    [publicAcl],
  )
  expect(refusals(result)).toEqual([])
  expect(changed(result)).toEqual({ 'm/main.tf': module.replace('acl    = var.acl', 'acl    = "private"') })
})

test('a log bucket given as a reference means nothing inside a module', () => {
  const result = plan(
    { 'm/main.tf': bucket(), 'main.tf': `module "m" {\n  source = "./m"\n}\n\n${bucket().replace('"b"', '"logs"')}` },
    [accessLogging],
    { logBucket: 'aws_s3_bucket.logs.id' },
  )
  expect(held(result)).toContain(
    'aws_s3_bucket.logs.id means nothing inside the module: the name of the bucket is needed.',
  )
})

test('a module that has logging for want of a bucket, and a key for want of one, gets both from its caller', () => {
  const module = `${bucket()}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = var.key == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.key
    }
  }
}

variable "key" {
  type    = string
  default = null
}
`
  const result = plan({ 'm/main.tf': module, 'main.tf': 'module "m" {\n  source = "./m"\n}\n' }, [kmsEncryption])
  expect(refusals(result)).toEqual([])
  expect(changed(result)['main.tf']).toBe('module "m" {\n  source = "./m"\n\n  key = aws_kms_key.s3.arn\n}\n')
  expect(Object.keys(changed(result))).toEqual(['data.tf', 'kms.tf', 'main.tf'])
})
