import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-role-no-public-trust.ts'

testRule(rule, {
  valid: [
    {
      name: 'services, a root, and an organisation by condition',
      code: hcl`
        resource "aws_iam_role" "service" {
          assume_role_policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" },
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "sts:AssumeRole" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "sts:AssumeRole"
                Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } }
              },
              { Effect = "Deny", Principal = "*", Action = "sts:AssumeRole" },
            ]
          })
        }
      `,
    },
    {
      name: 'a principal that is made beside it, in a document',
      code: hcl`
        resource "aws_iam_user" "ci" {}
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRole"]
            principals {
              type        = "AWS"
              identifiers = [aws_iam_user.ci.arn]
            }
          }
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "principal" {}
      resource "aws_iam_role" "r" {
        assume_role_policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = var.principal }, Action = "sts:AssumeRole" }]
        })
      }
    `,
    {
      name: 'the whole policy',
      code: hcl`
        variable "policy" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = var.policy
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'in three spellings; an external id is no secret',
      code: hcl`
        resource "aws_iam_role" "a" {
          assume_role_policy = jsonencode({
            Statement = [{ Effect = "Allow", Principal = "*", Action = "sts:AssumeRole" }]
          })
        }
        resource "aws_iam_role" "b" {
          assume_role_policy = <<EOF
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "sts:*",
          "Condition": {"StringEquals": {"sts:ExternalId": "pay"}}}}
        EOF
        }
        data "aws_iam_policy_document" "trust" {
          statement {
            actions = ["sts:AssumeRole"]
            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
          }
        }
        resource "aws_iam_role" "c" {
          assume_role_policy = data.aws_iam_policy_document.trust.json
        }
      `,
      problems: [
        { message: 'public', at: '3:50-3:53' },
        { message: 'public', at: '8:57-8:60' },
        { message: 'public', at: '17:22-17:25' },
      ],
      output: null,
    },
  ],
})
