import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-privilege-escalation.ts'

testRule(rule, {
  valid: [
    {
      name: 'half of a path',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = ["iam:PassRole", "lambda:CreateFunction", "s3:*"], Resource = "*" }]
          })
        }
      `,
    },
    {
      name: 'the role goes to a service that the rest of the path is not about, or is one role',
      code: hcl`
        resource "aws_iam_policy" "other" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Action    = "iam:PassRole"
                Resource  = "*"
                Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
              },
              { Effect = "Allow", Action = "ec2:RunInstances", Resource = "*" },
            ]
          })
        }
        resource "aws_iam_role" "app" {}
        resource "aws_iam_policy" "one" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.app.arn },
              { Effect = "Allow", Action = "ec2:RunInstances", Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'narrowed by a boundary, and denied',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Action    = "iam:PutRolePolicy"
                Resource  = "*"
                Condition = { StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/bound" } }
              },
              { Effect = "Allow", Action = "iam:CreateAccessKey", Resource = "*" },
              { Effect = "Deny", NotAction = ["s3:*"], Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'what completes the path is given',
      code: hcl`
        variable "more" { type = string }
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = ["iam:PassRole", var.more], Resource = "*" }]
          })
        }
      `,
    },
    {
      name: 'the service is given',
      code: hcl`
        variable "service" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Action    = "iam:PassRole"
                Resource  = "*"
                Condition = { StringEquals = { "iam:PassedToService" = var.service } }
              },
              { Effect = "Allow", Action = "ec2:RunInstances", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a path over two statements',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["lambda:CreateFunction", "lambda:InvokeFunction"], Resource = "*" },
              { Effect = "Allow", Action = ["iam:GetRole", "iam:PassRole"], Resource = "arn:aws:iam::*:role/*" },
            ]
          })
        }
      `,
      problems: [
        {
          message: 'path',
          at: '5:52-5:66',
          data: {
            path: 'iam:PassRole and lambda:CreateFunction and lambda:InvokeFunction',
            how: 'runs code of theirs as a mightier role',
            more: '',
          },
        },
      ],
      output: null,
    },
    {
      name: 'passed to the very service that starts things',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Action    = "iam:PassRole"
                Resource  = "*"
                Condition = { StringLike = { "iam:PassedToService" = ["ec2.*", "lambda.amazonaws.com"] } }
              },
              { Effect = "Allow", Action = "ec2:RunInstances", Resource = "*" },
            ]
          })
        }
      `,
      problems: [{ message: 'path', at: '6:21-6:35' }],
      output: null,
    },
    {
      name: 'several ways by one wildcard, and all but one action',
      code: hcl`
        resource "aws_iam_user_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = ["iam:Attach*"], Resource = "*" }]
          })
        }
        resource "aws_iam_user_policy" "q" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", NotAction = ["organizations:*"], Resource = "*" }]
          })
        }
      `,
      problems: [
        {
          message: 'path',
          at: '3:48-3:61',
          data: {
            path: 'iam:AttachUserPolicy',
            how: 'attaches an administrator policy to their user',
            more: '; there are 2 more ways',
          },
        },
        { message: 'path', at: '8:50-8:69' },
      ],
      output: null,
    },
  ],
})
