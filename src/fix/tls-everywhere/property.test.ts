import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProject } from '../../testing/index.ts'
import { fixed, OWN_RULES, VALUES } from './project.test-helper.ts'
import fixer from './index.ts'

const RULES = OWN_RULES.filter(({ id }) => id !== 'alb-target-group-https' && id !== 'alb-waf')

const expansion = fc.constantFrom(
  { head: '', index: '' },
  { head: '  count = 2\n\n', index: '[count.index]' },
  { head: '  for_each = toset(["a", "b"])\n\n', index: '[each.key]' },
  { head: '  provider = aws.x\n\n', index: '' },
)
const ingress = fc.constantFrom(
  '',
  '\n  ingress {\n    description = "HTTP"\n    from_port = 80\n    to_port = 80\n    protocol = "tcp"\n    cidr_blocks = ["10.0.0.0/8"] # office\n  }\n',
  '\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n',
)
const flags = fc.subarray([
  '  drop_invalid_header_fields = false # why\n',
  '  enable_deletion_protection = var.off\n',
  '  internal = true\n',
  '  tags = { a = "b" }\n',
])
const port = fc.constantFrom('80', '"80"', 'var.port', '8080', '443')
const protocol = fc.constantFrom('  protocol = "HTTP"\n', '', '  protocol          = var.protocol\n')
const action = fc.constantFrom(
  '  default_action {\n    type             = "forward"\n    target_group_arn = "arn" # blue\n  }\n',
  '  default_action {\n    # Nothing yet.\n    type = "fixed-response"\n\n    fixed_response {\n      content_type = "text/plain"\n      message_body = <<-EOT\n        hello\n      EOT\n      status_code  = "200"\n    }\n  }\n',
  '  default_action {\n    target_group_arn = "arn"\n    type = "forward"\n  }\n',
)

const project = fc
  .record({
    expansion,
    ingress,
    flags,
    port,
    protocol,
    action,
    eol: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
    split: fc.boolean(),
  })
  .map(
    ({
      expansion: { head, index },
      ingress: rule,
      flags: set,
      port: at,
      protocol: by,
      action: does,
      eol,
      final,
      split,
    }) => {
      const variables =
        'variable "off" {\n  default = false\n}\n\nvariable "port" {\n  default = 80\n}\n\nvariable "protocol" {\n  default = "HTTP"\n}\n\nprovider "aws" {\n  alias = "x"\n}\n'
      const balancer = `# Front\nresource "aws_lb" "web" {\n${head}${set.join('')}  security_groups = [aws_security_group.web.id]\n}\n`
      const group = `resource "aws_security_group" "web" {\n  description = "Web"\n${rule}}\n`
      const listener = `resource "aws_lb_listener" "http" {\n${head}  load_balancer_arn = aws_lb.web${index}.arn\n  port = ${at}\n${by}\n${does}}\n`
      const texts: Record<string, string> = split
        ? { 'a.tf': variables, 'lb.tf': `${balancer}\n${listener}`, 'sg.tf': group }
        : { 'main.tf': [variables, balancer, group, listener].join('\n') }
      return Object.fromEntries(
        Object.entries(texts).map(([path, text]) => {
          const ended = text.replaceAll('\n', eol)
          return [path, final ? ended : ended.slice(0, -eol.length)]
        }),
      )
    },
  )

test('any listener: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async (files, some) => {
      const after = await fixed(files, VALUES, RULES)
      const part = planProject({ files, rules: some, fixers: [fixer], values: VALUES }, 'B')
      expect(part.after.result.findings.filter(({ status }) => status === 'open')).toEqual([])
      const foreign = Object.values(files).some((text) => text.includes('\r\n')) ? /[^\r]\n/ : /\r/
      for (const path of Object.keys(files)) expect(after[path]).not.toMatch(foreign)
      // Comments are the user's.
      for (const comment of Object.values(files)
        .join('\n')
        .match(/# [^\r\n]*/g) ?? [])
        expect(Object.values(after).join('\n')).toContain(comment)
    }),
    { numRuns: 60 },
  )
}, 240_000)

const database = fc.constantFrom(
  { code: '', ask: '' },
  { code: "const { Pool } = require('pg')\nconst pool = new Pool()\n", ask: 'pool.query' },
  { code: "const Redis = require('ioredis')\nconst redis = new Redis()\n", ask: 'redis.ping' },
  { code: "const knex = require('knex')\nconst data = knex({})\n", ask: 'data.raw' },
)
const code = fc
  .record({
    database,
    variable: fc.constantFrom('app', 'server', '$web'),
    before: fc.subarray([
      "APP.disable('x-powered-by')\n",
      '// about bodies\n',
      "const title = APP.get('title')\n",
      '\n',
    ]),
    uses: fc.subarray([
      'APP.use(express.json())\n',
      "APP.get('/', (q, r) => r.end()) // home\n",
      'register(APP)\n',
      '\n\n',
    ]),
    semicolons: fc.boolean(),
    double: fc.boolean(),
    inside: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ database: { code: data, ask }, variable, before, uses, semicolons, double, inside, eol }) => {
    const body = `const APP = express()\n${before.join('')}${uses.join('')}APP.listen(1)\n`.replaceAll('APP', variable)
    const placed = inside ? `function main() {\n${body.replace(/^(?=.)/gm, '    ')}}\nmain()\n` : body
    let text = `const express = require('express')\n${data}${placed}`
    if (semicolons) text = text.replace(/\)$/gm, ');')
    if (double) text = text.replaceAll("'", '"')
    return { files: { 'app.js': text.replaceAll('\n', eol) }, ask, eol }
  })

test('any Express application: code that parses, in its style, that asks its database, once', async () => {
  await fc.assert(
    fc.asyncProperty(code, async ({ files, ask, eol }) => {
      const { 'app.js': after = '' } = await fixed(
        files,
        {},
        OWN_RULES.filter(({ kind }) => kind === 'source'),
      )
      expect(after).toContain(ask)
      expect(after).not.toMatch(eol === '\n' ? /\r/ : /[^\r]\n/)
      // Only lines were added.
      const lines = after.split(eol)
      let at = 0
      for (const line of files['app.js'].split(eol)) {
        at = lines.indexOf(line, at) + 1
        expect(at).toBeGreaterThan(0)
      }
      // Before every route.
      const header = after.search(/Strict-Transport-Security/)
      for (const use of after.matchAll(/express\.json|register\(|get\(['"]\/['"]/g))
        expect(use.index).toBeGreaterThan(header)
    }),
    { numRuns: 60 },
  )
}, 120_000)
