import { describe, expect, test } from 'vitest'
import { Place } from '../place.ts'
import { readPolicy } from './policy.ts'
import { at, plain, read, resource, written } from './testing.ts'

const policyAt = (code: string, address = 'p.p', path = 'policy') =>
  readPolicy(Place.of(resource(read(code), address)).get(path))

function statements(code: string) {
  const reading = policyAt(code)
  if (reading.kind !== 'known') throw new Error(`the policy is ${reading.kind}`)
  return reading.statements
}

describe('JSON in strings', () => {
  const json = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}`
  const spellings: readonly [string, string][] = [
    ['heredoc', `<<EOF\n${json}\nEOF`],
    ['indented heredoc', `<<-EOF\n    ${json}\n    EOF`],
    ['quoted', JSON.stringify(json)],
    [
      'jsonencode',
      `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*", Principal = "*" }] })`,
    ],
    [
      'one statement',
      `jsonencode({ Statement = { Effect = "Allow", Action = ["s3:*"], Resource = ["*"], Principal = { AWS = "*" } } })`,
    ],
    ['through a local', 'local.policy'],
  ]
  test.each(spellings)('%s', (_, expression) => {
    const [statement] = statements(
      `locals { policy = ${JSON.stringify(json)} }\nresource "p" "p" {\n  policy = ${expression}\n}\n`,
    )
    expect(statement?.effect).toEqual({ kind: 'known', value: 'Allow' })
    expect(statement?.actions.values).toEqual({ kind: 'known', value: ['s3:*'] })
    expect(statement?.actions.contains('s3:*')).toBe('yes')
    expect(statement?.resources.contains('*')).toBe('yes')
    expect(statement?.principals.kind).toBe('any')
    expect(statement?.conditions).toEqual([])
  })

  test('pieces know where they are written, through escapes and indentation', () => {
    const quoted = read(`resource "p" "p" { policy = "{\\"Statement\\": [{\\"Action\\": \\"s3:*\\"}]}" }`)
    const place = Place.of(resource(quoted, 'p.p')).get('policy').decoded()
    expect(written(place.get('Statement', 0, 'Action').value)).toBe('\\"s3:*\\"')
    const heredoc = read(
      `resource "p" "p" {\n  policy = <<-EOF\n    {\n      "Action": [\n        "a:b"\n      ]\n    }\n    EOF\n}`,
    )
    const document = Place.of(resource(heredoc, 'p.p')).get('policy').decoded()
    expect(written(document.get('Action', 0).value)).toBe('"a:b"')
    expect(written(document.get('Action').value)).toBe('[\n        "a:b"\n      ]')
  })

  test('interpolations are texts, parts of texts or whole values', () => {
    const code = `
      variable "bucket" {}
      variable "name" { default = "n" }
      resource "b_b" "b" {}
      resource "p" "p" {
        policy = <<-EOF
          {"Statement": [{
            "Resource": ["arn:\${var.bucket}/*", "\${b_b.b.arn}", "known-\${var.name}"],
            "Action": \${jsonencode(["a:b"])},
            "Condition": {"Bool": {"aws:SecureTransport": "\${false}"}},
            "Size": \${var.bucket}
          }]}
        EOF
      }`
    const value = Place.of(resource(read(code), 'p.p'))
      .get('policy')
      .decoded().value
    expect(plain(value)).toEqual({
      Statement: [
        {
          Resource: [
            { unknown: 'var.bucket has no default' },
            { unknown: 'b_b.b.arn is known after apply' },
            'known-n',
          ],
          Action: ['a:b'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          Size: { unknown: 'var.bucket has no default' },
        },
      ],
    })
    const [statement] = statements(code)
    expect(statement?.resources.contains('*')).toBe('no')
    expect(statement?.resources.known).toEqual(['known-n'])
    const [condition] = statement?.conditions === 'unknown' ? [] : (statement?.conditions ?? [])
    expect(condition).toMatchObject({ operator: 'Bool', key: 'aws:SecureTransport', values: { value: ['false'] } })
  })

  test('a reference is no wildcard, a choice may be', () => {
    const code = (resources: string) => `
      variable "open" {}
      locals { arn = r_r.r.arn }
      resource "r_r" "r" {}
      resource "p" "p" { policy = jsonencode({ Statement = [{ Resource = ${resources}, Principal = { AWS = ${resources} } }] }) }`
    const verdicts = (resources: string) => {
      const [statement] = statements(code(resources))
      return [statement?.resources.contains('*'), statement?.principals.kind]
    }
    expect(verdicts('r_r.r.arn')).toEqual(['no', 'some'])
    expect(verdicts('[local.arn, "${r_r.r.arn}/*"]')).toEqual(['no', 'some'])
    expect(verdicts('var.open ? "*" : r_r.r.arn')).toEqual(['unknown', 'unknown'])
    expect(verdicts('r_r.r.arn == "" ? "*" : r_r.r.arn')).toEqual(['unknown', 'unknown'])
    expect(verdicts('[r_r.r.arn, "*"]')).toEqual(['yes', 'any'])
    expect(verdicts('var.open')).toEqual(['unknown', 'unknown'])
  })

  test('what a module that cannot be read calls an ARN is no wildcard', () => {
    const code = (resources: string) => `
      variable "open" {}
      module "m" { source = "registry.example/m/aws" }
      data "terraform_remote_state" "base" { backend = "s3" }
      resource "p" "p" { policy = jsonencode({ Statement = [{ Resource = ${resources} }] }) }`
    const verdict = (resources: string) => statements(code(resources))[0]?.resources.contains('*')
    expect(verdict('module.m.bucket.arn')).toBe('no')
    expect(verdict('[module.m.topic_arn, "${module.m.bucket["logs"].arn}"]')).toBe('no')
    expect(verdict('data.terraform_remote_state.base.outputs.key_arn')).toBe('no')
    expect(verdict('module.m.resources')).toBe('unknown')
    expect(verdict('var.open ? "*" : module.m.topic_arn')).toBe('unknown')
    expect(verdict('upper(module.m.topic_arn)')).toBe('unknown')
  })

  test('what is not JSON has no structure', () => {
    expect(policyAt(`resource "p" "p" { policy = "{broken" }`)).toMatchObject({ kind: 'unknown' })
    expect(policyAt(`resource "p" "p" {}`)).toEqual({ kind: 'absent' })
    expect(policyAt(`variable "p" {}\nresource "p" "p" { policy = var.p }`)).toEqual({
      kind: 'unknown',
      reason: 'var.p has no default',
    })
    expect(policyAt(`resource "p" "p" { policy = file("no.json") }`)).toMatchObject({ kind: 'unknown' })
  })
})

