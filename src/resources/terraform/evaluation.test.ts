import { describe, expect, test } from 'vitest'
import { at, plain, read, resource, written } from './testing.ts'

describe('addresses', () => {
  const addresses: readonly [string, string, readonly string[]][] = [
    ['plain', `resource "aws_s3_bucket" "b" {}\ndata "aws_region" "r" {}`, ['aws_s3_bucket.b', 'data.aws_region.r']],
    ['count', `resource "a_b" "c" { count = 2 }`, ['a_b.c[0]', 'a_b.c[1]']],
    ['count of zero', `resource "a_b" "c" { count = 0 }`, ['a_b.c']],
    ['unknown count', `variable "n" {}\nresource "a_b" "c" { count = var.n }`, ['a_b.c']],
    [
      'count by condition',
      `variable "on" { default = true }\nresource "a_b" "c" { count = var.on ? 1 : 0 }`,
      ['a_b.c[0]'],
    ],
    ['for_each over a set', `resource "a_b" "c" { for_each = toset(["y", "x"]) }`, ['a_b.c["x"]', 'a_b.c["y"]']],
    ['for_each over a map', `resource "a_b" "c" { for_each = { k = 1 } }`, ['a_b.c["k"]']],
    ['unknown for_each', `variable "s" {}\nresource "a_b" "c" { for_each = var.s }`, ['a_b.c']],
    [
      'partly known for_each',
      `variable "s" {}\nresource "a_b" "c" { for_each = merge({ k = 1 }, var.s) }`,
      ['a_b.c["k"]', 'a_b.c'],
    ],
    ['keys that need escapes', `resource "a_b" "c" { for_each = toset(["a\\"b"]) }`, ['a_b.c["a\\"b"]']],
    [
      'providers and backends',
      `terraform {\n backend "s3" {}\n}\nprovider "aws" {}\nprovider "aws" {\n alias = "east"\n}`,
      ['terraform.backend.s3', 'provider.aws', 'provider.aws.east'],
    ],
  ]
  test.each(addresses)('%s', (_, code, expected) => {
    expect(read(code).resources.map(({ address }) => address)).toEqual(expected)
  })

  test('what is switched off is dormant', () => {
    const reading = read(
      `resource "a_b" "c" { count = 0 }\nresource "a_b" "d" { for_each = {} }\nresource "a_b" "e" {}`,
    )
    expect(reading.resources.map(({ dormant }) => dormant)).toEqual([true, true, false])
  })
})

