import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-credentials-exposure.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["sts:AssumeRole"]
          resources = ["arn:aws:iam::123456789012:role/deploy"]
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
            actions   = ["sts:AssumeRole"]
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
          actions   = ["sts:AssumeRole"]
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
            actions   = ["sts:AssumeRole"]
            resources = ["*"]
          }
        }
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
      problems: [{ message: 'credentials', at: '3:18-3:34' }],
      output: null,
    },
  ],
})
