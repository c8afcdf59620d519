import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './sns-no-public-policy.ts'

testRule(rule, {
  valid: [
    {
      name: 'named principals, conditions that name a source, and a Deny for everybody',
      code: hcl`
        resource "aws_sns_topic_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "sns:Publish", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "sns:Publish"
                Resource  = "*"
                Condition = { StringEquals = { "AWS:SourceOwner" = "123456789012" } }
              },
              { Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'subscriptions of one queue, or of one mail domain',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["sns:Subscribe"]
            resources = ["arn:aws:sns:eu-west-1:111111111111:orders"]
            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
            condition {
              test     = "StringLike"
              variable = "SNS:Endpoint"
              values   = ["arn:aws:sqs:eu-west-1:222222222222:orders", "*@example.com"]
            }
          }
        }
        resource "aws_sns_topic_policy" "p" {
          arn    = "arn:aws:sns:eu-west-1:111111111111:orders"
          policy = data.aws_iam_policy_document.d.json
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_sns_topic_policy" "p" {
        policy = var.policy
      }
    `,
    hcl`
      variable "who" {}
      resource "aws_sns_topic_policy" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "sns:Publish", Resource = "*" }]
        })
      }
    `,
  ],
  invalid: [
    {
      name: 'subscriptions of every web server',
      code: hcl`
        resource "aws_sns_topic_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "sns:Subscribe"
                Resource  = "*"
                Condition = { StringLike = { "sns:Endpoint" = "https://*" } }
              },
            ]
          })
        }
      `,
      problems: [{ message: 'public', at: '6:21-6:24' }],
      output: null,
    },
    {
      name: 'everybody, in two spellings; a condition that names nobody',
      code: hcl`
        resource "aws_sns_topic_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = ["*"] }, Action = "sns:Publish", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = ["sns:Publish"]
                Resource  = "*"
                Condition = { Bool = { "aws:SecureTransport" = "true" } }
              },
            ]
          })
        }
      `,
      problems: [
        { message: 'public', at: '4:48-4:51', data: { actions: 'sns:Publish', what: 'this topic' } },
        { message: 'public', at: '7:21-7:24' },
      ],
      output: null,
    },
  ],
})
