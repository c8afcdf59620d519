import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecr-no-public-policy.ts'

testRule(rule, {
  valid: [
    {
      name: 'named principals, conditions that name a source, and a Deny for everybody',
      code: hcl`
        resource "aws_ecr_repository_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "ecr:BatchGetImage", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "ecr:BatchGetImage"
                Resource  = "*"
                Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } }
              },
              { Effect = "Deny", Principal = "*", Action = "ecr:BatchGetImage", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_ecr_repository_policy" "p" {
        policy = var.policy
      }
    `,
    hcl`
      variable "who" {}
      resource "aws_ecr_repository_policy" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "ecr:BatchGetImage", Resource = "*" }]
        })
      }
    `,
  ],
  invalid: [
    {
      name: 'everybody, in two spellings; a condition that names nobody',
      code: hcl`
        resource "aws_ecr_repository_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = ["*"] }, Action = "ecr:BatchGetImage", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = ["ecr:BatchGetImage"]
                Resource  = "*"
                Condition = { Bool = { "aws:SecureTransport" = "true" } }
              },
            ]
          })
        }
      `,
      problems: [
        { message: 'public', at: '4:48-4:51', data: { actions: 'ecr:BatchGetImage', what: 'this repository' } },
        { message: 'public', at: '7:21-7:24' },
      ],
      output: null,
    },
  ],
})
