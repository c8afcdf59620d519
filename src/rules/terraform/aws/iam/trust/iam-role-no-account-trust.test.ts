import { hcl, testRule } from '../../../../../testing/index.ts'
import rule from './iam-role-no-account-trust.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_role" "ci" {}
      resource "aws_iam_role" "r" {
        assume_role_policy = jsonencode({
          Statement = [
            { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:role/ci" }, Action = "sts:AssumeRole" },
            { Effect = "Allow", Principal = { AWS = aws_iam_role.ci.arn }, Action = "sts:AssumeRole" },
            { Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" },
            { Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "sts:TagSession" },
            {
              Effect    = "Allow"
              Principal = { AWS = "arn:aws:iam::123456789012:root" }
              Action    = "sts:AssumeRole"
              Condition = { StringEquals = { "sts:ExternalId" = "f3a9" } }
            },
          ]
        })
      }
    `,
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
      name: 'a condition that is given',
      code: hcl`
        variable "condition" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = { AWS = "123456789012" }
              Action    = "sts:AssumeRole"
              Condition = var.condition
            }]
          })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'by root, by id, and by an id that is not known; a wildcard names nobody',
      code: hcl`
        variable "partner" {}
        resource "aws_iam_role" "r" {
          assume_role_policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = { AWS = ["arn:aws:iam::123456789012:root", "123456789012", "arn:aws:iam::\${var.partner}:root"] }
                Action    = "sts:AssumeRole"
                Condition = { StringLike = { "aws:PrincipalArn" = "*" } }
              },
            ]
          })
        }
      `,
      problems: [
        { message: 'wholeAccount', at: '7:30-7:62' },
        { message: 'wholeAccount', at: '7:64-7:78' },
        { message: 'wholeAccount', at: '7:80-7:114' },
      ],
      output: null,
    },
  ],
})
