import { describe, expect, test } from 'vitest'
import { fixed, left, planned } from './harness.test-helper.ts'

const TOPIC = 'resource "aws_sns_topic" "alerts" {\n  name = "alerts"\n}\n'
const BUCKET = 'resource "aws_s3_bucket" "data" {\n  bucket = "acme-data"\n}\n'
const TRUST = `jsonencode({
    Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })`
const ROLE = `resource "aws_iam_role" "app" {\n  name               = "app"\n  assume_role_policy = ${TRUST}\n}\n`

const inline = (policy: string): string =>
  `resource "aws_iam_role_policy" "p" {\n  role   = "app"\n  policy = ${policy}\n}\n`
const encoded = (statement: string): string => inline(`jsonencode({\n    Statement = [${statement}]\n  })`)

describe('explicit actions with one declared resource: applied without approval', () => {
  test('jsonencode: the one line changes, a comment stays', async () => {
    const text = inline(
      `jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = "*" # there is only one
      },
    ]
  })`,
    )
    const after = await fixed({ 'main.tf': TOPIC + text }, {}, 'none')
    expect(after['main.tf']).toBe(TOPIC + text.replace('"*" # there', 'aws_sns_topic.alerts.arn # there'))
  })

  test('bucket and object actions get the bucket and what is in it', async () => {
    const after = await fixed(
      {
        'main.tf': BUCKET + encoded('{ Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = "*" }'),
      },
      {},
      'none',
    )
    expect(after['main.tf']).toContain('Resource = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"] }')
  })

  test('what takes no resource keeps "*" in a statement of its own', async () => {
    const statement = `
      {
        Sid      = "App"
        Effect   = "Allow"
        Action   = ["sns:Publish", "cloudwatch:PutMetricData"]
        Resource = "*"
      },
    `
    const after = await fixed({ 'main.tf': TOPIC + encoded(statement) }, {}, 'none')
    expect(after['main.tf']).toContain(`
      {
        Sid      = "App"
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = aws_sns_topic.alerts.arn
      },
      {
        Sid      = "App2"
        Effect   = "Allow"
        Action   = ["cloudwatch:PutMetricData"]
        Resource = "*"
      },
`)
  })

  test('statements that begin beside the bracket are laid out as terraform fmt wants them', async () => {
    const statement = `{
      Effect   = "Allow"
      Action   = ["sns:Publish", "cloudwatch:PutMetricData"]
      Resource = "*"
    }`
    const after = await fixed({ 'main.tf': TOPIC + encoded(statement) }, {}, 'none')
    expect(after['main.tf']).toContain(`
    Statement = [{
      Effect   = "Allow"
      Action   = ["sns:Publish"]
      Resource = aws_sns_topic.alerts.arn
      }, {
      Effect   = "Allow"
      Action   = ["cloudwatch:PutMetricData"]
      Resource = "*"
    }]
`)
  })

  test('a heredoc keeps its layout; a single statement gets a list around it', async () => {
    const after = await fixed(
      {
        'main.tf':
          TOPIC +
          inline(`<<-EOT
    {
      "Statement": {"Effect": "Allow", "Action": ["sns:Publish", "sns:ListTopics"], "Resource": "*"}
    }
  EOT`),
      },
      {},
      'none',
    )
    expect(after['main.tf']).toContain(
      '"Statement": [{"Effect": "Allow", "Action": ["sns:Publish"], "Resource": "${aws_sns_topic.alerts.arn}"}, {"Effect": "Allow", "Action": ["sns:ListTopics"], "Resource": "*"}]\n',
    )
  })

  test('a policy document, with what takes no resource in a block of its own', async () => {
    const text = `data "aws_iam_policy_document" "d" {
  statement {
    sid       = "Use"
    actions   = ["sns:Publish", "ecr:GetAuthorizationToken"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
    }
  }
}
`
    const after = await fixed({ 'main.tf': TOPIC + text }, {}, 'none')
    expect(after['main.tf']).toMatchSnapshot()
  })

  test('inline policies of a role, and a policy in a local', async () => {
    const role = `resource "aws_iam_role" "r" {
  assume_role_policy = ${TRUST}

  inline_policy {
    name   = "p"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }] })
  }
}
`
    const local = `locals {
  policy = {
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  }
}

${inline('jsonencode(local.policy)')}`
    const after = await fixed({ 'main.tf': TOPIC + BUCKET + role + local }, {}, 'none')
    expect(after['main.tf']).toContain('Action = "sns:Publish", Resource = aws_sns_topic.alerts.arn')
    expect(after['main.tf']).toContain('Action = "s3:GetObject", Resource = "${aws_s3_bucket.data.arn}/*"')
  })

  test('JSON syntax', async () => {
    const data = {
      resource: { aws_sns_topic: { alerts: { name: 'alerts' } } },
      data: {
        aws_iam_policy_document: { d: { statement: [{ actions: ['sns:Publish'], resources: ['*'] }] } },
      },
    }
    const after = await fixed({ 'main.tf.json': `${JSON.stringify(data, null, 2)}\n` }, {}, 'none')
    expect(after['main.tf.json']).toContain('"${aws_sns_topic.alerts.arn}"')
  })

  test('line ends and tabs are kept', async () => {
    const text = `${TOPIC}${encoded('\n\t\t{\n\t\t\tEffect = "Allow"\n\t\t\tAction = ["sns:Publish", "sns:ListTopics"]\n\t\t\tResource = "*"\n\t\t}\n\t')}`
    const after = await fixed({ 'main.tf': text.replaceAll('\n', '\r\n') }, {}, 'none')
    expect(after['main.tf']?.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(after['main.tf']).toContain(
      '\r\n\t\t},\r\n\t\t{\r\n\t\t\tEffect = "Allow"\r\n\t\t\tAction = ["sns:ListTopics"]',
    )
  })

  test('instances of a bucket are named one by one', async () => {
    const buckets = 'resource "aws_s3_bucket" "data" {\n  for_each = toset(["a", "b"])\n  bucket   = each.key\n}\n'
    const after = await fixed(
      { 'main.tf': buckets + encoded('{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }') },
      {},
      'C',
    )
    expect(after['main.tf']).toContain(
      'Resource = ["${aws_s3_bucket.data["a"].arn}/*", "${aws_s3_bucket.data["b"].arn}/*"]',
    )
  })
})

describe('what the module declares is not all known: nothing is listed, and nobody loses a right by it', () => {
  const many =
    'variable "names" {\n  type = set(string)\n}\n\nresource "aws_s3_bucket" "many" {\n  for_each = var.names\n  bucket   = each.key\n}\n'

  test.each([
    ['instances that a variable decides', 's3:GetObject', many, /how many of aws_s3_bucket\.many there are/],
    ['the same under a wildcard of the service', 's3:*', many, /how many of aws_s3_bucket\.many there are/],
    ['the same under every action', '*', many, /how many of aws_s3_bucket\.many there are/],
    ['a file that ends in the middle', 's3:GetObject', 'resource "aws_s3_bucket" "x" {\n', /more\.tf cannot be parsed/],
  ])('%s', (_what, action, more, why) => {
    const policy = encoded(`{ Effect = "Allow", Action = "${action}", Resource = "*" }`)
    const plan = planned({ 'main.tf': BUCKET + policy, 'more.tf': more }, 'B')
    expect(plan.changes).toEqual([])
    expect(left(plan)).not.toEqual([])
    for (const line of left(plan)) expect(line).toMatch(why)
  })
})

describe('held until somebody approves', () => {
  test('several candidates, new resources and wildcards of a service: C, with the reason and a runbook', async () => {
    const more = 'resource "aws_sns_topic" "other" {\n  name = "other"\n}\n'
    const files = {
      'main.tf':
        TOPIC +
        more +
        BUCKET +
        encoded('{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }') +
        encoded('{ Effect = "Allow", Action = ["s3:*"], Resource = "*" }').replace('"p"', '"q"'),
    }
    expect(planned(files, 'none').changes).toEqual([])
    const plan = planned(files, 'C')
    expect(left(plan)).toEqual([])
    const text = plan.files.get('main.tf') ?? ''
    expect(text).toContain('Action = "sns:Publish", Resource = [aws_sns_topic.alerts.arn, aws_sns_topic.other.arn]')
    expect(text).toContain('Action = ["s3:*"], Resource = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]')
    const held = planned(files, 'none').held.map(({ remedy }) => remedy)
    for (const remedy of held) {
      expect(remedy).toMatchObject({ kind: 'fixer', assessment: { rank: 'C' } })
      expect(remedy.kind === 'fixer' ? remedy.assessment.runbook : '').toContain('start-policy-generation')
    }
  })

  test('everything on everything becomes the declared services on what is declared: B', async () => {
    const statement =
      '\n      {\n        Effect   = "Allow"\n        Action   = "*"\n        Resource = "*"\n      },\n    '
    const files = { 'main.tf': TOPIC + BUCKET + encoded(statement) }
    expect(planned(files, 'C').changes).toEqual([])
    const after = await fixed(files)
    expect(after['main.tf']).toContain(`
        Effect   = "Allow"
        Action   = ["s3:*", "sns:*"]
        Resource = [aws_s3_bucket.data.arn, "\${aws_s3_bucket.data.arn}/*", aws_sns_topic.alerts.arn]
`)
  })

  test('a long list stands on lines of its own, and its neighbours are aligned without it', async () => {
    const buckets = ['a', 'b', 'c'].map((name) => BUCKET.replace('"data"', `"bucket_${name}"`)).join('')
    const statement =
      '\n      {\n        Effect   = "Allow"\n        Action   = ["s3:*"]\n        Resource = "*"\n      },\n    '
    const after = await fixed({ 'main.tf': buckets + encoded(statement) }, {}, 'C')
    expect(after['main.tf']).toContain(`
        Effect = "Allow"
        Action = ["s3:*"]
        Resource = [
          aws_s3_bucket.bucket_a.arn,
          "\${aws_s3_bucket.bucket_a.arn}/*",
`)
  })

  test('every action on named resources becomes every action of their services', async () => {
    const after = await fixed(
      { 'main.tf': BUCKET + encoded('{ Effect = "Allow", Action = "*", Resource = [aws_s3_bucket.data.arn] }') },
      {},
      'C',
    )
    expect(after['main.tf']).toContain('Action = "s3:*", Resource = [aws_s3_bucket.data.arn]')
  })

  test('iam:PassRole: roles that services take on, never the own one', async () => {
    const own = ROLE.replaceAll('"app"', '"own"')
    const policy = encoded('{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }').replace(
      '"app"',
      'aws_iam_role.own.id',
    )
    expect(planned({ 'main.tf': ROLE + own + policy }, 'none').changes).toEqual([])
    const after = await fixed({ 'main.tf': ROLE + own + policy }, {}, 'C')
    expect(after['main.tf']).toContain('Action = "iam:PassRole", Resource = aws_iam_role.app.arn')
  })
})

describe('what the module does not show is asked for', () => {
  test('nothing declared, identities, everything but some', () => {
    const files = {
      'main.tf': [
        encoded('{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }'),
        encoded('{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }').replace('"p"', '"q"'),
        encoded('{ Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }').replace('"p"', '"r"'),
      ].join(''),
    }
    const plan = planned(files, 'B')
    expect(plan.changes).toEqual([])
    expect(plan.refused).toEqual([])
    const needs = plan.held.flatMap(({ remedy }) => (remedy.kind === 'fixer' ? (remedy.assessment.needs ?? []) : []))
    expect(new Set(needs.map(({ key }) => key))).toEqual(new Set(['values.iam']))
    expect(new Set(left(plan).map((line) => line.replace(/ iam-[\w-]+:/, '')))).toEqual(
      new Set([
        'held C Nothing in the module shows on what sns:Publish is needed.',
        'held B Nothing in the module shows on what iam:PutRolePolicy is needed.',
        'held B It allows everything but some, and nothing shows what is needed of it.',
      ]),
    )
  })

  test('values.iam: several entries become several statements; what the statement did not allow is never added', async () => {
    const iam = [
      {
        target: 'aws_iam_role_policy.p',
        actions: ['s3:GetObject', 'sqs:SendMessage'],
        resources: ['arn:aws:s3:::x/*'],
      },
      { target: 'aws_iam_role_policy.p', actions: ['s3:ListAllMyBuckets'], resources: ['*'] },
      { target: 'aws_iam_role_policy.p', actions: ['s3:PutObject'], resources: ['aws_s3_bucket.data.arn/in/*'] },
    ]
    const files = {
      'main.tf':
        BUCKET +
        inline(
          '<<EOF\n{\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:*", "ec2:*"], "Resource": "*" }\n  ]\n}\nEOF',
        ),
    }
    const after = await fixed(files, { iam })
    expect(after['main.tf']).toContain(`
    { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::x/*" },
    { "Effect": "Allow", "Action": ["s3:ListAllMyBuckets"], "Resource": "*" },
    { "Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "\${aws_s3_bucket.data.arn}/in/*" }
`)
  })

  test('values.iam: NotAction becomes Action; a file of its own gets ARNs', async () => {
    const iam = [{ target: 'aws_iam_role_policy.p', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::x/*'] }]
    const not = await fixed(
      { 'main.tf': encoded('{ Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }') },
      { iam },
    )
    expect(not['main.tf']).toContain('{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::x/*" }')
    const file =
      '{\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "*",\n      "Resource": "*"\n    }\n  ]\n}\n'
    const after = await fixed({ 'main.tf': inline('file("${path.module}/p.json")'), 'p.json': file }, { iam })
    expect(after['p.json']).toBe(
      file
        .replace('"Action": "*"', '"Action": "s3:GetObject"')
        .replace('"Resource": "*"', '"Resource": "arn:aws:s3:::x/*"'),
    )
  })

  test('values.iam that widens, or names what AWS does not have, is refused', () => {
    const files = { 'main.tf': encoded('{ Effect = "Allow", Action = "s3:*", Resource = "*" }') }
    const iam = (actions: string[], resources: string[]) => ({
      iam: [{ target: 'aws_iam_role_policy.p', actions, resources }],
    })
    expect(
      new Set(left(planned(files, 'B', iam(['s3:GetObject'], ['*']))).map((line) => line.slice(line.indexOf(':') + 2))),
    ).toEqual(
      new Set([
        'values.iam for aws_iam_role_policy.p gives s3:GetObject every resource ("*"), though it can be limited to named ones',
      ]),
    )
    expect(left(planned(files, 'B', iam(['s3:GetObjekt'], ['arn:aws:s3:::x/*'])))[0]).toContain(
      'which AWS does not have',
    )
    expect(left(planned(files, 'B', iam(['sqs:SendMessage'], ['arn:aws:sqs:::x'])))[0]).toContain(
      'none with resources and an action that this statement allows',
    )
  })
})

test('named resources beside "*" stay, and where they are computed nothing is guessed', async () => {
  const named = 'arn:aws:sns:eu-west-1:111122223333:other'
  const statement = (resources: string): string =>
    `{ Effect = "Allow", Action = ["sns:Publish"], Resource = ${resources} }`
  const after = await fixed({ 'main.tf': TOPIC + encoded(statement(`["${named}", "*"]`)) }, {}, 'none')
  expect(after['main.tf']).toContain(`Resource = ["${named}", aws_sns_topic.alerts.arn]`)
  const plan = planned({ 'main.tf': TOPIC + encoded(statement(`concat(["*"], ["${named}"])`)) }, 'B')
  expect(plan.changes).toEqual([])
  expect(left(plan)[0]).toContain('Its resources are computed')
})

test('a Sid stands only once, also where the next one is taken', async () => {
  const iam = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map((action, i) => ({
    target: 'aws_iam_role_policy.p',
    sid: 'All',
    actions: [action],
    resources: [`arn:aws:s3:::x${i}/*`],
  }))
  const files = {
    'main.tf': encoded(
      '{ Sid = "All", Effect = "Allow", Action = "s3:*", Resource = "*" }, { Sid = "All2", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::y/*" }',
    ),
  }
  const after = await fixed(files, { iam })
  expect(after['main.tf']?.match(/Sid = "\w+"/g)).toEqual([
    'Sid = "All"',
    'Sid = "All3"',
    'Sid = "All4"',
    'Sid = "All2"',
  ])
})

test('a policy in a module that is called twice: its own resources, once', async () => {
  const after = await fixed(
    {
      'main.tf':
        'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  for_each = toset(["x", "y"])\n  source   = "./m"\n}\n',
      'm/main.tf': TOPIC + encoded('{ Effect = "Allow", Action = ["sns:Publish"], Resource = "*" }'),
    },
    {},
    'C',
  )
  expect(after['m/main.tf']).toContain('Resource = aws_sns_topic.alerts.arn }')
})

test('what secops.yaml says is text, whatever is in it', async () => {
  const iam = [
    {
      target: 'aws_iam_role_policy.p',
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::x/${aws:username}/*', 'arn:aws:s3:::"y\\'],
    },
  ]
  const files = { 'main.tf': encoded('{ Effect = "Allow", Action = "s3:*", Resource = "*" }') }
  const after = await fixed(files, { iam })
  expect(after['main.tf']).toContain('["arn:aws:s3:::x/$${aws:username}/*", "arn:aws:s3:::\\"y\\\\"]')
})

describe('refused, with the reason', () => {
  test.each([
    [
      'a for expression',
      encoded('for a in ["sns:Publish"] : { Effect = "Allow", Action = a, Resource = "*" }'),
      'for expression',
    ],
    [
      'a quoted string',
      inline(
        '"{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"sns:Publish\\", \\"Resource\\": \\"*\\"}]}"',
      ),
      'quoted string',
    ],
    [
      'a dynamic block',
      'data "aws_iam_policy_document" "d" {\n  dynamic "statement" {\n    for_each = ["sns:Publish"]\n    content {\n      actions   = [statement.value]\n      resources = ["*"]\n    }\n  }\n}\n',
      'dynamic block',
    ],
    ['a file that cannot refer', inline('file("p.json")'), 'cannot refer to resources'],
  ])('%s', (_, text, reason) => {
    const json = '{"Statement": [{"Effect": "Allow", "Action": "sns:Publish", "Resource": "*"}]}'
    const plan = planned({ 'main.tf': TOPIC + text, 'p.json': json }, 'B')
    expect(plan.changes).toEqual([])
    expect(plan.held).toEqual([])
    expect(plan.refused.length).toBeGreaterThan(0)
    for (const refused of plan.refused) expect(refused.reason).toContain(reason)
  })

  test('a user, and a policy of a user', () => {
    const text =
      'resource "aws_iam_user" "u" {\n  name = "u"\n}\nresource "aws_iam_user_policy_attachment" "a" {\n  user       = aws_iam_user.u.name\n  policy_arn = "x"\n}\n'
    expect(left(planned({ 'main.tf': text }, 'B')).map((line) => line.split(':')[0])).toEqual([
      'iam-no-user-policies',
      'iam-no-users',
    ])
  })

  test('a cycle is not made: what needs the policy first is no candidate', () => {
    const fn = `resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "r"
  depends_on    = [aws_iam_role_policy.p]
}
`
    const plan = planned(
      { 'main.tf': fn + encoded('{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "*" }') },
      'B',
    )
    expect(plan.changes).toEqual([])
    expect(left(plan)[0]).toContain('Nothing in the module shows')
  })
})
