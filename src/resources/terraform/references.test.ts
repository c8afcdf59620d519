import { describe, expect, test } from 'vitest'
import type { Value } from '../value.ts'
import { at, plain, read, resource } from './testing.ts'

const refsOf = (value: Value | undefined) =>
  value?.refs?.map(({ address, attribute }) => (attribute === undefined ? address : `${address} ${attribute}`))

describe('references to resources', () => {
  const prelude = `
    variable "n" {}
    resource "t_t" "one" {
      name = "given"
      list {
        v = 1
      }
    }
    resource "t_t" "counted" {
      count = 2
      name  = "n\${count.index}"
    }
    resource "t_t" "keyed" { for_each = toset(["a", "b"]) }
    resource "t_t" "open" { count = var.n }
    resource "t_t" "open_keys" { for_each = var.n }
    resource "t_t" "off" { count = 0 }
    data "t_d" "d" { filter = "x" }`
  const cases: readonly [string, unknown, readonly string[] | undefined][] = [
    ['t_t.one.id', { unknown: 't_t.one.id is known after apply' }, ['t_t.one id']],
    ['resource.t_t.one.name', 'given', ['t_t.one name']],
    ['t_t.one.name', 'given', ['t_t.one name']],
    ['t_t.one.list[0].v', 1, undefined],
    ['t_t.one.list[0].computed', { unknown: 't_t.one.list is known after apply in part' }, ['t_t.one list']],
    ['t_t.one', { unknown: 't_t.one is known after apply' }, ['t_t.one']],
    ['"arn:${t_t.one.id}/*"', { unknown: 't_t.one.id is known after apply' }, ['t_t.one id']],
    ['t_t.counted[1].id', { unknown: 't_t.counted[1].id is known after apply' }, ['t_t.counted[1] id']],
    ['t_t.counted[0].name', 'n0', ['t_t.counted[0] name']],
    ['t_t.counted[*].name', ['n0', 'n1'], ['t_t.counted[0] name', 't_t.counted[1] name']],
    ['t_t.counted.*.name', ['n0', 'n1'], ['t_t.counted[0] name', 't_t.counted[1] name']],
    ['t_t.counted[var.n].name', { oneOf: ['n0', 'n1'] }, ['t_t.counted name']],
    ['t_t.keyed["a"].id', { unknown: 't_t.keyed["a"].id is known after apply' }, ['t_t.keyed["a"] id']],
    ['one(t_t.open[*].id)', { unknown: 't_t.open.id is known after apply' }, ['t_t.open id']],
    ['t_t.open[0].id', { unknown: 't_t.open.id is known after apply' }, ['t_t.open id']],
    ['t_t.open_keys["x"].id', { unknown: 't_t.open_keys.id is known after apply' }, ['t_t.open_keys id']],
    ['one(t_t.off[*].id)', null, undefined],
    ['length(t_t.counted)', 2, ['t_t.counted']],
    ['data.t_d.d.id', { unknown: 'data.t_d.d.id is known after apply' }, ['data.t_d.d id']],
    ['[for b in t_t.keyed : b.id][0]', { unknown: 't_t.keyed["a"].id is known after apply' }, ['t_t.keyed["a"] id']],
    [
      'values(t_t.keyed)[*].id',
      [{ unknown: 't_t.keyed["a"].id is known after apply' }, { unknown: 't_t.keyed["b"].id is known after apply' }],
      ['t_t.keyed["a"] id', 't_t.keyed["b"] id'],
    ],
    [
      '{ for k, b in t_t.keyed : k => b.id }["b"]',
      { unknown: 't_t.keyed["b"].id is known after apply' },
      ['t_t.keyed["b"] id'],
    ],
    ['t_t.one.id == null', false, ['t_t.one id']],
    ['t_t.one.arn != "" ? 1 : 2', { oneOf: ['1', '2'] }, undefined],
    ['coalesce(t_t.one.id, "x")', { unknown: 't_t.one.id is known after apply' }, ['t_t.one id']],
  ]
  test.each(cases)('%s', (expression, expected, refs) => {
    const reading = read(`${prelude}\nresource "u_u" "u" { v = ${expression} }`)
    expect(reading.diagnostics).toEqual([])
    const value = at(reading, 'u_u.u', 'v')
    expect(plain(value)).toEqual(expected)
    if (refs !== undefined) expect(refsOf(value)).toEqual(refs)
  })

  test('each.key leads from instance to instance', () => {
    const reading = read(`
      locals { names = toset(["a", "b"]) }
      resource "b_b" "b" { for_each = local.names }
      resource "v_v" "v" {
        for_each = b_b.b
        bucket   = each.value.id
      }
      resource "w_w" "w" {
        for_each = local.names
        bucket   = b_b.b[each.key].id
      }`)
    expect(refsOf(at(reading, 'v_v.v["a"]', 'bucket'))).toEqual(['b_b.b["a"] id'])
    expect(refsOf(at(reading, 'w_w.w["b"]', 'bucket'))).toEqual(['b_b.b["b"] id'])
  })

  test('a choice of collections gives an instance for each member that may be there', () => {
    const reading = read(`
      variable "on" {}
      locals { rules = { a = 1, b = 2 } }
      resource "r_r" "r" {
        for_each = var.on ? local.rules : {}
        v        = each.value
      }
      resource "s_s" "s" {
        for_each = var.on ? { a = 1 } : { a = 3, c = 4 }
        v        = each.value
      }
      resource "u_u" "u" {
        first  = r_r.r["a"].id
        amount = length(r_r.r)
      }`)
    const values = reading.resources.map(({ address, value }) => [address, plain(value.entries.get('v'))])
    expect(values.filter(([, value]) => value !== undefined)).toEqual([
      ['r_r.r["a"]', 1],
      ['r_r.r["b"]', 2],
      ['s_s.s["a"]', { oneOf: ['1', '3'] }],
      ['s_s.s["c"]', 4],
    ])
    expect(plain(at(reading, 'u_u.u', 'amount'))).not.toBe(2)
    expect(refsOf(at(reading, 'u_u.u', 'first'))).toEqual(['r_r.r["a"] id'])
  })

  test('the keys of a set whose items are known in part', () => {
    const reading = read(`
      variable "account" {}
      resource "r_r" "r" {
        for_each = toset(["arn:\${var.account}:one", "arn:\${var.account}:two"])
        v        = each.value
      }
      resource "s_s" "s" {
        for_each = toset(["arn:\${var.account}:one"])
        v        = each.key
      }`)
    const parts = (value: Value | undefined) =>
      value?.kind === 'unknown' && value.parts?.map((part) => (typeof part === 'string' ? part : '?')).join('')
    const several = at(reading, 'r_r.r', 'v')
    expect(several?.kind === 'unknown' && several.candidates?.map(parts)).toEqual(['arn:?:one', 'arn:?:two'])
    expect(parts(at(reading, 's_s.s', 'v'))).toBe('arn:?:one')
  })

  test('a resource that refers to itself, or in a circle, ends', () => {
    const reading = read(`
      resource "a_a" "a" {
        v = b_b.b.v
        w = a_a.a.w
      }
      resource "b_b" "b" { v = a_a.a.v }
      resource "c_c" "c" { count = length(c_c.c) }`)
    expect(reading.resources.map(({ address }) => address)).toEqual(['a_a.a', 'b_b.b', 'c_c.c'])
    expect(at(reading, 'a_a.a', 'w')?.kind).toBe('unknown')
  })
})

