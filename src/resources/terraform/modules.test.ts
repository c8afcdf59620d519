import { describe, expect, test } from 'vitest'
import { Estate } from '../estate.ts'
import { at, plain, read, resource } from './testing.ts'

const addressesOf = (reading: ReturnType<typeof read>) =>
  reading.resources.map(({ root, address }) => `${root}:${address}`)

describe('modules', () => {
  test('a local module is evaluated once per call, with its outputs', () => {
    const reading = read({
      'main.tf': `
        module "a" {
          source = "./modules/bucket"
          name   = "one"
        }
        module "b" {
          source = "./modules/bucket"
          name   = "two"
          count  = 2
        }
        resource "x_y" "z" {
          a = module.a.name
          b = module.b[*].name
          c = module.b[1].id
          d = module.a.inner
        }`,
      'modules/bucket/main.tf': `
        variable "name" { type = string }
        variable "inner" { default = "deep" }
        resource "aws_s3_bucket" "this" { bucket = "b-\${var.name}" }
        module "nested" {
          source = "../nested"
          value  = var.inner
        }
        output "name" { value = aws_s3_bucket.this.bucket }
        output "id" { value = aws_s3_bucket.this.id }
        output "inner" { value = module.nested.value }`,
      'modules/nested/main.tf': `
        variable "value" {}
        output "value" { value = upper(var.value) }
        resource "n_n" "n" {}`,
    })
    expect(reading.diagnostics).toEqual([])
    expect(addressesOf(reading)).toEqual([
      '.:module.a',
      '.:module.b[0]',
      '.:module.b[1]',
      '.:x_y.z',
      '.:module.a.aws_s3_bucket.this',
      '.:module.a.module.nested',
      '.:module.a.module.nested.n_n.n',
      '.:module.b[0].aws_s3_bucket.this',
      '.:module.b[0].module.nested',
      '.:module.b[0].module.nested.n_n.n',
      '.:module.b[1].aws_s3_bucket.this',
      '.:module.b[1].module.nested',
      '.:module.b[1].module.nested.n_n.n',
    ])
    expect(plain(at(reading, 'x_y.z', 'a'))).toBe('b-one')
    expect(plain(at(reading, 'x_y.z', 'b'))).toEqual(['b-two', 'b-two'])
    expect(plain(at(reading, 'x_y.z', 'd'))).toBe('DEEP')
    expect(at(reading, 'x_y.z', 'c')?.refs).toEqual([
      { address: 'module.b[1].aws_s3_bucket.this', root: '.', attribute: 'id' },
    ])
    const bucket = resource(reading, 'module.b[1].aws_s3_bucket.this')
    expect(bucket.source).toMatchObject({ editable: true, sharedBy: 2 })
    expect(bucket.modulePath).toBe('module.b[1]')
  })

  test('for_each on a module call, known and unknown', () => {
    const reading = read({
      'main.tf': `
        variable "more" {}
        module "a" {
          source   = "./m"
          for_each = { k = "v" }
          value    = each.value
        }
        module "b" {
          source   = "./m"
          for_each = var.more
          value    = each.value
        }
        module "off" {
          source = "./m"
          count  = 0
          value  = 1
        }`,
      'm/m.tf': `variable "value" {}\nresource "r_r" "r" { v = var.value }`,
    })
    expect(plain(at(reading, 'module.a["k"].r_r.r', 'v'))).toBe('v')
    expect(plain(at(reading, 'module.b.r_r.r', 'v'))).toEqual({ unknown: 'var.more has no default' })
    expect(resource(reading, 'module.off.r_r.r').dormant).toBe(true)
    expect(resource(reading, 'module.a["k"].r_r.r').dormant).toBe(false)
  })

  test('recursion ends with a diagnostic', () => {
    const self = read({ 'main.tf': `module "me" { source = "./" }\nresource "a_b" "c" {}` })
    expect(self.diagnostics.map(({ code }) => code)).toEqual(['terraform-module-cycle'])
    expect(self.resources.map(({ address }) => address)).toContain('a_b.c')
    const circle = read({
      'a/main.tf': `module "b" { source = "../b" }\nresource "a_a" "a" { v = module.b.x }`,
      'b/main.tf': `module "a" { source = "../a" }\nresource "b_b" "b" {}\noutput "x" { value = 1 }`,
    })
    expect(circle.diagnostics.map(({ code }) => code)).toEqual(['terraform-module-cycle'])
    expect(addressesOf(circle)).toEqual(['a:module.b', 'a:a_a.a', 'a:module.b.module.a', 'a:module.b.b_b.b'])
  })

  test('what is not there is unavailable, and its outputs unknown', () => {
    const reading = read({
      'envs/prod/main.tf': `
        module "vpc" {
          source  = "terraform-aws-modules/vpc/aws"
          version = "5.0.0"
        }
        module "gone" { source = "./gone" }
        module "outside" { source = "../../../elsewhere" }
        resource "a_b" "c" { v = module.vpc.vpc_id }`,
    })
    expect(reading.unavailableModules.map(({ address, reason }) => `${address}: ${reason}`)).toEqual([
      'module.gone: envs/prod/gone, the source of module.gone, has no Terraform files',
      'module.outside: the source ../../../elsewhere of module.outside lies outside the project; run the audit on a folder that holds both',
      'module.vpc: module.vpc comes from terraform-aws-modules/vpc/aws and is not installed; run `terraform init` in envs/prod, then audit again',
    ])
    expect(plain(at(reading, 'a_b.c', 'v'))).toEqual({ unknown: expect.stringContaining('terraform init') })
    expect(plain(at(reading, 'module.vpc', 'version'))).toBe('5.0.0')
    expect(reading.diagnostics).toEqual([])
  })

  test('installed modules are read but not editable', () => {
    const reading = read({
      'infra/main.tf': `module "vpc" { source = "terraform-aws-modules/vpc/aws" }`,
      'infra/.terraform/modules/modules.json': JSON.stringify({
        Modules: [
          { Key: '', Source: '', Dir: '.' },
          { Key: 'vpc', Source: 'registry.terraform.io/terraform-aws-modules/vpc/aws', Dir: '.terraform/modules/vpc' },
        ],
      }),
      'infra/.terraform/modules/vpc/main.tf': `resource "aws_vpc" "this" {}\nmodule "sub" { source = "./sub" }`,
      'infra/.terraform/modules/vpc/sub/main.tf': `resource "aws_subnet" "this" {}`,
    })
    expect(addressesOf(reading)).toEqual([
      'infra:module.vpc',
      'infra:module.vpc.aws_vpc.this',
      'infra:module.vpc.module.sub',
      'infra:module.vpc.module.sub.aws_subnet.this',
    ])
    expect(resource(reading, 'module.vpc.module.sub.aws_subnet.this').source?.editable).toBe(false)
    expect(reading.unavailableModules).toEqual([])
  })

  test('every folder that nobody calls is a root module', () => {
    const reading = read({
      'a/main.tf': `module "m" { source = "../m" }\nresource "r_r" "a" {}`,
      'b/main.tf': `module "m" { source = "../m" }\nresource "r_r" "b" {}`,
      'm/main.tf': `resource "r_r" "m" {}`,
    })
    expect(addressesOf(reading)).toEqual([
      'a:module.m',
      'a:r_r.a',
      'a:module.m.r_r.m',
      'b:module.m',
      'b:r_r.b',
      'b:module.m.r_r.m',
    ])
    expect(resource(reading, 'module.m.r_r.m').source?.sharedBy).toBe(2)
  })
})

