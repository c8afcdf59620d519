import { describe, expect, test } from 'vitest'
import { fixed, left, planned } from './harness.test-helper.ts'

const group = (name: string, body = '', head = ''): string =>
  `resource "aws_cloudwatch_log_group" "${name}" {\n${head}  name              = "/app/${name}"\n  retention_in_days = 365\n${body}}\n`

describe('log groups', () => {
  test('two groups share a key whose policy names them; without approval', async () => {
    const after = await fixed({ 'main.tf': `${group('a')}\n${group('b')}` }, {}, 'none')
    expect(after['main.tf']).toBe(
      `${group('a', '  kms_key_id        = aws_kms_key.logs.arn\n')}\n${group('b', '  kms_key_id        = aws_kms_key.logs.arn\n')}`,
    )
    expect(after['kms.tf']).toMatchSnapshot()
    expect(after['data.tf']).toBe('data "aws_caller_identity" "current" {}\n\ndata "aws_region" "current" {}\n')
  })

  test('data sources that may be none, or look elsewhere, are not used', async () => {
    const after = await fixed({
      'main.tf': `data "aws_caller_identity" "current" {\n  count = 0\n}\n\ndata "aws_region" "current" {\n  name = "eu-west-1"\n}\n\n${group('a')}`,
    })
    expect(after['kms.tf']).toContain('data.aws_caller_identity.current_provider.account_id')
    expect(after['kms.tf']).toContain('data.aws_region.current_provider.id')
  })

  test('another alias of the provider, and a region of its own, get keys of their own', async () => {
    const after = await fixed({
      'main.tf': `provider "aws" {\n  alias = "dr"\n}\n\n${group('a', '', '  provider = aws.dr\n\n')}\n${group('b', '', '  region = "us-west-2"\n\n')}`,
    })
    expect(after['main.tf']).toContain('kms_key_id        = aws_kms_key.logs_dr.arn')
    expect(after['main.tf']).toContain('kms_key_id        = aws_kms_key.logs_us_west_2.arn')
    expect(after['kms.tf']).toMatchSnapshot()
    expect(after['data.tf']).toContain('data "aws_region" "dr" {\n  provider = aws.dr\n}\n')
  })

  test('names that differ between instances, prefixes and expressions', async () => {
    const after = await fixed({
      'main.tf': `variable "name" {
  type = string
}

resource "aws_cloudwatch_log_group" "each" {
  for_each          = toset(["x", "y"])
  name              = "/app/\${each.key}/api"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "prefix" {
  name_prefix       = "app-"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "var" {
  name              = var.name
  retention_in_days = 365
}
`,
    })
    expect(after['kms.tf']).toContain('log-group:*",\n')
    expect(after['kms.tf']).toContain('log-group:/app/*/api",\n')
    expect(after['kms.tf']).toContain('log-group:${var.name}",\n')
  })

  test('a key that serves the group is used, one that serves another is not widened', async () => {
    const key = (name: string): string => `resource "aws_kms_key" "logs" {
  description         = "Logs"
  enable_key_rotation = true
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { Service = "logs.eu-west-1.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-1:111122223333:log-group:${name}" } }
      },
    ]
  })
}
`
    const used = await fixed({ 'main.tf': `${key('/app/*')}\n${group('a')}` })
    expect(Object.keys(used)).toEqual(['main.tf'])
    expect(used['main.tf']).toContain('= aws_kms_key.logs.arn')
    const added = await fixed({ 'main.tf': `${key('/other')}\n${group('a')}` })
    expect(added['main.tf']).toContain('= aws_kms_key.logs_key.arn')
  })

  test('fixed one by one they end with the same key', async () => {
    const whole = await fixed({ 'main.tf': `${group('a')}\n${group('b')}` })
    const one = { ...whole, 'main.tf': `${group('a', '  kms_key_id        = aws_kms_key.logs.arn\n')}\n${group('b')}` }
    expect(await fixed(one)).toEqual(whole)
  })

  test('a key of secops.yaml is held, since its policy is not in the code', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/k'
    const files = { 'main.tf': group('a') }
    expect(left(planned(files, 'none', { kmsKeyArn }))).toEqual([
      expect.stringMatching(/^held C cloudwatch-log-encryption/),
    ])
    const after = await fixed(files, { kmsKeyArn }, 'C')
    expect(after).toEqual({ 'main.tf': group('a', `  kms_key_id        = "${kmsKeyArn}"\n`) })
  })

  test('a module that takes its key gets it where it is called; only that call changes', async () => {
    const after = await fixed({
      'main.tf':
        'module "one" {\n  source = "./logs"\n  name   = "one"\n}\n\nmodule "two" {\n  source     = "./logs"\n  name       = "two"\n  kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/k"\n}\n',
      'logs/main.tf':
        'variable "name" {\n  type = string\n}\n\nvariable "kms_key_id" {\n  type    = string\n  default = null\n}\n\nresource "aws_cloudwatch_log_group" "this" {\n  name              = var.name\n  retention_in_days = 365\n  kms_key_id        = var.kms_key_id\n}\n',
    })
    expect(after['main.tf']).toContain('  kms_key_id = aws_kms_key.logs.arn\n}\n\nmodule "two"')
    expect(after['logs/main.tf']).toContain('kms_key_id        = var.kms_key_id')
    expect(after['kms.tf']).toContain('log-group:one"')
  })

  test('JSON syntax, line ends and tabs', async () => {
    const json = `${JSON.stringify({ resource: { aws_cloudwatch_log_group: { a: { name: 'a', retention_in_days: 365 } } } }, null, 2)}\n`
    const after = await fixed({ 'main.tf.json': json })
    expect(after['main.tf.json']).toContain('"kms_key_id": "${aws_kms_key.logs.arn}"')
    const crlf = await fixed({ 'main.tf': group('a').replaceAll('  ', '\t').replaceAll('\n', '\r\n') })
    for (const text of Object.values(crlf)) expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})

describe('retention', () => {
  const short = (days: string): string =>
    `resource "aws_cloudwatch_log_group" "a" {\n  name              = "a"\n  retention_in_days = ${days}\n  kms_key_id        = "arn:aws:kms:eu-west-1:111122223333:key/k"\n}\n`

  test('raised without approval, as far as the rule or the values want', async () => {
    expect((await fixed({ 'main.tf': short('7') }, {}, 'none'))['main.tf']).toBe(short('365'))
    expect((await fixed({ 'main.tf': short('7') }, { retentionDays: 500 }, 'none'))['main.tf']).toBe(short('545'))
    expect((await fixed({ 'main.tf': short('7') }, { retentionDays: 30 }, 'none'))['main.tf']).toBe(short('365'))
  })

  test('where a variable says it, its default is raised', async () => {
    const files = { 'main.tf': `variable "days" {\n  default = 14\n}\n\n${short('var.days')}` }
    expect((await fixed(files, {}, 'none'))['main.tf']).toBe(files['main.tf'].replace('14', '365'))
  })

  test('stating one where events were kept for ever is held: older ones would go', async () => {
    const files = { 'main.tf': short('7').replace('  retention_in_days = 7\n', '') }
    const plan = planned(files, 'none')
    expect(plan.changes).toEqual([])
    expect(plan.held.map(({ finding }) => finding.rank)).toEqual(['C', 'C'])
    for (const { remedy } of plan.held)
      expect(remedy.kind === 'fixer' ? remedy.assessment.runbook : '').toContain('create-export-task')
    expect((await fixed(files, {}, 'C'))['main.tf']).toContain('retention_in_days = 365')
  })

  test('a period that a condition decides is held', () => {
    const files = { 'main.tf': short('terraform.workspace == "x" ? 7 : 14') }
    expect(left(planned(files, 'none'))).toEqual([expect.stringContaining('Somebody wrote a condition')])
    expect(planned(files, 'C').files.get('main.tf')).toBe(short('365'))
  })
})

describe('what stands beside logs', () => {
  test('a trail: key, log group and a role that waits for its policy', async () => {
    const after = await fixed(
      {
        'main.tf':
          'resource "aws_cloudtrail" "main" {\n  name           = "main"\n  s3_bucket_name = "b"\n\n  depends_on = [aws_sns_topic.x]\n}\n\nresource "aws_sns_topic" "x" {\n  kms_master_key_id = "k"\n}\n',
      },
      {},
      'none',
    )
    expect(after['main.tf']).toMatchSnapshot()
    expect(after['kms.tf']).toContain('log-group:/aws/cloudtrail/main"')
  })

  test('a topic: the services that publish by what the module shows may use the key', async () => {
    const files = {
      'main.tf': `resource "aws_sns_topic" "t" {
  name = "t"
}

resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = "a"
  alarm_actions = [aws_sns_topic.t.arn]
}

resource "aws_iam_role_policy" "p" {
  role   = "r"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.t.arn }] })
}
`,
    }
    expect(left(planned(files, 'none'))).toEqual([
      expect.stringMatching(
        /^held C sns-topic-encrypted: .*: aws_iam_role_policy\.p; its policy lets cloudwatch\.amazonaws\.com/,
      ),
    ])
    const after = await fixed(files, {}, 'C')
    expect(after['kms.tf']).toContain('Principal = { Service = "cloudwatch.amazonaws.com" }')
  })

  test('a topic of a module that takes its key: the services that publish inside the module count too', async () => {
    const after = await fixed({
      'main.tf': 'module "findings" {\n  source = "./findings"\n  key    = null\n}\n',
      'findings/main.tf': `variable "key" {
  type    = string
  default = null
}

resource "aws_sns_topic" "t" {
  name              = "t"
  kms_master_key_id = var.key
}

resource "aws_cloudwatch_event_target" "t" {
  rule = "r"
  arn  = aws_sns_topic.t.arn
}
`,
    })
    expect(after['main.tf']).toContain('  key    = aws_kms_key.messages.arn\n')
    expect(after['kms.tf']).toContain('Principal = { Service = "events.amazonaws.com" }')
  })

  test('an expression that gives no key here keeps the first word', async () => {
    const after = await fixed({
      'main.tf': `variable "group" {
  default = {}
}

resource "aws_cloudwatch_log_group" "a" {
  name              = "a"
  retention_in_days = 365
  kms_key_id        = lookup(var.group, "kms_key_id", null)
}
`,
    })
    expect(after['main.tf']).toContain('= coalesce(lookup(var.group, "kms_key_id", null), aws_kms_key.logs.arn)\n')
  })

  test('streams, tables and functions', async () => {
    const after = await fixed(
      {
        'main.tf': `resource "aws_kinesis_stream" "s" {
  name            = "s"
  encryption_type = "NONE"
}

resource "aws_dynamodb_table" "bare" {
  name = "bare"
}

resource "aws_dynamodb_table" "off" {
  name = "off"

  server_side_encryption {
    enabled = false
  }
}

resource "aws_lambda_function" "f" {
  function_name = "f"

  environment {
    variables = { A = "b" }
  }
}
`,
      },
      {},
      'C',
    )
    expect(after['main.tf']).toMatchSnapshot()
    expect(after['kms.tf']?.match(/resource "aws_kms_key"/g)).toHaveLength(3)
  })
})

describe('secrets and parameters', () => {
  const secrets =
    'resource "aws_secretsmanager_secret" "db" {\n  name       = "db"\n  kms_key_id = "alias/aws/secretsmanager"\n}\n\n' +
    'resource "aws_secretsmanager_secret" "api" {\n  count = 2\n\n  name = "api-${count.index}"\n}\n\n' +
    'resource "aws_ssm_parameter" "p" {\n  name  = "/p"\n  type  = "SecureString"\n  value = var.p\n}\n'
  const reader =
    'resource "aws_iam_policy" "read" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.db.arn }] })\n}\n'

  test('a key for the secrets and one for the parameters', async () => {
    const after = await fixed(
      { 'main.tf': `variable "p" {\n  type      = string\n  sensitive = true\n}\n\n${secrets}` },
      {},
      'C',
    )
    expect(after['main.tf']).toContain('  name       = "db"\n  kms_key_id = aws_kms_key.secrets.arn\n')
    expect(after['main.tf']).toContain('  name = "api-${count.index}"\n\n  kms_key_id = aws_kms_key.secrets.arn\n')
    expect(after['main.tf']).toContain('  value = var.p\n\n  key_id = aws_kms_key.parameters.arn\n')
    expect(after['kms.tf']?.match(/resource "aws_kms_key"/g)).toHaveLength(2)
  })

  test('a key that is kept for secrets is used', async () => {
    const key = 'resource "aws_kms_key" "secrets" {\n  enable_key_rotation = true\n}\n\n'
    const after = await fixed({ 'main.tf': `${key}${secrets.slice(0, secrets.indexOf('resource "aws_ssm'))}` }, {}, 'C')
    expect(Object.keys(after)).toEqual(['main.tf'])
  })

  test('held until somebody has given the readers their right, who are named', () => {
    const plan = planned({ 'main.tf': secrets.replace('var.p', '"x"') + reader }, 'none')
    expect(plan.changes).toEqual([])
    expect(left(plan)).toContain(
      'held C secretsmanager-customer-managed-key: Whoever reads it needs kms:Decrypt on the key: aws_iam_policy.read.',
    )
  })

  test('a parameter that may be no SecureString takes no key', () => {
    const parameter = (type: string) =>
      `variable "t" {}\nresource "aws_ssm_parameter" "p" {\n  name  = "/p"\n  type  = ${type}\n  value = "x"\n}\n`
    const plan = planned({ 'main.tf': parameter('var.t') }, 'B')
    expect(plan.changes).toEqual([])
    expect(left(plan)).toEqual([expect.stringContaining('whether it is a SecureString')])
    expect(left(planned({ 'main.tf': parameter('"String"') }, 'B'))).toEqual([])
  })
})

describe('refused, with the reason', () => {
  test.each([
    ['a computed region', group('a', '', '  region = var.r\n\n'), 'its region is computed'],
    [
      'a dynamic block',
      'resource "aws_dynamodb_table" "t" {\n  name = "t"\n  dynamic "server_side_encryption" {\n    for_each = [1]\n    content {\n      enabled = false\n    }\n  }\n}\n',
      '',
    ],
  ])('%s', (_, text, reason) => {
    const plan = planned({ 'main.tf': `variable "r" {\n  type = string\n}\n\n${text}` }, 'B')
    expect(plan.held).toEqual([])
    for (const refused of plan.refused) expect(refused.reason).toContain(reason)
    expect(plan.refused.length + plan.applied.length).toBe(plan.before.result.findings.length)
  })
})
