import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, read } from './testing.ts'
import { isWhollyKnown } from './values.ts'

const project = {
  'main.tf': `
terraform {
  backend "s3" {}
}
provider "aws" { region = local.region }
variable "env" {
  type    = object({ name = string, size = optional(number, 3) })
  default = { name = "prod" }
}
variable "rules" {}
locals {
  region = "eu-\${var.env.name}-1"
  names  = toset([for i in range(3) : "n\${i}"])
}
module "m" {
  source   = "./m"
  for_each = local.names
  name     = each.key
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [file("p.json")]
  dynamic "statement" {
    for_each = var.rules
    content {
      actions   = statement.value.actions
      resources = ["\${aws_s3_bucket.b["n1"].arn}/*"]
    }
  }
}
resource "aws_s3_bucket" "b" {
  for_each = local.names
  bucket   = "\${each.key}-%{ if var.env.size > 2 }big%{ else }small%{ endif }"
  policy   = <<-EOT
    {"Statement": [{"Effect": "Allow", "Resource": "\${var.rules}", "Action": \${jsonencode(["a:b"])}}]}
  EOT
  lifecycle {
    ignore_changes = [tags]
  }
}
resource "aws_s3_bucket_acl" "a" {
  count  = length(local.names)
  bucket = values(aws_s3_bucket.b)[*].id[count.index]
  acl    = try(var.rules.acl, module.m["n0"].out, "x") == null ? "private" : lookup({ a = 1 }, "b", "c")
}
`,
  'm/main.tf': `
variable "name" { validation { condition = var.name != "" } }
resource "r_r" "r" { v = var.name }
output "out" { value = r_r.r.id }
`,
  'p.json': '{"Statement": []}',
}

test('never throws, whatever is done to the files', () => {
  const alphabet = [
    '',
    '{',
    '}',
    '"',
    '${',
    '[',
    ']',
    '*',
    '.',
    'count = 3\n',
    'each.value',
    'null',
    '\n',
    '0',
    'module.m',
    '(',
    '%{ for',
  ]
  const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), text: fc.constantFrom(...alphabet) })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.boolean(), (edits, inModule) => {
      const path = inModule ? 'm/main.tf' : 'main.tf'
      let text = project[path]
      for (const { at, length, text: inserted } of edits) {
        const start = at % (text.length + 1)
        text = text.slice(0, start) + inserted + text.slice(start + length)
      }
      const reading = read({ ...project, [path]: text })
      const addresses = reading.resources.map(({ root, address }) => `${root} ${address}`)
      expect(new Set(addresses).size).toBe(addresses.length)
    }),
    { numRuns: 400 },
  )
})

test('the unchanged project has nothing to complain about', () => {
  const reading = read(project)
  expect(reading.diagnostics).toEqual([])
  expect(reading.resources).toHaveLength(3 + 3 + 3 + 1 + 3 + 2)
})

test('hostile nesting and growth end', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => `l${i + 1} = local.l${i}`).join('\n')
  const growth = Array.from({ length: 60 }, (_, i) => `g${i + 1} = concat(local.g${i}, local.g${i})`).join('\n')
  const nested = Array.from({ length: 60 }, (_, i) => `n${i + 1} = [local.n${i}, local.n${i}]`).join('\n')
  const texts = Array.from({ length: 60 }, (_, i) => `t${i + 1} = "\${local.t${i}}\${local.t${i}}"`).join('\n')
  const loops = '[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a * b * c]]]'
  const reading = read(`locals {
    l0 = 1
    g0 = [1, 2]
    n0 = [1]
    t0 = "x"
    ${chain}
    ${growth}
    ${nested}
    ${texts}
  }
  resource "a_b" "c" {
    l = local.l3000
    g = local.g60
    n = jsonencode(local.n60)
    t = local.t60
    f = ${loops}
  }`)
  const values = [...(reading.resources[0]?.value.entries.values() ?? [])]
  expect(values.map(isWhollyKnown)).toEqual([false, false, false, false, false])
})

test('deeply nested source ends', () => {
  const deep = 4000
  const sources = [
    `resource "a_b" "c" { v = ${'('.repeat(deep)}1${')'.repeat(deep)} }`,
    `resource "a_b" "c" { v = ${'['.repeat(deep)}1${']'.repeat(deep)} }`,
    `resource "a_b" "c" { v = ${'"${'.repeat(deep)}1${'}"'.repeat(deep)} }`,
    `resource "a_b" "c" { v = ${'!'.repeat(deep)}true }`,
    `resource "a_b" "c" { v = 1${' + 1'.repeat(deep)} }`,
    `resource "a_b" "c" { v = a_b.c${'.x'.repeat(deep)} }`,
    `resource "a_b" "c" {\n${'b {\n'.repeat(deep)}${'}\n'.repeat(deep)}}`,
    `variable "x" {\n type = ${'list('.repeat(deep)}any${')'.repeat(deep)}\n default = []\n}\nresource "a_b" "c" { v = var.x }`,
    `resource "a_b" "c" { v = "${'[{\\"a\\":'.repeat(deep)}1" }`,
  ]
  for (const source of sources) expect(() => read(source)).not.toThrow()
})

test('values that nest ever deeper end', () => {
  const locals = Array.from({ length: 20_000 }, (_, i) => `n${i + 1} = [local.n${i}]`).join('\n')
  const uses = Array.from({ length: 100 }, (_, i) => `a${i} = local.n${(i + 1) * 150}`).join('\n')
  const reading = read(
    `locals {\n n0 = 1\n ${locals}\n}\nresource "a_b" "c" {\n ${uses}\n x = local.n20000 == local.n19999\n}`,
  )
  expect(isWhollyKnown(at(reading, 'a_b.c', 'a0') ?? { kind: 'null' })).toBe(true)
  expect(isWhollyKnown(at(reading, 'a_b.c', 'a99') ?? { kind: 'null' })).toBe(false)
})

test('modules that multiply end', () => {
  const level = (next: string) =>
    `module "a" {\n source = "../${next}"\n count = 8\n}\nmodule "b" { source = "../${next}" }\nresource "r_r" "r" {}`
  const files: Record<string, string> = { 'm0/main.tf': 'resource "r_r" "r" {}' }
  for (let i = 1; i <= 8; i++) files[`m${i}/main.tf`] = level(`m${i - 1}`)
  const reading = read(files)
  expect(reading.diagnostics.map(({ code }) => code)).toContain('terraform-too-many-modules')
})

test('ten thousand files take time in proportion', { timeout: 120_000 }, () => {
  const files = (count: number) => {
    const texts: Record<string, string> = {}
    for (let i = 0; i < count; i++) {
      texts[`main${i}.tf`] = `
        variable "v${i}" { default = "x" }
        locals { l${i} = "\${var.v${i}}-${i}" }
        resource "aws_s3_bucket" "b${i}" {
          bucket = local.l${i}
          tags   = { Name = local.l${i}, Other = aws_s3_bucket.b${(i + 1) % count}.arn }
        }`
    }
    return texts
  }
  const seconds = (project: Record<string, string>) => {
    const start = performance.now()
    const reading = read(project)
    expect(reading.diagnostics).toEqual([])
    return (performance.now() - start) / 1000
  }
  const small = seconds(files(1000))
  const large = seconds(files(10_000))
  // Ten times the files; the rest is for the garbage collector and a busy machine.
  expect(large).toBeLessThan(Math.max(small, 0.25) * 100)
})
