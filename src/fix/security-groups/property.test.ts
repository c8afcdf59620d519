import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'
import { RULES } from './rules.test-helper.ts'

const VALUES = { adminCidrs: ['203.0.113.0/24', '2001:db8::/48'] }

const expansion = fc.constantFrom('', '  count = 2\n\n', '  for_each = toset(["a", "b"])\n\n', '  provider = aws.x\n\n')
const sources = fc.constantFrom(
  '["0.0.0.0/0"]',
  '["10.1.0.0/16", "0.0.0.0/0"] # why',
  '[\n      "0.0.0.0/1",\n      "128.0.0.0/1",\n    ]',
  'var.everybody',
  '[aws_vpc.main.cidr_block]',
)
const ports = fc.constantFrom(
  { from: 22, to: 22, protocol: 'tcp' },
  { from: 3389, to: 3389, protocol: 'tcp' },
  { from: 20, to: 3400, protocol: 'tcp' },
  { from: 80, to: 80, protocol: 'tcp' },
  { from: 5432, to: 5432, protocol: 'tcp' },
  { from: 443, to: 443, protocol: 'tcp' },
  { from: 0, to: 0, protocol: '-1' },
  { from: 0, to: 65_535, protocol: 'tcp' },
)
const rule = fc.record({
  ports,
  sources,
  ipv6: fc.boolean(),
  described: fc.boolean(),
  form: fc.constantFrom('block', 'dynamic', 'rule'),
  direction: fc.constantFrom('ingress', 'ingress', 'egress'),
})
type RuleShape = typeof rule extends fc.Arbitrary<infer T> ? T : never

function attributes(
  { ports: { from, to, protocol }, sources: ranges, ipv6, described }: RuleShape,
  indent: string,
): string {
  return [
    ...(described ? ['description = "d"'] : []),
    `from_port   = ${from}`,
    `to_port     = ${to}`,
    `protocol    = "${protocol}"`,
    `cidr_blocks = ${ranges}`,
    ...(ipv6 ? ['ipv6_cidr_blocks = ["::/0"]'] : []),
  ]
    .map((line) => `${indent}${line}\n`)
    .join('')
}

function inline(shape: RuleShape): string {
  if (shape.form === 'block') return `\n  ${shape.direction} {\n${attributes(shape, '    ')}  }\n`
  return `\n  dynamic "${shape.direction}" {\n    for_each = [1, 2]\n    content {\n${attributes(shape, '      ')}    }\n  }\n`
}

const project = fc
  .record({
    head: expansion,
    rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
    separate: fc.boolean(),
    tfvars: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ head, rules, separate, tfvars, eol }) => {
    const parts = [
      'provider "aws" {\n  alias = "x"\n}\n',
      'variable "everybody" {\n  default = ["0.0.0.0/0"]\n}\n',
      'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n',
      'resource "aws_security_group" "app" {\n  vpc_id      = aws_vpc.main.id\n  description = "Application"\n}\n',
      'resource "aws_instance" "app" {\n  vpc_security_group_ids = [aws_security_group.app.id]\n}\n',
      `resource "aws_security_group" "g" {\n${separate ? '' : head}  vpc_id = aws_vpc.main.id # net\n${separate ? '' : rules.map(inline).join('')}}\n`,
    ]
    if (separate) {
      for (const [i, shape] of rules.entries()) {
        parts.push(
          `resource "aws_security_group_rule" "r${i}" {\n${head}  type = "${shape.direction}"\n  security_group_id = aws_security_group.g.id\n${attributes(shape, '  ')}}\n`,
        )
      }
    }
    const files: Record<string, string> = { 'main.tf': parts.join('\n').replaceAll('\n', eol) }
    if (tfvars) files['terraform.tfvars'] = `unrelated = 1${eol}`
    return { files, eol }
  })

const EXPECTED = 'the rule has other sources as well: write one rule for each of them'

test('any groups: all is fixed or refused with the reason, once is enough, other readers agree', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async ({ files, eol }, some) => {
      const whole = planProject({ files, rules: RULES, fixers: [fixer], values: VALUES }, 'B')
      expect(
        whole.refused
          .filter(({ reason }) => reason !== EXPECTED)
          .map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`),
      ).toEqual([])
      expect(whole.held.map(({ finding }) => finding.ruleId)).toEqual([])
      expect(whole.after.result.findings.length).toBe(whole.refused.length)
      for (const [path, after] of whole.files) {
        if (path.endsWith('.tf')) await expect(parse(path, after)).resolves.toBeTruthy()
      }
      const after = Object.fromEntries(whole.files)
      expect(planProject({ files: after, rules: RULES, fixers: [fixer], values: VALUES }, 'B').changes).toEqual([])
      const part = planProject({ files, rules: some, fixers: [fixer], values: VALUES }, 'B')
      expect(part.after.result.findings.length).toBe(part.refused.length)
      // What is not part of a change keeps its line ends.
      const foreign = eol === '\r\n' ? /[^\r]\n/ : /\r/
      for (const changed of whole.files.values()) expect(changed).not.toMatch(foreign)
    }),
    { numRuns: 80 },
  )
}, 120_000)
