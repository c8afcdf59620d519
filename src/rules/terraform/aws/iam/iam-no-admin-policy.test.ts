import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-admin-policy.ts'

/** A policy document with one more line in its statement. */
function policyWith(line: string): string {
  return `resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
      ${line}
    }]
  })
}
`
}

testRule(rule, {
  valid: [
    {
      name: 'every action of one service, every resource for one action, every action on one resource',
      code: hcl`
        resource "aws_sns_topic" "t" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
              { Effect = "Allow", Action = ["cloudwatch:PutMetricData"], Resource = "*" },
              { Effect = "Allow", Action = "*", Resource = [aws_sns_topic.t.arn, "arn:aws:s3:::logs/*"] },
            ]
          })
        }
      `,
    },
    { name: 'a Deny', code: { 'main.tf': policyWith('').replace('"Allow"', '"Deny"') } },
    {
      name: 'a condition that narrows',
      code: { 'main.tf': policyWith('Condition = { StringEquals = { "aws:ResourceTag/team" = "ci" } }') },
    },
    {
      name: 'a role without policies of its own',
      code: hcl`
        resource "aws_iam_role" "r" {
          assume_role_policy = "{}"
        }
      `,
    },
    {
      name: 'unknown actions on a known resource',
      code: hcl`
        variable "actions" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = var.actions, Resource = "arn:aws:s3:::logs" }]
          })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a policy that is given',
      code: hcl`
        variable "policy" {}
        resource "aws_iam_policy" "p" {
          policy = var.policy
        }
      `,
    },
    {
      name: 'actions that are given',
      code: hcl`
        variable "actions" {}
        resource "aws_iam_role_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }]
          })
        }
      `,
    },
    {
      name: 'a condition that is given',
      code: { 'main.tf': `variable "condition" {}\n${policyWith('Condition = var.condition')}` },
    },
  ],
  invalid: [
    {
      name: 'jsonencode, among harmless statements',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
              { Effect = "Allow", Action = ["s3:*", "*"], Resource = ["*"] },
            ]
          })
        }
      `,
      problems: [{ message: 'admin', at: '5:45-5:48' }],
      output: null,
    },
    {
      name: 'a heredoc with one statement, and other spellings of everything',
      code: hcl`
        resource "aws_iam_group_policy" "p" {
          policy = <<-EOF
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "*:*",
                "Resource": "arn:aws:*:*:*:*"
              }
            }
          EOF
        }
      `,
      problems: [{ message: 'admin', at: '7:19-7:24' }],
      output: null,
    },
    {
      name: 'an inline policy of a role',
      code: hcl`
        resource "aws_iam_role" "r" {
          assume_role_policy = "{}"
          inline_policy {
            name   = "all"
            policy = "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"*\\",\\"Resource\\":\\"*\\"}]}"
          }
        }
      `,
      problems: [{ message: 'admin' }],
      output: null,
    },
    {
      name: 'a file of its own, shown where it is named',
      code: {
        'main.tf': 'resource "aws_iam_policy" "p" {\n  policy = file("${path.module}/admin.json")\n}\n',
        'admin.json': '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}',
      },
      problems: [{ message: 'admin', at: '2:12-2:45' }],
      output: null,
    },
    {
      name: 'a condition on the sign-in narrows nothing',
      code: { 'main.tf': policyWith('Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }') },
      problems: [{ message: 'admin', at: '5:18-5:21' }],
      output: null,
    },
    {
      name: 'nor does one that everything fulfils',
      code: { 'main.tf': policyWith('Condition = { StringLike = { "aws:PrincipalArn" = "*" } }') },
      problems: [{ message: 'admin' }],
      output: null,
    },
  ],
})