describe('aws_iam_policy_document', () => {
  const documents = `
    variable "actions" {}
    data "aws_iam_policy_document" "base" {
      statement {
        sid       = "One"
        actions   = ["s3:Get*"]
        resources = ["*"]
      }
      statement {
        sid       = "Two"
        effect    = "Deny"
        not_actions = ["iam:*"]
        not_resources = ["a"]
        principals {
          type        = "AWS"
          identifiers = ["arn:1"]
        }
        principals {
          type        = "Service"
          identifiers = ["ec2.amazonaws.com"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:PrincipalOrgID"
          values   = ["o-1"]
        }
      }
    }
    data "aws_iam_policy_document" "over" {
      source_policy_documents   = [data.aws_iam_policy_document.base.json]
      override_policy_documents = [jsonencode({ Statement = [{ Sid = "Two", Effect = "Allow", Action = "x:y" }] })]
      statement {
        sid     = "One"
        actions = ["s3:Put*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
      }
    }
    data "aws_iam_policy_document" "open" {
      source_policy_documents = [var.actions]
      statement { actions = var.actions }
    }
    resource "p" "p" { policy = data.aws_iam_policy_document.base.json }
    resource "p" "over" { policy = data.aws_iam_policy_document.over.json }
    resource "p" "open" { policy = data.aws_iam_policy_document.open.json }`

  test('becomes the policy that the provider renders', () => {
    const decoded = Place.of(resource(read(documents), 'p.p'))
      .get('policy')
      .decoded()
    expect(plain(decoded.value)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'One', Effect: 'Allow', Action: ['s3:Get*'], Resource: ['*'] },
        {
          Sid: 'Two',
          Effect: 'Deny',
          NotAction: ['iam:*'],
          NotResource: ['a'],
          Principal: { AWS: ['arn:1'], Service: ['ec2.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } },
        },
      ],
    })
    expect(written(decoded.get('Statement', 0, 'Action', 0).value)).toBe('"s3:Get*"')
    expect(at(read(documents), 'p.p', 'policy')?.refs?.[0]).toEqual({
      address: 'data.aws_iam_policy_document.base',
      root: '.',
      attribute: 'json',
    })
  })

  test('sources come first, overrides replace by Sid', () => {
    const reading = policyAt(documents, 'p.over')
    const found = reading.kind === 'known' ? reading.statements : []
    expect(found.map(({ sid, actions, principals }) => [sid, actions.known, principals.kind])).toEqual([
      [{ kind: 'known', value: 'One' }, ['s3:Put*'], 'any'],
      [{ kind: 'known', value: 'Two' }, ['x:y'], 'none'],
    ])
    const [, second] = policyAt(documents).kind === 'known' ? statements(documents) : []
    expect(second?.actions).toMatchObject({ not: true, known: ['iam:*'] })
    expect(second?.principals.kind).toBe('some')
    expect(second?.principals.entries.map(({ type, ids }) => [type, ids])).toEqual([
      ['AWS', { kind: 'known', value: ['arn:1'] }],
      ['Service', { kind: 'known', value: ['ec2.amazonaws.com'] }],
    ])
  })

  test('a dynamic block over nothing writes nothing', () => {
    const [statement] = statements(`
      variable "excepted" { default = [] }
      data "aws_iam_policy_document" "d" {
        statement {
          actions = ["sts:AssumeRole"]
          principals {
            type        = "Service"
            identifiers = ["ec2.amazonaws.com"]
          }
          dynamic "not_principals" {
            for_each = var.excepted
            content {
              type        = "AWS"
              identifiers = [not_principals.value]
            }
          }
        }
      }
      resource "p" "p" { policy = data.aws_iam_policy_document.d.json }`)
    expect(statement?.notPrincipals.kind).toBe('none')
    expect(statement?.principals.kind).toBe('some')
  })

  test('statements that may not be there leave nothing open', () => {
    const reading = policyAt(`
      variable "bucket" {}
      data "aws_iam_policy_document" "d" {
        dynamic "statement" {
          for_each = var.bucket == null ? [] : [1]
          content {
            actions   = ["s3:GetObject"]
            resources = ["arn:aws:s3:::\${var.bucket}/*"]
          }
        }
      }
      resource "p" "p" { policy = data.aws_iam_policy_document.d.json }`)
    expect(reading).toMatchObject({ kind: 'known', complete: true })
    expect(reading.kind === 'known' && reading.statements.map(({ place }) => place.certain)).toEqual([false])
  })

  test('documents that are put together survive compact and coalesce', () => {
    const reading = policyAt(`
      variable "name" {}
      data "aws_iam_policy_document" "one" {
        statement {
          actions   = ["s3:GetObject"]
          resources = ["arn:aws:s3:::\${var.name}"]
        }
      }
      data "aws_iam_policy_document" "all" {
        source_policy_documents = compact([coalesce(data.aws_iam_policy_document.one.json, "{}"), null])
      }
      resource "p" "p" { policy = data.aws_iam_policy_document.all.json }`)
    expect(reading).toMatchObject({ kind: 'known', complete: true, statements: { length: 1 } })
  })

  test('an unknown source leaves the policy open', () => {
    const reading = policyAt(documents, 'p.open')
    expect(reading).toMatchObject({ kind: 'known', complete: false })
    expect(reading.kind === 'known' && reading.statements[0]?.actions.contains('*')).toBe('unknown')
  })
})

