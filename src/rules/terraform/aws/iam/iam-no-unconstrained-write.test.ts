import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-unconstrained-write.ts'

testRule(rule, {
  valid: [
    {
      name: 'reading, writing that takes no resource, and writing that is limited',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:Get*", "cloudwatch:PutMetricData", "xray:Put*Segments"], Resource = "*" },
              { Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::receipts/*" },
              {
                Effect    = "Allow"
                Action    = "ec2:StopInstances"
                Resource  = "*"
                Condition = { StringEquals = { "ec2:ResourceTag/team" = "payments" } }
              },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "arns" {}
      resource "aws_iam_policy" "p" {
        policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = var.arns }] })
      }
    `,
  ],
  invalid: [
    {
      name: 'one problem a statement; a region and a sign-in limit nothing',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              {
                Effect   = "Allow"
                Action   = ["ec2:DescribeVpcs", "ec2:StopInstances", "ec2:TerminateInstances"]
                Resource = "*"
                Condition = {
                  StringEquals = { "aws:RequestedRegion" = "eu-west-1" }
                  Bool         = { "aws:SecureTransport" = true }
                }
              },
              { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" },
            ]
          })
        }
      `,
      problems: [
        { message: 'write', at: '6:41-6:60', data: { actions: 'ec2:StopInstances, ec2:TerminateInstances' } },
        { message: 'write', at: '13:36-13:53' },
      ],
      output: null,
    },
  ],
})