describe('unknown variables', () => {
  test('carry type, null-ness, sensitivity and what their validation rejects', () => {
    const reading = read(`
      variable "cidr" {
        type      = string
        nullable  = false
        sensitive = true
        validation {
          condition     = var.cidr != "0.0.0.0/0"
          error_message = "no"
        }
      }
      variable "acl" {
        validation {
          condition     = contains(["private"], var.acl)
          error_message = "no"
        }
      }
      resource "a_b" "c" {
        cidr = var.cidr
        acl  = var.acl
      }`)
    const cidr = at(reading, 'a_b.c', 'cidr')
    expect(cidr).toMatchObject({ kind: 'unknown', type: 'string', notNull: true, sensitive: true })
    const rejects = cidr?.kind === 'unknown' ? cidr.rejects : undefined
    expect(rejects?.({ kind: 'string', value: '0.0.0.0/0' })).toBe(true)
    expect(rejects?.({ kind: 'string', value: '10.0.0.0/8' })).toBe(false)
    const acl = at(reading, 'a_b.c', 'acl')
    expect(acl?.kind === 'unknown' && acl.rejects?.({ kind: 'string', value: 'public-read' })).toBe(true)
  })
})

describe('blocks', () => {
  test('static and dynamic ones stand in source order', () => {
    const reading = read(`
      resource "sg" "sg" {
        ingress {
          port = 1
        }
        dynamic "ingress" {
          for_each = [2, 3]
          content {
            port = ingress.value
          }
        }
        ingress {
          port = 4
        }
        dynamic "egress" {
          for_each = { a = [1, 2], b = [] }
          iterator = rule
          content {
            name = rule.key
            dynamic "inner" {
              for_each = rule.value
              content {
                v = "\${rule.key}\${inner.value}\${inner.key}"
              }
            }
          }
        }
      }`)
    expect(plain(resource(reading, 'sg.sg').value)).toEqual({
      ingress: [{ port: 1 }, { port: 2 }, { port: 3 }, { port: 4 }],
      egress: [
        { name: 'a', inner: [{ v: 'a10' }, { v: 'a21' }] },
        { name: 'b', inner: [] },
      ],
    })
  })

  test('an unknown for_each gives one uncertain block, a choice one per item', () => {
    const reading = read(`
      variable "rules" {}
      resource "sg" "sg" {
        dynamic "ingress" {
          for_each = var.rules
          content {
            port = ingress.value.port
            open = "0.0.0.0/0"
          }
        }
        dynamic "egress" {
          for_each = var.rules != null ? [443] : []
          content {
            port = egress.value
          }
        }
        dynamic "both" {
          for_each = concat([1], var.rules)
          content {
            v = both.value
          }
        }
      }`)
    const ingress = at(reading, 'sg.sg', 'ingress.0')
    expect(ingress).toMatchObject({ kind: 'map', uncertain: 'var.rules has no default' })
    expect(plain(ingress)).toEqual({ port: { unknown: 'var.rules has no default' }, open: '0.0.0.0/0' })
    expect(at(reading, 'sg.sg', 'egress.0')).toMatchObject({ uncertain: expect.any(String) })
    expect(plain(at(reading, 'sg.sg', 'egress'))).toEqual([{ port: 443 }])
    const both = at(reading, 'sg.sg', 'both')
    expect(
      both?.kind === 'list' && both.items.map((item) => item.kind === 'map' && item.uncertain !== undefined),
    ).toEqual([false, true])
  })

  test('keys and blocks say where they are written', () => {
    const code = `resource "a_b" "c" {\n  name = 1\n  rule {\n    v = 2\n  }\n}`
    const value = resource(read(code), 'a_b.c').value
    expect([...(value.keySpans ?? [])].map(([, span]) => code.slice(span.start, span.end))).toEqual(['name', 'rule'])
    const rule = at(read(code), 'a_b.c', 'rule.0')
    expect(rule?.origin?.language === 'hcl' && rule.origin.node.kind).toBe('block')
  })
})

