import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-wildcard-resources.ts'

testRule(rule, {
  valid: [
    {
      name: 'actions that take no resource, alone and by pattern',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["cloudwatch:PutMetricData", "xray:PutTraceSegments"], Resource = "*" },
              { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = ["*"] },
              { Effect = "Allow", Action = ["ec2:DescribeInstance?", "EC2:describevpcs"], Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'named resources, by reference and by template, and wildcards within a name',
      code: hcl`
        variable "bucket" {}
        resource "aws_sns_topic" "t" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.t.arn },
              { Effect = "Allow", Action = "s3:*", Resource = ["arn:aws:s3:::\${var.bucket}/*"] },
            ]
          })
        }
      `,
    },
    {
      name: 'a condition that narrows, and a Deny that takes everything back',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect    = "Allow"
                Action    = "ec2:TerminateInstances"
                Resource  = "*"
                Condition = { StringEquals = { "aws:ResourceTag/team" = "payments" } }
              },
              { Effect = "Allow", Action = ["sns:Publish"], Resource = "*" },
              { Effect = "Deny", Action = ["SNS:*"], Resource = "*" },
            ]
          })
        }
      `,
    },
    {
      name: 'everything but all resources is nothing',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", NotResource = "*" }] })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'resources that are given',
      code: hcl`
        variable "arns" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = var.arns }] })
        }
      `,
    },
    {
      name: 'one of two resources',
      code: hcl`
        variable "all" { type = bool }
        resource "aws_s3_bucket" "b" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = var.all ? "*" : aws_s3_bucket.b.arn }]
          })
        }
      `,
    },
    {
      name: 'an action that AWS does not list',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:BrewCoffee", Resource = "*" }] })
        }
      `,
    },
    {
      name: 'actions that are given',
      code: hcl`
        variable "actions" { type = list(string) }
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", Action = var.actions, Resource = "*" }] })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'actions that can name resources, among those that cannot',
      code: hcl`
        resource "aws_iam_role_policy" "p" {
          policy = jsonencode({
            Statement = [{
              Effect   = "Allow"
              Action   = ["cloudwatch:PutMetricData", "sns:Publish", "sqs:SendMessage"]
              Resource = ["arn:aws:sns:eu-west-1:123456789012:t", "*"]
            }]
          })
        }
      `,
      problems: [{ message: 'everyResource', at: '6:59-6:62', data: { actions: 'sns:Publish, sqs:SendMessage' } }],
      output: null,
    },
    {
      name: 'a heredoc, a NotAction, a NotResource, and a Deny that leaves something',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = <<EOF
        { "Statement": [
          { "Effect": "Allow", "Action": "ecr:Get*", "Resource": "*" },
          { "Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*" },
          { "Effect": "Allow", "Action": ["sqs:SendMessage"], "NotResource": "arn:aws:sqs:*:*:pay" },
          { "Effect": "Allow", "Action": ["sns:Publish", "sns:Subscribe"], "Resource": "*" },
          { "Effect": "Deny", "Action": "sns:Subscribe", "Resource": "*" },
          { "Effect": "Deny", "Action": "sns:Publish", "Resource": "arn:aws:sns:*:*:pay" }
        ] }
        EOF
        }
      `,
      problems: [
        { message: 'everyResource', at: '4:58-4:61' },
        { message: 'everyResource', at: '5:60-5:63' },
        { message: 'everyResource', at: '6:70-6:91' },
        { message: 'everyResource', at: '7:80-7:83', data: { actions: 'sns:Publish' } },
      ],
      output: null,
    },
  ],
})