describe('template_file', () => {
  const statement = `{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::$NAME/*"}]}`
  const files = (template: string, vars: string) => ({
    'main.tf': `
      variable "unknown" {}
      data "template_file" "t" {
        template = ${template}
        ${vars}
      }
      resource "p" "p" { policy = data.template_file.t.rendered }`,
    'policy.json': statement.replace('$NAME', () => '${name}'),
  })
  const policyOf = (template: string, vars = '') =>
    readPolicy(Place.of(resource(read(files(template, vars)), 'p.p')).get('policy'))

  test('renders a file with its variables', () => {
    const reading = policyOf('file("policy.json")', 'vars = { name = "receipts" }')
    const [only] = reading.kind === 'known' ? reading.statements : []
    expect(only?.resources.values).toEqual({ kind: 'known', value: ['arn:aws:s3:::receipts/*'] })
  })

  test('keeps what is known around an unknown variable', () => {
    const reading = policyOf('file("policy.json")', 'vars = { name = var.unknown }')
    const [only] = reading.kind === 'known' ? reading.statements : []
    expect(only?.actions.contains('s3:*')).toBe('yes')
    expect(only?.resources.contains('*')).toBe('no')
  })

  test('renders an inline template, whose interpolations are escaped', () => {
    const inline = JSON.stringify(statement).replace('$NAME', () => '$${name}')
    expect(policyOf(inline, 'vars = { name = "a" }')).toMatchObject({ kind: 'known', complete: true })
  })

  test('is unknown without its template, a variable or all of them', () => {
    expect(policyOf('file("missing.json")')).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('missing.json'),
    })
    expect(policyOf('file("policy.json")')).toMatchObject({
      kind: 'unknown',
      reason: 'there is nothing named name here',
    })
    expect(policyOf('file("policy.json")', 'vars = var.unknown')).toMatchObject({
      kind: 'unknown',
      reason: 'var.unknown has no default',
    })
  })
})