describe('files of a module', () => {
  test('overrides replace attributes and blocks; tofu replaces tf', () => {
    const reading = read({
      'main.tf': `resource "a_b" "c" {\n  x = 1\n  y = 1\n  block {\n    v = 1\n  }\n  block {\n    v = 2\n  }\n}`,
      'x_override.tf': `resource "a_b" "c" {\n  x = 2\n  block {\n    v = 3\n  }\n}`,
      'other.tf': `resource "a_b" "d" { v = "tf" }`,
      'other.tofu': `resource "a_b" "d" { v = "tofu" }`,
    })
    expect(plain(resource(reading, 'a_b.c').value)).toEqual({ y: 1, x: 2, block: [{ v: 3 }] })
    expect(at(reading, 'a_b.c', 'x')?.origin?.document.path).toBe('x_override.tf')
    expect(plain(at(reading, 'a_b.d', 'v'))).toBe('tofu')
  })

  test("variable files win in Terraform's order", () => {
    const project = {
      'main.tf': `variable "a" { default = 0 }\nvariable "b" {}\nvariable "c" {}\nvariable "d" {}\nvariable "e" {}
        resource "r_r" "r" { v = [var.a, var.b, var.c, var.d, var.e] }`,
      'terraform.tfvars': 'a = 1\nb = 1\nc = 1\nd = 1\ne = 1\n',
      'terraform.tfvars.json': '{"b": 2, "c": 2, "d": 2, "e": 2}',
      'b.auto.tfvars': 'd = 4\ne = 4\n',
      'a.auto.tfvars': 'c = 3\nd = 3\ne = 3\n',
      'other.tfvars': 'a = 9\n',
    }
    const reading = read(project, { varFiles: [{ path: 'given.tfvars', text: 'e = 5' }] })
    expect(plain(at(reading, 'r_r.r', 'v'))).toEqual([1, 2, 3, 4, 5])
  })

  test('JSON syntax gives the same', () => {
    const reading = read({
      'main.tf.json': JSON.stringify({
        variable: { name: { type: 'string', default: 'n' } },
        resource: {
          aws_s3_bucket: {
            b: {
              bucket: 'x-${var.name}',
              versioning: { enabled: true },
              dynamic: { rule: { for_each: ['a', 'b'], iterator: 'it', content: { id: '${it.value}' } } },
              depends_on: ['aws_s3_bucket.none'],
            },
          },
        },
      }),
    })
    expect(reading.diagnostics).toEqual([])
    expect(plain(resource(reading, 'aws_s3_bucket.b').value)).toEqual({
      bucket: 'x-n',
      versioning: { enabled: true },
      rule: [{ id: 'a' }, { id: 'b' }],
      depends_on: ['aws_s3_bucket.none'],
    })
  })

  test('file functions stay in the project', () => {
    const reading = read({
      'envs/a/main.tf': `
        resource "r_r" "r" {
          a = file("\${path.module}/../../x.txt")
          b = file("../../../secret")
          c = templatefile("t.tpl", { name = "n", list = [1, 2] })
          d = file("missing")
        }`,
      'x.txt': 'content',
      'envs/a/t.tpl': '{"who": "${name}", "l": [%{ for i in list }${i},%{ endfor } 0]}\n',
    })
    expect(plain(at(reading, 'r_r.r', 'a'))).toBe('content')
    expect(at(reading, 'r_r.r', 'b')?.kind).toBe('unknown')
    expect(at(reading, 'r_r.r', 'd')?.kind).toBe('unknown')
    const template = at(reading, 'r_r.r', 'c')
    expect(plain(template)).toBe('{"who": "n", "l": [1,2, 0]}\n')
    expect(template?.kind === 'string' && plain(template.encodes)).toEqual({ who: 'n', l: [1, 2, 0] })
  })
})

