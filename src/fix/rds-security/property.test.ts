import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'
import { RULES } from './rules.test-helper.ts'

const expansion = fc.constantFrom(
  '',
  '  count = 2\n\n',
  '  for_each = toset(["a", "b"])\n\n',
  '  for_each = {\n    a = 1\n  }\n\n',
  '  provider = aws.x\n\n',
)
const engine = fc.constantFrom(
  ['postgres', '14.9'],
  ['postgres', '16.1'],
  ['mysql', '8.0.36'],
  ['mariadb', '10.11.6'],
  ['sqlserver-se', '15.00.4316.3.v1'],
  ['oracle-ee', '19'],
)
const attributes = fc.subarray([
  '  storage_encrypted = false # old\n',
  '  skip_final_snapshot = true\n',
  '  identifier = "db-${var.name}"\n',
  '  publicly_accessible = true\n',
  '  backup_retention_period = var.none\n',
  '  password = "correct-horse-battery"\n',
  '  multi_az = var.off\n',
  '\n  monitoring_interval = 0\n',
  '  ca_cert_identifier = "rds-ca-2019"\n',
  '  iam_database_authentication_enabled = false\n',
  '\n  tags = {\n    a = "b"\n  }\n',
  '  auto_minor_version_upgrade = var.off\n',
  '\n  timeouts {\n    create = "1h"\n  }\n',
])

const project = fc
  .record({
    head: expansion,
    engine,
    attributes,
    cluster: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
  })
  .map(({ head, engine: [name = '', version = ''], attributes: body, cluster, eol, final }) => {
    const parts = [
      'provider "aws" {\n  alias = "x"\n}\n',
      'variable "off" {\n  default = false\n}\n',
      'variable "none" {\n  default = 0\n}\n',
      'variable "name" {\n  default = "n"\n}\n',
    ]
    if (cluster)
      parts.push(
        'resource "aws_rds_cluster" "c" {\n  engine = "aurora-mysql"\n  engine_version = "8.0.mysql_aurora.3.05.2"\n}\n',
      )
    // The comment above the database belongs to it.
    parts.push(
      `# Orders\nresource "aws_db_instance" "d" {\n${head}  engine         = "${name}"\n  engine_version = "${version}"\n  instance_class = "db.m5.large"\n${body.join('')}}\n`,
    )
    const text = parts.join('\n').replaceAll('\n', eol)
    return { text: final ? text : text.slice(0, -eol.length), eol }
  })

test('any database: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async ({ text, eol }, some) => {
      const files = { 'main.tf': text }
      const whole = planProject({ files, rules: RULES, fixers: [fixer] }, 'B')
      expect(whole.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)).toEqual([])
      expect(whole.after.result.findings.map(({ ruleId }) => ruleId)).toEqual([])
      for (const [path, after] of whole.files) await expect(parse(path, after)).resolves.toBeTruthy()
      const after = Object.fromEntries(whole.files)
      expect(planProject({ files: after, rules: RULES, fixers: [fixer] }, 'B').changes).toEqual([])
      const part = planProject({ files, rules: some, fixers: [fixer] }, 'B')
      expect(part.after.result.findings).toEqual([])
      // What is not part of a change keeps its line ends.
      const foreign = eol === '\r\n' ? /[^\r]\n/ : /\r/
      for (const changed of whole.files.values()) expect(changed).not.toMatch(foreign)
    }),
    { numRuns: 60 },
  )
}, 120_000)
