import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-permissions-management.ts'

testRule(rule, {
  valid: [
    {
      name: 'what only reads, whatever AWS counts it as',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "glue:List*", Resource = "*" }]
          })
        }
      `,
    },
    hcl`
      resource "aws_iam_role" "app" {}
      resource "aws_iam_policy" "p" {
        policy = jsonencode({
          Statement = [
            { Effect = "Allow", Action = ["iam:PassRole"], Resource = aws_iam_role.app.arn },
            { Effect = "Allow", Action = ["iam:GetPolicy", "s3:PutObject", "logs:PutResourcePolicy", "wafv2:*Delivery*"], Resource = "*" },
            {
              Effect    = "Allow"
              Action    = "kms:CreateGrant"
              Resource  = "*"
              Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
            },
            {
              Effect    = "Allow"
              Action    = "iam:PassRole"
              Resource  = "*"
              Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
            },
          ]
        })
      }
    `,
  ],
  undecided: [
    hcl`
      variable "condition" {}
      resource "aws_iam_policy" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = var.condition }]
        })
      }
    `,
  ],
  invalid: [
    {
      name: 'each action for itself',
      code: hcl`
        resource "aws_iam_role_policy" "p" {
          policy = <<EOF
        { "Statement": [{ "Effect": "Allow", "Action": ["s3:Put*", "sqs:SendMessage", "iam:PassRole"], "Resource": "*" }] }
        EOF
        }
      `,
      problems: [
        { message: 'permissions', at: '3:49-3:58' },
        { message: 'permissions', at: '3:79-3:93', data: { actions: 'iam:PassRole' } },
      ],
      output: null,
    },
  ],
})
