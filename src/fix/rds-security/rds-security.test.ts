import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import type { FixPlan } from '../../verify/plan.ts'
import fixer from './index.ts'
import { fixed, only, planned, reasons, RULES } from './rules.test-helper.ts'

const db = (body: string, head = ''): string =>
  `resource "aws_db_instance" "db" {\n${head}  identifier     = "shop"\n  engine         = "postgres"\n  engine_version = "14.9"\n  instance_class = "db.m5.large"\n${body}}\n`

const heldReasons = ({ held }: FixPlan): (string | undefined)[] =>
  held.map(({ remedy }) => (remedy.kind === 'fixer' ? remedy.assessment.reason : undefined))

test('every rule of the RDS folder is covered, but one that its cluster cures', () => {
  expect(fixer.covers.filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([])
  const ids = readdirSync(join(import.meta.dirname, '../../rules/terraform/aws/rds'), { encoding: 'utf8' })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => path.replace('.ts', ''))
  expect(ids.filter((id) => !fixer.covers.includes(id))).toEqual(['rds-cluster-snapshot-encrypted'])
})

describe('a bare database', () => {
  test('gets everything, in place, aligned, with the companions that it needs', async () => {
    const after = await fixed({ 'main.tf': db('  password       = "correct-horse"\n') })
    expect(after).toMatchSnapshot()
  })

  test('ranks are those of the page', () => {
    const plan = planned(
      { 'main.tf': db('  password = "correct-horse"\n  publicly_accessible = true\n') },
      RULES,
      'none',
    )
    expect(plan.before.result.findings.map(({ rank, ruleId }) => `${rank} ${ruleId}`).toSorted()).toMatchSnapshot()
  })

  test('count, for_each and provider', async () => {
    for (const head of [
      '  count          = 2\n\n',
      '  for_each       = toset(["a", "b"])\n\n',
      '  provider       = aws.dr\n\n',
    ]) {
      const provider = 'provider "aws" {\n  alias  = "dr"\n  region = "eu-west-1"\n}\n\n'
      const after = await fixed({ 'main.tf': provider + db('', head) })
      expect(after['main.tf']).toContain(head.trim().split(' ')[0] ?? '')
      if (head.includes('provider')) expect(after['kms.tf']).toContain('provider = aws.dr')
      if (head.includes('count')) expect(after['main.tf']).toContain('aws_db_parameter_group.db[count.index].name')
      if (head.includes('for_each')) expect(after['main.tf']).toContain('aws_db_parameter_group.db[each.key].name')
    }
  })

  test('CRLF, tabs and a missing final line end', async () => {
    const text =
      'resource "aws_db_instance" "db" {\r\n\tengine = "mysql"\r\n\tengine_version = "8.0.36"\r\n\tinstance_class = "db.m5.large"\r\n}'
    const after = await fixed({ 'main.tf': text })
    expect(after['main.tf']).not.toMatch(/[^\r]\n/)
    expect(after['main.tf']).toContain('\r\n\tfamily      = "mysql8.0"\r\n')
  })

  test('JSON syntax', async () => {
    const text = JSON.stringify(
      {
        resource: {
          aws_db_instance: { db: { engine: 'postgres', engine_version: '16.1', instance_class: 'db.m5.large' } },
        },
      },
      null,
      2,
    )
    const after = await fixed(
      { 'main.tf.json': text },
      only('rds-storage-encrypted', 'rds-backup-retention', 'rds-log-exports', 'rds-multi-az'),
    )
    expect(JSON.parse(after['main.tf.json'] ?? '')).toMatchObject({
      resource: {
        aws_db_instance: {
          db: {
            storage_encrypted: true,
            multi_az: true,
            backup_retention_period: 35,
            enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
          },
        },
      },
    })
  })

  test('a module gets its switches at the call', async () => {
    const module = `variable "multi_az" {\n  default = false\n}\n\nvariable "days" {\n  default = 0\n}\n\n${db('  multi_az                = var.multi_az\n  backup_retention_period = var.days\n')}`
    const rules = only('rds-multi-az', 'rds-backup-retention')
    const after = await fixed({ 'm/main.tf': module, 'main.tf': 'module "m" {\n  source = "./m"\n}\n' }, rules)
    expect(after['main.tf']).toContain('  multi_az = true\n')
    expect(after['m/main.tf']).toContain('default = 35')
  })
})

