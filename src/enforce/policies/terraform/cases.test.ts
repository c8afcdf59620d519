import { describe, expect, test } from 'vitest'
import { judgeTerraform } from '../../generate/judge-terraform.ts'
import { TERRAFORM_POLICIES } from './index.ts'

function deniedBy(name: string, files: Readonly<Record<string, string>>): readonly string[] {
  const policy = TERRAFORM_POLICIES.find((one) => one.name === name)
  if (policy === undefined) throw new Error(`no policy ${name}`)
  return judgeTerraform(policy, new Map(Object.entries(files)))
}

const BUCKET = 'resource "aws_s3_bucket" "b" {\n  bucket = "acme-b"\n}\n'
const versioned = (bucket: string): string =>
  `resource "aws_s3_bucket_versioning" "b" {\n  bucket = ${bucket}\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n`

describe('a companion', () => {
  const passing: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['in another file of the folder', { 'a/s3.tf': BUCKET, 'a/versioning.tf': versioned('aws_s3_bucket.b.id') }],
    ['by the name that both write', { 'main.tf': BUCKET + versioned('"acme-b"') }],
    ['behind a local', { 'main.tf': BUCKET + versioned('local.bucket') }],
    ['for whatever a variable names', { 'main.tf': BUCKET + versioned('var.bucket') }],
    ['of a for_each', { 'main.tf': BUCKET + versioned('each.value.id') }],
    [
      'in a module that is given the bucket',
      { 'main.tf': `${BUCKET}module "v" {\n  source = "./v"\n  bucket = aws_s3_bucket.b.id\n}\n` },
    ],
    ['for a bucket with an index', { 'main.tf': BUCKET + versioned('aws_s3_bucket.b[0].id') }],
    ['not needed, since the bucket is not made', { 'main.tf': BUCKET.replace('{\n', '{\n  count = 0\n') }],
    [
      'inline, in the style of provider 3',
      { 'main.tf': BUCKET.replace('}', '  versioning {\n    enabled = true\n  }\n}') },
    ],
    [
      'inline, by a dynamic block',
      { 'main.tf': BUCKET.replace('}', '  dynamic "versioning" {\n    for_each = var.on\n    content {}\n  }\n}') },
    ],
  ]
  test.each(passing)('%s', (_, files) => expect(deniedBy('s3-bucket-versioning', files)).toEqual([]))

  const failing: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['is missing', { 'main.tf': BUCKET }],
    ['is in another folder', { 'a/s3.tf': BUCKET, 'b/versioning.tf': versioned('aws_s3_bucket.b.id') }],
    ['is for a bucket whose name begins alike', { 'main.tf': BUCKET + versioned('aws_s3_bucket.b-2.id') }],
    ['is for a bucket that exists elsewhere', { 'main.tf': BUCKET + versioned('data.aws_s3_bucket.b.id') }],
    ['is for a bucket of another module', { 'main.tf': BUCKET + versioned('module.b.id') }],
    ['is not made', { 'main.tf': BUCKET + versioned('aws_s3_bucket.b.id').replace('{\n', '{\n  count = 0\n') }],
    ['is suspended', { 'main.tf': BUCKET + versioned('aws_s3_bucket.b.id').replace('Enabled', 'Suspended') }],
  ]
  test.each(failing)('%s', (_, files) => expect(deniedBy('s3-bucket-versioning', files)).not.toEqual([]))

  test('nobody asks a single file for it', () => {
    const policy = TERRAFORM_POLICIES.find(({ name }) => name === 's3-bucket-versioning')
    expect(policy?.needsAll).toBe(true)
    expect(policy?.rego).toContain('found.whole')
  })
})

describe('a bucket for logs', () => {
  const TARGET =
    'resource "aws_s3_bucket_logging" "x" {\n  bucket        = aws_s3_bucket.other.id\n  target_bucket = aws_s3_bucket.b.id\n}\n'
  const ACL = 'resource "aws_s3_bucket_acl" "b" {\n  bucket = aws_s3_bucket.b.id\n  acl    = "log-delivery-write"\n}\n'
  const ELSEWHERE = TARGET.replace('aws_s3_bucket.b.id', 'var.log_bucket')
  test.each(['s3-access-logging', 's3-bucket-kms-encryption'])('%s spares it', (name) => {
    expect(deniedBy(name, { 'main.tf': BUCKET })).not.toEqual([])
    expect(deniedBy(name, { 'main.tf': BUCKET + TARGET })).toEqual([])
    expect(deniedBy(name, { 'main.tf': BUCKET + ACL })).toEqual([])
    expect(deniedBy(name, { 'main.tf': BUCKET + ELSEWHERE })).not.toEqual([])
  })
})