describe('references to what is not declared', () => {
  test('a resource that is named somewhere counts as one that exists, or several', () => {
    const reading = read(`
      resource "t_t" "one" {
        key    = k_k.gone.arn
        first  = k_k.gone[0].arn
        data   = data.k_k.gone.arn
        all    = k_k.gone[*].id
        policy = jsonencode({ first = k_k.gone.arn, second = "*" })
      }`)
    for (const [path, attribute] of [
      ['key', 'k_k.gone arn'],
      ['first', 'k_k.gone arn'],
      ['data', 'data.k_k.gone arn'],
    ] as const) {
      expect(at(reading, 't_t.one', path)).toMatchObject({ kind: 'unknown', type: 'string', notNull: true })
      expect(refsOf(at(reading, 't_t.one', path))).toEqual([attribute])
    }
    expect(plain(at(reading, 't_t.one', 'all'))).toEqual([{ rest: 'k_k.gone is not declared' }])
    const policy = at(reading, 't_t.one', 'policy')
    expect(policy?.kind === 'unknown' && plain(policy.encodes)).toMatchObject({ second: '*' })
  })

  test('variables, values and modules may be anything', () => {
    const reading = read('resource "t_t" "one" {\n  all = [var.gone, local.gone, module.gone.x, "known"]\n}\n')
    expect(plain(at(reading, 't_t.one', 'all'))).toEqual([
      { unknown: 'var.gone is not declared' },
      { unknown: 'local.gone is not declared' },
      { unknown: 'module.gone is not declared' },
      'known',
    ])
  })

  test('where Terragrunt adds files, a variable may be declared in one of those', () => {
    const code = 'resource "t_t" "one" {\n  a = var.region\n  b = local.gone\n}\n'
    const messages = (files: Readonly<Record<string, string>>) => read(files).diagnostics.map(({ message }) => message)
    const both = messages({ 'app/main.tf': code })
    expect(both).toEqual([expect.stringContaining('var.region'), expect.stringContaining('local.gone')])
    expect(messages({ 'app/main.tf': code, 'env/terragrunt.hcl': '' })).toEqual(both.slice(1))
  })
})
