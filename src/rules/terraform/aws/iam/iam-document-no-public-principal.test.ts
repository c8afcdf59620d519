import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-public-principal.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["kms:*"]
          resources = ["*"]
          principals {
            type        = "AWS"
            identifiers = ["arn:aws:iam::123456789012:root"]
          }
        }
        statement {
          effect    = "Deny"
          actions   = ["s3:*"]
          resources = ["*"]
          principals {
            type        = "*"
            identifiers = ["*"]
          }
        }
        statement {
          actions   = ["kms:Decrypt"]
          resources = ["*"]
          principals {
            type        = "AWS"
            identifiers = ["*"]
          }
          condition {
            test     = "StringEquals"
            variable = "kms:CallerAccount"
            values   = ["123456789012"]
          }
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "who" {}
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["s3:GetObject"]
          resources = ["*"]
          principals {
            type        = "AWS"
            identifiers = var.who
          }
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["sqs:SendMessage"]
            resources = ["arn:aws:sqs:eu-west-1:123456789012:q"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::123456789012:root", "*"]
            }
          }
        }
      `,
      problems: [{ message: 'public', at: '7:56-7:59' }],
      output: null,
    },
  ],
})