describe('values', () => {
  const values: readonly [string, string, string, unknown][] = [
    ['literals', 'null', '', null],
    ['templates', '"a-${1 + 1}-${true}"', '', 'a-2-true'],
    ['a template that is only an interpolation', '"${[1]}"', '', [1]],
    [
      'template directives',
      '"%{ for x in ["a", "b"] }${x},%{ endfor }%{ if false }no%{ else }yes%{ endif }"',
      '',
      'a,b,yes',
    ],
    ['operators', '[1 + 2 * 3, 7 % 4, -2, !true, 1 < 2, "a" == "b", 1 != 2]', '', [7, 3, -2, false, true, false, true]],
    ['short circuit', 'false && var.none', '', false],
    ['short circuit with unknown', 'var.none && false', '', false],
    ['or with unknown', 'var.none || true', '', true],
    ['conditional', 'var.given == "x" ? "yes" : "no"', '', 'yes'],
    ['unknown conditional', 'var.none ? "AES256" : "aws:kms"', '', { oneOf: ['AES256', 'aws:kms'] }],
    ['unknown conditional with equal sides', 'var.none ? "a" : "a"', '', 'a'],
    ['nested unknown conditional', 'var.none ? "a" : var.none == 1 ? "b" : "c"', '', { oneOf: ['a', 'b', 'c'] }],
    ['template of candidates', '"x-${var.none ? "a" : "b"}"', '', { oneOf: ['x-a', 'x-b'] }],
    ['for over a list', '[for i, v in ["a", "b"] : "${i}${v}"]', '', ['0a', '1b']],
    ['for over a map sorts', '[for k, v in { b = 1, a = 2 } : "${k}${v}"]', '', ['a2', 'b1']],
    ['for with condition', '[for v in [1, 2, 3] : v if v > 1]', '', [2, 3]],
    ['object for', '{ for v in ["a", "b"] : v => upper(v) }', '', { a: 'A', b: 'B' }],
    ['grouping for', '{ for v in ["aa", "ab", "b"] : substr(v, 0, 1) => v... }', '', { a: ['aa', 'ab'], b: ['b'] }],
    ['for over unknown', '[for v in var.none : upper(v)]', '', [{ rest: 'var.none has no default' }]],
    [
      'for with unknown condition',
      '[for v in [{ a = 1 }] : v if var.none == 1]',
      '',
      [{ rest: 'var.none has no default' }],
    ],
    ['what may exist', '[for v in [{ a = 1 }] : v if var.none == 1][0].a', '', 1],
    ['splat', '[{ a = 1 }, { a = 2 }][*].a', '', [1, 2]],
    ['splat on null', 'null[*]', '', []],
    ['splat on a single value', '"x"[*]', '', ['x']],
    ['index', '{ a = [1, 2] }["a"][1]', '', 2],
    ['index with unknown key', '{ a = "x", b = "y" }[var.none]', '', { oneOf: ['x', 'y'] }],
    ['try', 'try(var.object.missing, "fallback")', '', 'fallback'],
    ['can', 'can(var.object.missing)', '', false],
    ['lookup', 'lookup(var.object, "a", "d")', '', 1],
    ['functions with lists', 'concat(["a"], local.list...)', '', ['a', 'b', 'c']],
    ['locals', 'local.chained', '', 'x!'],
    ['tfvars of nothing', 'var.none', '', { unknown: 'var.none has no default' }],
    ['comparison with null of a template', '"${var.none}x" == null', '', false],
    ['prefix decides', '"arn:${var.none}" == "http"', '', false],
    ['heredoc', '<<-EOT\n    a\n      b\n    EOT\n', '', 'a\n  b\n'],
    ['path', '"${path.module}/x"', '', './x'],
    ['workspace', 'terraform.workspace', '', { unknown: 'terraform.workspace depends on the run' }],
    ['deep partly known', '{ a = 1, b = var.none }', 'b', { unknown: 'var.none has no default' }],
    ['deep partly known', '{ a = 1, b = var.none }', 'a', 1],
    ['optional attributes', 'var.typed', '', { a: 'x', b: 5, c: null }],
    ['set type', 'var.set', '', ['a', 'b']],
    ['null argument', 'var.not_nullable', '', 'd'],
  ]
  const context = `
    variable "none" {}
    variable "given" { default = "x" }
    variable "object" { default = { a = 1 } }
    variable "not_nullable" {
      default  = "d"
      nullable = false
    }
    variable "set" {
      type    = set(string)
      default = ["b", "a", "b"]
    }
    variable "typed" {
      type    = object({ a = string, b = optional(number, "5"), c = optional(string) })
      default = { a = "x", dropped = true }
    }
    locals {
      chained = "\${local.first}!"
      first   = var.given
      list    = [["b", "c"]]
    }`
  test.each(values)('%s: %s', (_, expression, path, expected) => {
    const reading = read(`${context}\nresource "a_b" "c" {\n  v = ${expression}\n}\n`)
    expect(reading.diagnostics).toEqual([])
    expect(plain(at(reading, 'a_b.c', path === '' ? 'v' : `v.${path}`))).toEqual(expected)
  })
})

describe('origins', () => {
  test('follow variables, locals, arguments and tfvars to the literal', () => {
    const reading = read({
      'main.tf': `
        variable "acl" { default = "public-read" }
        variable "name" {}
        locals { acl = var.acl }
        module "m" {
          source = "./m"
          size   = 10
        }
        resource "aws_s3_bucket" "b" {
          acl    = local.acl
          bucket = var.name
          tags   = { a = var.name }
        }`,
      'm/main.tf': `
        variable "size" {}
        resource "a_b" "c" { size = var.size }`,
      'terraform.tfvars': `name = "from-tfvars"\n`,
    })
    expect(written(at(reading, 'aws_s3_bucket.b', 'acl'))).toBe('"public-read"')
    expect(at(reading, 'aws_s3_bucket.b', 'bucket')?.origin?.document.path).toBe('terraform.tfvars')
    expect(written(at(reading, 'aws_s3_bucket.b', 'tags'))).toBe('{ a = var.name }')
    expect(written(at(reading, 'aws_s3_bucket.b', 'tags.a'))).toBe('"from-tfvars"')
    expect(written(at(reading, 'module.m.a_b.c', 'size'))).toBe('10')
    expect(resource(reading, 'module.m').type).toBe('module')
  })

  test('of another resource stop at the reference', () => {
    const reading = read(`
      resource "aws_s3_bucket" "b" { bucket = "name" }
      resource "aws_s3_bucket_acl" "a" { bucket = aws_s3_bucket.b.bucket }`)
    const value = at(reading, 'aws_s3_bucket_acl.a', 'bucket')
    expect(plain(value)).toBe('name')
    expect(written(value)).toBe('aws_s3_bucket.b.bucket')
    expect(value?.refs).toEqual([{ address: 'aws_s3_bucket.b', root: '.', attribute: 'bucket' }])
  })
})