describe('ports', () => {
  const rule = (lines: string): string => `resource "aws_security_group" "g" {\n  ingress {\n${lines}  }\n}\n`
  const ssh = (sources: string): string =>
    rule(`    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    ${sources}\n`)
  const failing: readonly (readonly [string, string])[] = [
    ['everybody', ssh('cidr_blocks = ["0.0.0.0/0"]')],
    ['everybody by IPv6', ssh('ipv6_cidr_blocks = ["::/0"]')],
    ['two halves', ssh('cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]')],
    ['another spelling of everybody', ssh('cidr_blocks = ["1.2.3.4/0"]')],
    ['quarters among private networks', ssh('cidr_blocks = ["10.0.0.0/8", "64.0.0.0/2", "128.0.0.0/2"]')],
    ['all that is routed of IPv6', ssh('ipv6_cidr_blocks = ["2000::/3"]')],
    ['a variable besides', ssh('cidr_blocks = [var.office, "0.0.0.0/0"]')],
    ['ports as text', ssh('cidr_blocks = ["0.0.0.0/0"]').replaceAll('= 22', '= "22"')],
    ['the number of the protocol', ssh('cidr_blocks = ["0.0.0.0/0"]').replace('"tcp"', '6')],
    [
      'every protocol',
      rule('    from_port = 0\n    to_port = 0\n    protocol = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n'),
    ],
    [
      'a wide range',
      rule('    from_port = 0\n    to_port = 1024\n    protocol = "TCP"\n    cidr_blocks = ["0.0.0.0/0"]\n'),
    ],
    [
      'a list in place of blocks',
      'resource "aws_security_group" "g" {\n  ingress = [{ from_port = 22, to_port = 22, protocol = "tcp", cidr_blocks = ["0.0.0.0/0"] }]\n}\n',
    ],
    [
      'a rule of its own',
      'resource "aws_security_group_rule" "r" {\n  type = "ingress"\n  from_port = 22\n  to_port = 22\n  protocol = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
    ],
    [
      'a rule of the newer kind',
      'resource "aws_vpc_security_group_ingress_rule" "r" {\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "0.0.0.0/0"\n}\n',
    ],
    [
      'the default group',
      ssh('cidr_blocks = ["0.0.0.0/0"]').replace('aws_security_group', 'aws_default_security_group'),
    ],
  ]
  test.each(failing)('open to %s', (_, text) =>
    expect(deniedBy('security-group-no-public-ssh', { 'main.tf': text })).not.toEqual([]),
  )

  const passing: readonly (readonly [string, string])[] = [
    ['a network of ours', ssh('cidr_blocks = ["203.0.113.0/24"]')],
    ['what a variable says', ssh('cidr_blocks = var.office')],
    ['what a condition says', ssh('cidr_blocks = var.open ? ["0.0.0.0/0"] : []')],
    ['private networks', ssh('cidr_blocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]')],
    ['no text that is an address', ssh('cidr_blocks = ["0.0.0.0/x", "everybody"]')],
    ['ports that a variable says', ssh('cidr_blocks = ["0.0.0.0/0"]').replaceAll('= 22', '= var.port')],
    ['another protocol', ssh('cidr_blocks = ["0.0.0.0/0"]').replace('"tcp"', '"icmp"')],
    [
      'a dynamic block',
      'resource "aws_security_group" "g" {\n  dynamic "ingress" {\n    for_each = var.ports\n    content {\n      from_port = 22\n      to_port = 22\n      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n',
    ],
    ['nobody, as it is not made', ssh('cidr_blocks = ["0.0.0.0/0"]').replace('{\n', '{\n  count = 0\n')],
    ['traffic out', ssh('cidr_blocks = ["0.0.0.0/0"]').replace('ingress', 'egress')],
  ]
  test.each(passing)('open to %s', (_, text) =>
    expect(deniedBy('security-group-no-public-ssh', { 'main.tf': text })).toEqual([]),
  )
})

