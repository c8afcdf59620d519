import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-policy-no-lockout.ts'

testRule(rule, {
  valid: [
    {
      name: 'a condition spares somebody; other statements do not deny everything',
      code: hcl`
        resource "aws_s3_bucket_policy" "a" {
          bucket = "a"
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = "*"
                Condition = { Bool = { "aws:SecureTransport" = "false" } }
              },
              { Effect = "Deny", Principal = "*", Action = "s3:DeleteObject", Resource = "*" },
              { Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'everybody but the administrators',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          policy = jsonencode({
            Statement = [{ Effect = "Deny", NotPrincipal = { AWS = "arn:aws:iam::123456789012:role/admin" }, Action = "s3:*", Resource = "*" }]
          })
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_s3_bucket_policy" "a" {
        policy = var.policy
      }
    `,
  ],
  invalid: [
    {
      name: 'in either place, as JSON or as a document',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            effect    = "Deny"
            actions   = ["*"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
          }
        }
        resource "aws_s3_bucket" "a" {
          policy = <<-EOT
            {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}
          EOT
        }
        resource "aws_s3_bucket_policy" "b" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
      problems: [
        { message: 'lockout', at: '2:3-2:12' },
        { message: 'lockout', at: '14:20-14:91' },
      ],
      output: null,
    },
  ],
})
