import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-credentials-exposure.ts'

testRule(rule, {
  valid: [
    {
      name: 'access grants are made to the caller',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "s3:Get*", Resource = "*" }]
          })
        }
      `,
    },
    {
      name: 'tokens that are worth no more than the caller, one role, and a condition',
      code: hcl`
        resource "aws_iam_role" "deploy" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["ecr:GetAuthorizationToken", "sts:GetCallerIdentity"], Resource = "*" },
              { Effect = "Allow", Action = "sts:AssumeRole", Resource = aws_iam_role.deploy.arn },
              {
                Effect    = "Allow"
                Action    = "sts:AssumeRole"
                Resource  = "*"
                Condition = { StringEquals = { "iam:ResourceTag/team" = "payments" } }
              },
              { Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/deploy" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'an unknown action on everything',
      code: hcl`
        variable "action" { type = string }
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:ListBucket", var.action], Resource = "*" }] })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'every role of every account, by name and by pattern; a condition that everything fulfils',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:ListBucket", "sts:AssumeRole"], Resource = "arn:aws:iam::*:role/*" },
              {
                Effect    = "Allow"
                Action    = "redshift:GetCluster*"
                Resource  = "*"
                Condition = { "ForAllValues:StringLike" = { "aws:PrincipalTag/x" = "y" } }
              },
            ]
          })
        }
      `,
      problems: [{ message: 'credentials', at: '7:21-7:43' }],
      output: null,
    },
  ],
})