describe('backups', () => {
  const rules = only('rds-backup-retention')

  test.each([
    [undefined, 35],
    [3, 7],
    [14, 14],
    [365, 35],
  ])('with values.retentionDays %s they are kept for %s days', async (retentionDays, days) => {
    const values = retentionDays === undefined ? {} : { retentionDays }
    const after = await fixed({ 'main.tf': db('  backup_retention_period = 1 # day\n') }, rules, values)
    expect(after['main.tf']).toContain(`  backup_retention_period = ${days} # day\n`)
  })
})

describe('the password', () => {
  const rules = only('rds-no-hardcoded-password')
  const files = {
    'main.tf': db('  username       = "app"\n  password       = "correct-horse" # for now\n'),
    'k8s.yaml':
      'kind: Secret\napiVersion: v1\nmetadata:\n  name: s\nstringData:\n  url: postgres://app:correct-horse@db\n',
    'other.yaml': `kind: Secret\napiVersion: v1\nmetadata:\n  name: t\ndata:\n  p: ${Buffer.from('correct-horse').toString('base64')}\n`,
  }

  test('is taken out, and those who have it are named without showing it', async () => {
    const plan = planned(files, rules, 'none')
    const [held] = plan.held
    const radius = held?.remedy.kind === 'fixer' ? held.remedy.assessment.blastRadius : []
    expect(radius).toEqual(['k8s.yaml:6 holds the same password', 'other.yaml:6 holds the same password'])
    expect(JSON.stringify(held?.remedy.kind === 'fixer' ? held.remedy.assessment : '')).not.toContain('correct-horse')
    const after = await fixed(files, rules)
    expect(after['main.tf']).toContain(
      '  username                    = "app"\n  manage_master_user_password = true # for now\n',
    )
    expect(after['main.tf']).not.toContain('correct')
  })

  test('a variable that held it goes, unless something else asks for it', async () => {
    const variable = 'variable "a" {}\n\nvariable "password" {\n  default = "correct-horse"\n}\n\nvariable "b" {}\n'
    const alone = await fixed({ 'main.tf': db('  password       = var.password\n'), 'variables.tf': variable }, rules)
    expect(alone['variables.tf']).toBe('variable "a" {}\n\nvariable "b" {}\n')
    const used = {
      'main.tf': `${db('  password       = var.password\n')}\noutput "p" {\n  value = var.password\n}\n`,
      'variables.tf': variable,
    }
    const kept = await fixed(used, rules)
    expect(kept['variables.tf']).toBe(variable)
    expect(planned(used, rules, 'none').held[0]?.remedy).toMatchObject({
      assessment: { blastRadius: ['variables.tf:4 holds the same password'] },
    })
  })

  test('and its line in terraform.tfvars', async () => {
    const after = await fixed(
      {
        'main.tf': `variable "password" {\n  type = string\n}\n\n${db('  password       = var.password\n')}`,
        'terraform.tfvars': 'region = "eu-west-1"\n\npassword = "correct-horse"\n',
      },
      rules,
    )
    expect(after['terraform.tfvars']).toBe('region = "eu-west-1"\n')
    expect(after['main.tf']).not.toContain('variable')
  })

  test('a cluster, and what cannot be: replicas, old providers, readers of the attribute', async () => {
    const cluster =
      'resource "aws_rds_cluster" "c" {\n  engine          = "aurora-postgresql"\n  master_username = "app"\n  master_password = "correct-horse"\n}\n'
    expect((await fixed({ 'main.tf': cluster }, rules))['main.tf']).toContain('manage_master_user_password = true')
    const replica = db('  password = "correct-horse"\n  replicate_source_db = "x"\n')
    expect(reasons(planned({ 'main.tf': replica }, rules))[0]).toContain('a replica has the password')
    const old =
      'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 3.0"\n    }\n  }\n}\n\n'
    expect(reasons(planned({ 'main.tf': old + files['main.tf'] }, rules))[0]).toContain('too old')
    const reader =
      'resource "aws_ssm_parameter" "p" {\n  name  = "p"\n  type  = "SecureString"\n  value = aws_db_instance.db.password\n}\n'
    expect(reasons(planned({ 'main.tf': `${files['main.tf']}\n${reader}` }, rules))).toEqual([
      'rds-no-hardcoded-password: aws_ssm_parameter.p takes the password from the database: let it read the secret first',
    ])
  })
})

