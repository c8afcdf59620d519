import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-tls-only-policy.ts'

const policy = (statement: string, more = '') => hcl`
  resource "aws_s3_bucket" "a" {}
  resource "aws_s3_bucket_policy" "a" {
    bucket = aws_s3_bucket.a.id
    policy = jsonencode({ Statement = [{ ${statement} }] })
  }
  ${more}
`
const DENY = 'Effect = "Deny", Principal = "*", Resource = "*", Action = "s3:*"'

testRule(rule, {
  valid: [
    { name: 'denied', code: policy(`${DENY}, Condition = { Bool = { "aws:SecureTransport" = false } }`) },
    {
      name: 'in other spellings',
      code: policy(
        `${DENY.replace('"*"', '{ AWS = "*" }')}, Condition = { BoolIfExists = { "AWS:SecureTransport" = ["false"] } }`,
      ),
    },
    {
      name: 'by a data source',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          policy = data.aws_iam_policy_document.a.json
        }
        data "aws_iam_policy_document" "a" {
          statement {
            effect    = "Deny"
            actions   = ["s3:*"]
            resources = ["*"]
            principals {
              type        = "*"
              identifiers = ["*"]
            }
            condition {
              test     = "Bool"
              variable = "aws:SecureTransport"
              values   = ["false"]
            }
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'an unknown value',
      code: policy(
        `${DENY}, Condition = { Bool = { "aws:SecureTransport" = var.v } }`,
        'variable "v" { type = string }',
      ),
    },
    {
      name: 'a policy from outside',
      code: hcl`
        variable "policy" { type = string }
        resource "aws_s3_bucket" "a" {}
        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = var.policy
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'no policy',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
      problems: [{ message: 'noPolicy', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'only for one action',
      code: policy(
        `${DENY.replace('s3:*', 's3:PutObject')}, Condition = { Bool = { "aws:SecureTransport" = "false" } }`,
      ),
      problems: [{ message: 'notDenied' }],
      output: null,
    },
    {
      name: 'only together with something else',
      code: policy(
        `${DENY}, Condition = { Bool = { "aws:SecureTransport" = "false" }, StringEquals = { "aws:SourceVpc" = "v" } }`,
      ),
      problems: [{ message: 'notDenied' }],
      output: null,
    },
    {
      name: 'the wrong way round',
      code: policy(`${DENY}, Condition = { Bool = { "aws:SecureTransport" = "true" } }`),
      problems: [{ message: 'notDenied' }],
      output: null,
    },
  ],
})