describe('diagnostics', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    [
      'variable',
      `variable "region" {}\nresource "a_b" "c" { v = var.regoin }`,
      ['2:26 var.regoin refers to nothing: it is not declared in this module. Did you mean var.region?'],
    ],
    [
      'local',
      `resource "a_b" "c" { v = local.x }`,
      ['1:26 local.x refers to nothing: it is not declared in this module. Declare it or correct the name.'],
    ],
    [
      'resource',
      `resource "a_b" "c" { v = a_b.d.id }`,
      ['1:26 a_b.d refers to nothing: it is not declared in this module. Did you mean a_b.c?'],
    ],
    [
      'data',
      `resource "a_b" "c" { v = "x-\${data.x.y.z}" }`,
      ['1:31 data.x.y refers to nothing: it is not declared in this module. Declare it or correct the name.'],
    ],
    [
      'module',
      `resource "a_b" "c" { v = module.m.x }`,
      ['1:26 module.m refers to nothing: it is not declared in this module. Declare it or correct the name.'],
    ],
    [
      'bound names are fine',
      `resource "a_b" "c" {\n v = [for x in [{a = 1}] : x.a]\n dynamic "i" {\n for_each = []\n content {\n w = i.value\n }\n }\n}`,
      [],
    ],
    [
      'naming attributes are fine',
      `resource "a_b" "c" {\n provider = aws.east\n depends_on = [no.such]\n lifecycle {\n ignore_changes = [tags.a]\n }\n}`,
      [],
    ],
    [
      'never taken branches count',
      `resource "a_b" "c" { v = true ? 1 : var.none }`,
      ['1:37 var.none refers to nothing: it is not declared in this module. Declare it or correct the name.'],
    ],
    [
      'duplicates',
      `resource "a_b" "c" {}\nresource "a_b" "c" {}`,
      ['2:1 a_b.c is declared twice in this module; rename or remove one of the two. Only the first is read.'],
    ],
    [
      'cycles of locals',
      `locals {\n a = local.b\n b = local.a\n}\nresource "a_b" "c" { v = local.a }`,
      ['2:2 local.a refers to itself, directly or through others; break the circle. Its value is unknown until then.'],
    ],
  ]
  test.each(cases)('%s', (_, code, expected) => {
    const messages = read(code).diagnostics.map(
      ({ message, range }) => `${range?.start.line}:${range?.start.column} ${message}`,
    )
    expect(messages).toEqual(expected)
  })

  test('outputs that a module does not have', () => {
    const reading = read({
      'main.tf': `module "m" { source = "./m" }\nresource "a_b" "c" { v = module.m.identifer }`,
      'm/m.tf': `output "identifier" { value = 1 }`,
    })
    expect(reading.diagnostics.map(({ message }) => message)).toEqual([
      'module.m.identifer refers to nothing: the module has no such output. Did you mean identifier?',
    ])
  })

  test('too many instances are read as one', () => {
    const reading = read(`resource "a_b" "c" { count = 20000 }`)
    expect(reading.resources.map(({ address }) => address)).toEqual(['a_b.c'])
    expect(reading.diagnostics.map(({ code }) => code)).toEqual(['terraform-too-many-instances'])
  })
})

