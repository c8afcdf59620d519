import { describe, expect, test } from 'vitest'
import { fixed, left, planned } from './harness.test-helper.ts'

describe('trust and other policies with principals', () => {
  const trust = (principal: string): string =>
    `resource "aws_iam_role" "support" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = ${principal}
      Action    = "sts:AssumeRole"
    }]
  })
}
`

  test('a role that everybody takes: the own account, and there by a tag; B', async () => {
    for (const principal of ['"*"', '{ AWS = "*" }', '{ AWS = ["*"] }']) {
      const files = { 'main.tf': trust(principal) }
      expect(planned(files, 'C').changes).toEqual([])
      const after = await fixed(files)
      expect(after['main.tf']).toContain(':root"')
      expect(after['main.tf']).toContain(
        '\n      Condition = { StringEquals = { "aws:PrincipalTag/may-assume" = "support" } }\n    }]',
      )
      expect(after['data.tf']).toBe('data "aws_caller_identity" "current" {}\n')
    }
  })

  test('values.iam names who', async () => {
    const iam = [{ target: 'aws_iam_role.support', principals: ['arn:aws:iam::111122223333:role/help'] }]
    const after = await fixed({ 'main.tf': trust('"*"') }, { iam })
    expect(after['main.tf']).toContain('Principal = { AWS = "arn:aws:iam::111122223333:role/help" }')
    const service = [{ target: 'aws_iam_role.support', principals: ['ec2.amazonaws.com'] }]
    expect((await fixed({ 'main.tf': trust('"*"') }, { iam: service }))['main.tf']).toContain(
      '{ Service = "ec2.amazonaws.com" }',
    )
  })

  test('a whole account is held until somebody says who', async () => {
    const files = { 'main.tf': trust('{ AWS = "arn:aws:iam::111122223333:root" }') }
    expect(left(planned(files, 'B'))).toEqual([expect.stringMatching(/^held B iam-role-no-account-trust/)])
    const iam = [{ target: 'aws_iam_role.support', principals: ['arn:aws:iam::111122223333:role/help'] }]
    expect((await fixed(files, { iam }))['main.tf']).toContain('{ AWS = "arn:aws:iam::111122223333:role/help" }')
  })

  test('a policy document, a topic, a queue that may do everything, a permission', async () => {
    const files = {
      'main.tf': `
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["es:ESHttpGet"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_sns_topic_policy" "t" {
  arn    = "x"
  policy = <<EOF
{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*"}]}
EOF
}

resource "aws_sqs_queue_policy" "q" {
  queue_url = "x"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:*", Resource = "x" }]
  })
}

resource "aws_lambda_permission" "l" {
  action        = "lambda:InvokeFunction"
  function_name = "f"
  principal     = "*"
}
`,
    }
    const after = await fixed(files)
    expect(after['main.tf']).toContain(
      'type        = "AWS"\n      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]',
    )
    expect(after['main.tf']).toContain(
      '"Principal": { "AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }',
    )
    expect(after['main.tf']).toContain('Action = "sqs:SendMessage"')
    expect(after['main.tf']).toContain('source_account = data.aws_caller_identity.current.account_id')
  })

  test('the policy of a search domain gets the domain for its "*" as well', async () => {
    const files = {
      'main.tf': `resource "aws_elasticsearch_domain" "logs" {
  domain_name = "logs"
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["es:ESHttp*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_elasticsearch_domain_policy" "logs" {
  domain_name     = aws_elasticsearch_domain.logs.domain_name
  access_policies = data.aws_iam_policy_document.logs.json
}
`,
    }
    const after = await fixed(files, {}, 'C')
    expect(after['main.tf']).toContain('    resources = ["${aws_elasticsearch_domain.logs.arn}/*"]\n')
  })

  test('in a key policy Resource "*" means the key: not touched', () => {
    const key = `resource "aws_kms_key" "k" {
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}
`
    expect(planned({ 'main.tf': key }, 'B').before.judged).toEqual([])
  })
})

describe('administrator policies', () => {
  const attached = (arn: string): string =>
    `resource "aws_iam_role_policy_attachment" "deployer" {\n  role       = "deployer"\n  policy_arn = ${arn}\n}\n`
  const ADMIN = '"arn:aws:iam::aws:policy/AdministratorAccess"'

  test('held until values.iam says what instead', async () => {
    const files = { 'main.tf': attached(ADMIN) }
    expect(left(planned(files, 'B'))).toEqual([expect.stringMatching(/^held B iam-no-administrator-access/)])
    const target = 'aws_iam_role_policy_attachment.deployer'
    const other = await fixed(files, {
      iam: [{ target, policyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess' }],
    })
    expect(other['main.tf']).toBe(attached('"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"'))
    const own = await fixed(files, {
      iam: [{ target, actions: ['ecr:BatchGetImage'], resources: ['arn:aws:ecr:eu-west-1:111122223333:repository/x'] }],
    })
    expect(own['main.tf']).toMatchSnapshot()
  })

  test('one expression for several attachments is refused', () => {
    const files = {
      'main.tf': `resource "aws_iam_role_policy_attachment" "a" {
  for_each   = toset(["AdministratorAccess", "ReadOnlyAccess"])
  role       = "r"
  policy_arn = "arn:aws:iam::aws:policy/\${each.key}"
}
`,
    }
    const iam = [{ target: 'aws_iam_role_policy_attachment.a', policyArn: 'arn:aws:iam::aws:policy/X' }]
    expect(left(planned(files, 'B', { iam }))).toEqual([
      expect.stringContaining('one expression says what several attach'),
    ])
  })
})
