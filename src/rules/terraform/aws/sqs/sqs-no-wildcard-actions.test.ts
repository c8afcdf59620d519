import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './sqs-no-wildcard-actions.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_sqs_queue_policy" "p" {
        policy = jsonencode({
          Statement = [
            { Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "*" },
            { Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*" },
          ]
        })
      }
      resource "aws_sqs_queue" "plain" {
        name = "plain"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "actions" {}
      resource "aws_sqs_queue_policy" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = "123456789012" }, Action = var.actions, Resource = "*" }]
        })
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_sqs_queue" "q" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = "123456789012" }, Action = ["sqs:SendMessage", "*"], Resource = "*" },
              { Effect = "Allow", Principal = { AWS = "123456789012" }, Action = "SQS:*", Resource = "*" },
            ]
          })
        }
      `,
      problems: [
        { message: 'everyAction', at: '4:94-4:97' },
        { message: 'everyAction', at: '5:74-5:81' },
      ],
      output: null,
    },
  ],
})