describe('encryption', () => {
  test('a database that is replaced leaves a snapshot behind', async () => {
    const rules = only('rds-storage-encrypted')
    const body = '\n  storage_encrypted   = false\n  skip_final_snapshot = true\n'
    const after = await fixed({ 'main.tf': db(body) }, rules)
    expect(after['main.tf']).toContain(
      '\n  storage_encrypted         = true\n  skip_final_snapshot       = false\n  final_snapshot_identifier = "shop-final"\n',
    )
    const plan = planned({ 'main.tf': db(body) }, rules, 'C')
    expect(plan.changes).toEqual([])
    expect(heldReasons(plan)).toEqual([
      'Terraform replaces the database: without a restored copy its data is gone, and it is away meanwhile.',
    ])
    expect(plan.held[0]?.remedy.kind === 'fixer' && plan.held[0].remedy.assessment.runbook).toContain(
      'copy-db-snapshot',
    )
  })

  test('a key that is there for databases is used, and the one of secops.yaml before all', async () => {
    const key = 'resource "aws_kms_key" "database" {\n  enable_key_rotation = true\n}\n\n'
    const cluster =
      'resource "aws_rds_cluster" "c" {\n  engine            = "aurora-mysql"\n  storage_encrypted = true\n}\n'
    const rules = only('rds-cluster-customer-managed-key')
    const there = await fixed({ 'main.tf': key + cluster }, rules)
    expect(there['main.tf']).toContain('  kms_key_id        = aws_kms_key.database.arn\n')
    const given = await fixed({ 'main.tf': cluster }, rules, { kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k' })
    expect(given['main.tf']).toContain('kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/k"')
  })

  test('Performance Insights takes the key of the storage, and cannot change the one it has', async () => {
    const rules = only('rds-performance-insights', 'rds-performance-insights-key')
    const key = 'resource "aws_kms_key" "x" {\n  enable_key_rotation = true\n}\n\n'
    const after = await fixed({ 'main.tf': key + db('  kms_key_id     = aws_kms_key.x.arn\n') }, rules)
    expect(after['main.tf']).toContain('performance_insights_kms_key_id = aws_kms_key.x.arn')
    const on = planned({ 'main.tf': db('  performance_insights_enabled = true\n') }, rules)
    expect(reasons(on)[0]).toContain('which cannot be changed')
  })
})

describe('monitoring', () => {
  const rules = only('rds-enhanced-monitoring')

  test('a role that is there for it is used: automatic', async () => {
    const role =
      'resource "aws_iam_role" "m" {\n  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "monitoring.rds.amazonaws.com" } }] })\n}\n\n'
    const files = { 'main.tf': role + db('  monitoring_interval = 0\n') }
    expect(planned(files, rules, 'none').before.result.findings.map(({ rank }) => rank)).toEqual(['E'])
    expect((await fixed(files, rules))['main.tf']).toContain('monitoring_role_arn = aws_iam_role.m.arn')
  })

  test('two databases share one that is made', async () => {
    const after = await fixed({ 'main.tf': `${db('')}\n${db('').replace('"db"', '"second"')}` }, rules)
    expect(after['iam.tf']?.match(/resource "aws_iam_role" /g)).toHaveLength(1)
    expect(after['main.tf']?.match(/aws_iam_role\.rds_monitoring\.arn/g)).toHaveLength(2)
  })
})

describe('TLS', () => {
  const rules = only('rds-encryption-in-transit')
  const group = (parameters: string): string =>
    `resource "aws_db_parameter_group" "g" {\n  family = "postgres14"\n${parameters}}\n\n`
  const named = '  parameter_group_name = aws_db_parameter_group.g.name\n'

  test('the parameter is set where it is written, added where it is not', async () => {
    const off = group('\n  parameter {\n    name  = "rds.force_ssl"\n    value = "0" # old driver\n  }\n')
    expect((await fixed({ 'main.tf': off + db(named) }, rules))['main.tf']).toContain('value = "1" # old driver')
    expect((await fixed({ 'main.tf': group('') + db(named) }, rules))['main.tf']).toContain(
      '\n  parameter {\n    name  = "rds.force_ssl"\n    value = "1"\n  }\n}\n',
    )
  })

  test.each([
    ['postgres', '14.9', 'postgres14'],
    ['mysql', '8.0.36', 'mysql8.0'],
    ['mariadb', '10.11', 'mariadb10.11'],
    ['postgres', '9.6.24', 'postgres9.6'],
    ['sqlserver-se', '15.00.4316.3.v1', 'sqlserver-se-15.0'],
  ])('%s %s gets a group of family %s', async (engine, version, family) => {
    const text = db('').replace('"postgres"', `"${engine}"`).replace('"14.9"', `"${version}"`)
    const after = await fixed({ 'main.tf': text }, rules)
    expect(after['main.tf']).toContain(`"${family}"`)
    expect(after['main.tf']?.includes('pending-reboot')).toBe(engine.startsWith('sqlserver'))
  })

  test('without a version the family cannot be told', () => {
    const text = db('').replace('  engine_version = "14.9"\n', '').replace('"postgres"', '"mysql"')
    expect(reasons(planned({ 'main.tf': text }, rules))[0]).toContain('a parameter group of its family')
  })
})

test('log exports: by engine, and what somebody wrote stays', async () => {
  const rules = only('rds-log-exports', 'rds-cluster-audit-logs')
  const cluster = (body: string): string => `resource "aws_rds_cluster" "c" {\n  engine = "aurora-mysql"\n${body}}\n`
  expect((await fixed({ 'main.tf': cluster('') }, rules))['main.tf']).toContain('["audit", "error", "slowquery"]')
  const some = await fixed({ 'main.tf': cluster('\n  enabled_cloudwatch_logs_exports = ["error"]\n') }, rules)
  expect(some['main.tf']).toContain('["error", "audit"]')
  expect(reasons(planned({ 'main.tf': db('  enabled_cloudwatch_logs_exports = []\n') }, rules))[0]).toContain(
    'empty list',
  )
})

test('a public snapshot is shared with the named accounts only', async () => {
  const text =
    'resource "aws_db_snapshot" "s" {\n  db_instance_identifier = "x"\n  db_snapshot_identifier = "y"\n  shared_accounts        = ["all", "111122223333"]\n}\n'
  const rules = only('rds-snapshot-not-public')
  expect(planned({ 'main.tf': text }, rules, 'none').changes).toEqual([])
  expect((await fixed({ 'main.tf': text }, rules))['main.tf']).toContain('= ["111122223333"]\n')
})

test('warehouses and caches are changed in place, with approval', async () => {
  const text =
    'resource "aws_redshift_cluster" "w" {\n  encrypted           = false\n  publicly_accessible = true\n}\n\nresource "aws_elasticache_replication_group" "c" {\n  at_rest_encryption_enabled = false # later\n}\n'
  const rules = only(
    'redshift-encrypted',
    'redshift-not-public',
    'elasticache-at-rest-encryption',
    'elasticache-transit-encryption',
  )
  expect(planned({ 'main.tf': text }, rules, 'C').changes).toEqual([])
  expect((await fixed({ 'main.tf': text }, rules))['main.tf']).toBe(
    'resource "aws_redshift_cluster" "w" {\n  encrypted           = true\n  publicly_accessible = false\n}\n\nresource "aws_elasticache_replication_group" "c" {\n  at_rest_encryption_enabled = true # later\n  transit_encryption_enabled = true\n}\n',
  )
})

describe('securebank', () => {
  const root = join(import.meta.dirname, '../../../examples/securebank')
  const files = Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )

  test('without approval what is safe is applied, and what is held says why', () => {
    const plan = planned(files, RULES, 'none', { retentionDays: 365 })
    expect({
      applied: plan.applied.map(({ judged: { finding } }) => `${finding.rank} ${finding.ruleId}`),
      held: plan.held.map(({ finding }) => `${finding.rank} ${finding.ruleId}`),
    }).toMatchSnapshot()
    for (const { remedy } of plan.held)
      expect(remedy.kind === 'fixer' && remedy.assessment.runbook).toContain('Why it is held')
    expect(plan.refused).toEqual([])
  })

  test('with approval B nothing is left, and other readers accept it', async () => {
    const plan = planned(files, RULES, 'B', { retentionDays: 365 })
    expect(reasons(plan)).toEqual([])
    expect(plan.after.result.findings).toEqual([])
    for (const { path, after } of plan.changes) {
      if (path.endsWith('.tf')) await expect(parse(path, after ?? '')).resolves.toBeTruthy()
    }
    expect(planned(Object.fromEntries(plan.files), RULES, 'B', { retentionDays: 365 }).changes).toEqual([])
    const steps = fixer.nextSteps(
      plan.applied.map(({ judged }) => judged.complaint),
      { estate: plan.before.estate, values: {} },
    )
    expect(steps.some(({ command }) => command?.includes('describe-db-instances') === true)).toBe(true)
  })
})