test('an unknown number of instances of a module', () => {
  const reading = read({
    'main.tf': `
      variable "n" {}
      module "m" {
        source = "./m"
        count  = var.n
        index  = count.index
      }
      resource "a_b" "c" { v = one(module.m[*].id) }`,
    'm/m.tf': `variable "index" {}\nresource "r_r" "r" { v = var.index }\noutput "id" { value = r_r.r.id }`,
  })
  expect(plain(at(reading, 'module.m.r_r.r', 'v'))).toEqual({ unknown: 'var.n has no default' })
  expect(at(reading, 'a_b.c', 'v')?.refs?.map(({ address }) => address)).toEqual(['module.m.r_r.r'])
})

test('companions are found behind the same count, by name and in modules', () => {
  const { resources } = read({
    'main.tf': `
      variable "on" {}
      resource "aws_s3_bucket" "b" {
        count  = var.on ? 1 : 0
        bucket = "b"
      }
      resource "aws_s3_bucket_versioning" "v" {
        count  = var.on ? 1 : 0
        bucket = aws_s3_bucket.b[0].id
      }
      resource "aws_s3_bucket_acl" "named" { bucket = "b" }
      resource "aws_s3_bucket_policy" "indirect" { bucket = aws_s3_bucket_versioning.v[0].bucket }
      module "lock" {
        source = "./lock"
        bucket = aws_s3_bucket.b[0].id
      }`,
    'lock/main.tf': `variable "bucket" {}\nresource "aws_s3_bucket_public_access_block" "p" { bucket = var.bucket }`,
  })
  const estate = new Estate({
    resources,
    documents: new Map(),
    diagnostics: [],
    unavailableModules: [],
    files: new Map(),
    folders: new Map(),
  })
  const [bucket] = estate.terraform('aws_s3_bucket')
  if (bucket === undefined) throw new Error('no bucket')
  const found = (type: string) =>
    estate.companions(bucket, type, 'bucket').certain.map(({ resource: { address } }) => address)
  expect(found('aws_s3_bucket_versioning')).toEqual(['aws_s3_bucket_versioning.v'])
  expect(found('aws_s3_bucket_acl')).toEqual(['aws_s3_bucket_acl.named'])
  expect(found('aws_s3_bucket_policy')).toEqual(['aws_s3_bucket_policy.indirect'])
  expect(found('aws_s3_bucket_public_access_block')).toEqual(['module.lock.aws_s3_bucket_public_access_block.p'])
})
