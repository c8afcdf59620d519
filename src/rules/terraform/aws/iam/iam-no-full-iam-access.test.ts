import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-full-iam-access.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_policy" "p" {
        policy = jsonencode({
          Statement = [
            { Effect = "Allow", Action = ["iam:Get*", "iam:List*", "iam:CreatePolicy"], Resource = "*" },
            { Effect = "Allow", Action = "iam:*", Resource = "arn:aws:iam::123456789012:role/app" },
            { Effect = "Allow", NotAction = ["iam:*", "organizations:*"], Resource = "*" },
          ]
        })
      }
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["s3:*"]
          resources = ["*"]
        }
      }
    `,
    {
      name: 'taken back',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = "*", Resource = "*" },
              { Effect = "Deny", Action = "iam:*", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "actions" {}
      resource "aws_iam_policy" "p" {
        policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
      }
    `,
  ],
  invalid: [
    {
      name: 'alone, with everything, and in a document',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:GetObject", "iam:*"], Resource = "*" },
              { Effect = "Allow", Action = "*", Resource = "*" },
            ]
          })
        }
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["iam:*"]
            resources = ["*"]
          }
        }
      `,
      problems: [
        { message: 'allOfIam', at: '4:53-4:60' },
        { message: 'allOfIam', at: '5:36-5:39' },
        { message: 'allOfIam', at: '11:18-11:25' },
      ],
      output: null,
    },
  ],
})
