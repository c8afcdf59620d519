import { expect, test } from 'vitest'
import { readEstate } from '../resources/read.ts'
import { schemaErrors } from './schema-check.ts'

const versions = (major: number): string =>
  `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> ${major}.1"\n    }\n  }\n}\n`

function errors(after: string, { major = 5, before = '', file = 'main.tf' } = {}): readonly string[] {
  const estate = (text: string) =>
    readEstate({
      files: new Map([
        ['versions.tf', versions(major)],
        [file, text],
      ]),
      vendored: new Map(),
    })
  return schemaErrors(estate(before), estate(after), new Map())
}

test('what the provider takes', () => {
  expect(
    errors(`
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  count  = 2
  versioning_configuration {
    status = "Enabled"
  }
  lifecycle {
    prevent_destroy = true
  }
}
resource "aws_db_instance" "a" {
  instance_class      = var.size
  allocated_storage   = "20"
  multi_az            = "true"
  password            = var.password
  deletion_protection = null
  tags                = { Name = "a" }
}
resource "aws_security_group" "a" {
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port = ingress.value
    }
  }
  egress = []
}
resource "aws_lb_listener" "a" {
  load_balancer_arn = aws_lb.a.arn
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
    }
  }
}
`),
  ).toEqual([])
})

const versioning = (inner: string): string => `resource "aws_s3_bucket_versioning" "a" {\n  bucket = "b"\n${inner}\n}\n`

test.each<[string, string, string]>([
  [
    'a name that it does not know',
    'resource "aws_kms_key" "a" {\n  rotation = true\n}',
    'rotation is not a name that the provider knows',
  ],
  [
    'a nested name that it does not know',
    versioning('versioning_configuration {\n status = "Enabled"\n enabled = true\n}'),
    'versioning_configuration.enabled is not a name that the provider knows',
  ],
  ['a missing block', versioning(''), 'versioning_configuration is required'],
  [
    'a missing name in a block',
    versioning('versioning_configuration {}'),
    'versioning_configuration.status is required',
  ],
  [
    'null for what is required',
    versioning('versioning_configuration {\n status = null\n}'),
    'versioning_configuration.status is required',
  ],
  [
    'a block that occurs twice',
    versioning(
      'versioning_configuration {\n status = "Enabled"\n}\nversioning_configuration {\n status = "Enabled"\n}',
    ),
    'versioning_configuration may occur once only',
  ],
  [
    'a block as an attribute',
    versioning('versioning_configuration = { status = "Enabled" }'),
    'versioning_configuration is a block, not an attribute',
  ],
  [
    'an attribute as a block',
    'resource "aws_kms_key" "a" {\n  tags {\n    a = "b"\n  }\n}',
    'tags is an attribute, not a block',
  ],
  [
    'a string for a bool',
    'resource "aws_kms_key" "a" {\n  enable_key_rotation = "yes"\n}',
    'enable_key_rotation must be true or false',
  ],
  [
    'a string for a number',
    'resource "aws_kms_key" "a" {\n  deletion_window_in_days = "a week"\n}',
    'deletion_window_in_days must be a number',
  ],
  [
    'a string for a list',
    'resource "aws_eks_cluster" "a" {\n  name     = "a"\n  role_arn = "r"\n  vpc_config {\n    subnet_ids = "s"\n  }\n}',
    'vpc_config.subnet_ids must be a list of strings',
  ],
  ['a list for a string', 'resource "aws_kms_key" "a" {\n  description = ["a"]\n}', 'description must be a string'],
  [
    'two that exclude each other',
    'resource "aws_db_instance" "a" {\n  instance_class = "x"\n  password = "p"\n  manage_master_user_password = true\n}',
    'manage_master_user_password and password exclude each other',
  ],
  [
    'two of which exactly one may be set',
    'resource "aws_vpc_security_group_ingress_rule" "a" {\n  security_group_id = "s"\n  ip_protocol = "tcp"\n  cidr_ipv4 = "10.0.0.0/8"\n  cidr_ipv6 = "fd00::/8"\n}',
    'cidr_ipv4 and cidr_ipv6 exclude each other',
  ],
  [
    'none of which exactly one is needed',
    'resource "aws_vpc_security_group_ingress_rule" "a" {\n  security_group_id = "s"\n  ip_protocol = "tcp"\n}',
    'one of cidr_ipv4, cidr_ipv6, prefix_list_id, referenced_security_group_id is required',
  ],
  [
    'a list of objects without all their names',
    'resource "aws_security_group" "a" {\n  ingress = [{ from_port = 1, to_port = 1, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"] }]\n}',
    'ingress as a list of objects needs description, ipv6_cidr_blocks, prefix_list_ids, security_groups, self too',
  ],
])('refuses %s', (_name, text, message) => {
  const found = errors(text).map((error) => error.slice(error.indexOf(': ') + 2))
  expect(found).toContain(message)
  expect(found.length).toBeLessThan(3)
})

test('what is wrong already is not held against an edit', () => {
  const before = 'resource "aws_kms_key" "a" {\n  rotation = true\n}\n'
  expect(errors(before.replace('rotation', 'description = "x"\n  rotation'), { before })).toEqual([])
})

test('each major has its own names', () => {
  const text = 'resource "aws_redshift_logging" "a" {\n  cluster_identifier = "c"\n}\n'
  expect(errors(text, { major: 4 })).toEqual(['aws_redshift_logging.a: provider version 4 has no such resource type'])
  expect(errors(text, { major: 6 })).toEqual([])
  const days = 'resource "aws_kms_key" "a" {\n  rotation_period_in_days = 90\n}\n'
  expect([4, 5, 6].map((major) => errors(days, { major }).length)).toEqual([1, 0, 0])
})

test('JSON syntax is judged by its values', () => {
  const json = (key: object): string => JSON.stringify({ resource: { aws_kms_key: { a: key } } })
  expect(errors(json({ enable_key_rotation: true }), { file: 'main.tf.json' })).toEqual([])
  expect(errors(json({ enable_key_rotation: 'maybe' }), { file: 'main.tf.json' })).toHaveLength(1)
})

test('what is switched off, and dynamic blocks that exclude each other, are let alone', () => {
  const off = 'resource "aws_kms_key" "a" {\n  count = 0\n  rotation = true\n}\n'
  expect(errors(off)).toEqual([])
  const dynamic = (name: string): string =>
    `  dynamic "vpc_config" {\n    for_each = var.${name}\n    content {\n      subnet_ids = ["s"]\n    }\n  }\n`
  const cluster = `resource "aws_eks_cluster" "a" {\n  name = "a"\n  role_arn = "r"\n${dynamic('one')}${dynamic('two')}}\n`
  expect(errors(cluster)).toEqual([])
})
