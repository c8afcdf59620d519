import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-wildcard-actions.ts'

testRule(rule, {
  valid: [
    {
      name: 'all actions of a service are not all actions; a Deny and a NotAction are something else',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
              { Effect = "Deny", Action = "*", Resource = "*" },
              { Effect = "Allow", NotAction = "iam:*", Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'a condition that narrows',
      code: hcl`
        resource "aws_iam_role_policy" "p" {
          policy = jsonencode({
            Statement = {
              Effect    = "Allow"
              Action    = "*"
              Resource  = "*"
              Condition = { StringEquals = { "aws:ResourceTag/team" = "$\${aws:PrincipalTag/team}" } }
            }
          })
        }
      `,
    },
    {
      name: 'a document is judged by itself',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
    },
    {
      name: 'a permissions boundary that is attached nowhere',
      code: hcl`
        resource "aws_iam_policy" "bound" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
        }
        resource "aws_iam_role" "r" {
          assume_role_policy   = "{}"
          permissions_boundary = aws_iam_policy.bound.arn
        }
      `,
    },
    hcl`
      resource "aws_iam_role" "r" {
        assume_role_policy = "{}"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "actions" {}
      resource "aws_iam_policy" "p" {
        policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
      }
    `,
    {
      name: 'an effect and a policy that are given',
      code: hcl`
        variable "effect" {}
        variable "policy" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = var.effect, Action = "*", Resource = "*" }] })
        }
        resource "aws_iam_user_policy" "p" {
          policy = var.policy
        }
      `,
    },
    {
      name: 'a condition that is given',
      code: hcl`
        variable "condition" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "*", Resource = "*", Condition = var.condition }]
          })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'jsonencode, a heredoc and an inline policy',
      code: hcl`
        resource "aws_iam_group_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "*"], Resource = "arn:aws:s3:::logs" }]
          })
        }
        resource "aws_ssoadmin_permission_set_inline_policy" "p" {
          inline_policy = <<EOF
        {"Statement": {"Effect": "Allow", "Action": "*:*", "Resource": "*"}}
        EOF
        }
        resource "aws_iam_role" "r" {
          assume_role_policy = "{}"
          inline_policy {
            policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
          }
        }
      `,
      problems: [
        { message: 'everyAction', at: '3:64-3:67', data: { resources: 'the resources that it names' } },
        { message: 'everyAction', at: '8:45-8:50', data: { resources: 'every resource' } },
        { message: 'everyAction', at: '14:69-14:72', data: { resources: 'every resource' } },
      ],
      output: null,
    },
    {
      name: 'a boundary that is attached as well, and a condition on the sign-in',
      code: hcl`
        resource "aws_iam_policy" "bound" {
          policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Action    = "*"
              Resource  = "*"
              Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
            }]
          })
        }
        resource "aws_iam_role" "r" {
          assume_role_policy   = "{}"
          permissions_boundary = aws_iam_policy.bound.arn
        }
        resource "aws_iam_role_policy_attachment" "a" {
          role       = aws_iam_role.r.name
          policy_arn = aws_iam_policy.bound.arn
        }
      `,
      problems: [{ message: 'everyAction', at: '5:19-5:22' }],
      output: null,
    },
  ],
})
