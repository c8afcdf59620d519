import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './sqs-no-public-policy.ts'

testRule(rule, {
  valid: [
    {
      name: 'named principals, conditions that name a source, and a Deny for everybody',
      code: hcl`
        resource "aws_sqs_queue_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "sqs:SendMessage", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "sqs:SendMessage"
                Resource  = "*"
                Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-west-1:123456789012:t" } }
              },
              { Effect = "Deny", Principal = "*", Action = "sqs:SendMessage", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_sqs_queue_policy" "p" {
        policy = var.policy
      }
    `,
    hcl`
      variable "who" {}
      resource "aws_sqs_queue_policy" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "sqs:SendMessage", Resource = "*" }]
        })
      }
    `,
  ],
  invalid: [
    {
      name: 'everybody, in two spellings; a condition that names nobody',
      code: hcl`
        resource "aws_sqs_queue_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = ["*"] }, Action = "sqs:SendMessage", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = ["sqs:SendMessage"]
                Resource  = "*"
                Condition = { Bool = { "aws:SecureTransport" = "true" } }
              },
            ]
          })
        }
      `,
      problems: [
        { message: 'public', at: '4:48-4:51', data: { actions: 'sqs:SendMessage', what: 'this queue' } },
        { message: 'public', at: '7:21-7:24' },
      ],
      output: null,
    },
  ],
})
