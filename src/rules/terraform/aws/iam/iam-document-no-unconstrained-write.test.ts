import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-unconstrained-write.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["sns:Publish"]
          resources = ["arn:aws:sns:eu-west-1:123456789012:payments"]
        }
        statement {
          actions   = ["ec2:DescribeInstances", "cloudwatch:PutMetricData"]
          resources = ["*"]
        }
      }
    `,
    {
      name: 'with a principal it is the policy of a resource',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["sns:Publish"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::123456789012:role/app"]
            }
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "arns" {}
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["sns:Publish"]
          resources = var.arns
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'used by a policy, and reported here',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["sns:Publish"]
            resources = ["*"]
          }
        }
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
      problems: [{ message: 'write', at: '3:18-3:31' }],
      output: null,
    },
  ],
})