describe('a policy document', () => {
  const holder = (text: string): string => `resource "aws_iam_policy" "p" {\n  policy = ${text}\n}\n`
  const ADMIN = '{ Effect = "Allow", Action = "*", Resource = "*" }'
  const failing: readonly (readonly [string, string])[] = [
    ['jsonencode', holder(`jsonencode({ Statement = [${ADMIN}] })`)],
    ['one statement that is no list', holder(`jsonencode({ Statement = ${ADMIN} })`)],
    [
      'lists, and another spelling',
      holder(
        'jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:Get*", "*:*"], Resource = ["arn:aws:*"] }] })',
      ),
    ],
    ['a heredoc', holder('<<EOT\n{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}\nEOT')],
    [
      'a heredoc with a reference in a text',
      holder('<<EOT\n{"Id": "${var.id}", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}\nEOT'),
    ],
    [
      'a data source',
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n',
    ],
    [
      'a role with a policy inside',
      `resource "aws_iam_role" "r" {\n  inline_policy {\n    policy = jsonencode({ Statement = [${ADMIN}] })\n  }\n}\n`,
    ],
  ]
  test.each(failing)('%s', (_, text) => expect(deniedBy('iam-no-admin-policy', { 'main.tf': text })).not.toEqual([]))

  const passing: readonly (readonly [string, string])[] = [
    [
      'with named actions',
      holder('jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })'),
    ],
    ['that denies', holder('jsonencode({ Statement = [{ Effect = "Deny", Action = "*", Resource = "*" }] })')],
    [
      'with a condition',
      holder(
        'jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = "eu-central-1" } } }] })',
      ),
    ],
    ['from a function', holder('templatefile("admin.json", {})')],
    ['from a function inside', holder('jsonencode(merge(local.base, {}))')],
    ['that is no JSON', holder('<<EOT\n{"Statement": ${jsonencode(local.statements)}}\nEOT')],
    [
      'that another overrides',
      'data "aws_iam_policy_document" "d" {\n  override_policy_documents = [data.aws_iam_policy_document.e.json]\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n  }\n}\n',
    ],
    [
      'for a principal',
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["*"]\n    resources = ["*"]\n    principals {\n      type        = "AWS"\n      identifiers = [var.account]\n    }\n  }\n}\n',
    ],
  ]
  test.each(passing)('%s', (_, text) => expect(deniedBy('iam-no-admin-policy', { 'main.tf': text })).toEqual([]))
})

describe('a setting', () => {
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ['true as text', 'kms-key-rotation', 'resource "aws_kms_key" "k" {\n  enable_key_rotation = "true"\n}\n', false],
    [
      'null, which is nothing',
      'kms-key-rotation',
      'resource "aws_kms_key" "k" {\n  enable_key_rotation = null\n}\n',
      true,
    ],
    [
      'a key that cannot rotate',
      'kms-key-rotation',
      'resource "aws_kms_key" "k" {\n  key_usage = "SIGN_VERIFY"\n}\n',
      false,
    ],
    [
      'a key of a kind that is not known',
      'kms-key-rotation',
      'resource "aws_kms_key" "k" {\n  key_usage = var.usage\n}\n',
      false,
    ],
    [
      'a module that a dynamic block may make',
      'ecr-scan-on-push',
      'resource "aws_ecr_repository" "r" {\n  dynamic "image_scanning_configuration" {\n    for_each = var.scan\n    content {\n      scan_on_push = true\n    }\n  }\n}\n',
      false,
    ],
    [
      'a restored database',
      'rds-storage-encrypted',
      'resource "aws_db_instance" "d" {\n  snapshot_identifier = "s"\n}\n',
      false,
    ],
    [
      'a restored database that says no',
      'rds-storage-encrypted',
      'resource "aws_db_instance" "d" {\n  snapshot_identifier = "s"\n  storage_encrypted = false\n}\n',
      true,
    ],
    [
      'a second behaviour',
      'cloudfront-viewer-https',
      'resource "aws_cloudfront_distribution" "d" {\n  default_cache_behavior {\n    viewer_protocol_policy = "https-only"\n  }\n  ordered_cache_behavior {\n    viewer_protocol_policy = "https-only"\n  }\n  ordered_cache_behavior {\n    viewer_protocol_policy = "allow-all"\n  }\n}\n',
      true,
    ],
    [
      'one container of several',
      'ecs-no-privileged-containers',
      'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ name = "a" }, { name = "b", privileged = true }])\n}\n',
      true,
    ],
    [
      'containers from a function',
      'ecs-read-only-root-filesystem',
      'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode(concat([], var.more))\n}\n',
      false,
    ],
    [
      'a redirect to HTTPS',
      'alb-listener-https',
      'resource "aws_lb_listener" "l" {\n  protocol = "HTTP"\n  default_action {\n    type = "redirect"\n    redirect {\n      protocol = "HTTPS"\n      status_code = "HTTP_301"\n    }\n  }\n}\n',
      false,
    ],
    [
      'a managed key of AWS',
      'secretsmanager-customer-managed-key',
      'resource "aws_secretsmanager_secret" "s" {\n  kms_key_id = "arn:aws:kms:eu-central-1:123456789012:alias/aws/secretsmanager"\n}\n',
      true,
    ],
    [
      'a list that a variable goes on',
      'eks-control-plane-logs',
      'resource "aws_eks_cluster" "c" {\n  enabled_cluster_log_types = ["api", var.more]\n}\n',
      false,
    ],
    [
      'a partition that is looked up',
      'iam-no-administrator-access',
      'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"\n}\n',
      true,
    ],
  ]
  test.each(cases)('%s (%s)', (_, name, text, denied) => {
    expect(deniedBy(name, { 'main.tf': text }).length > 0).toBe(denied)
  })
})
