import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-permissions-management.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["kms:PutKeyPolicy"]
          resources = ["arn:aws:kms:eu-west-1:123456789012:key/one"]
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
            actions   = ["kms:PutKeyPolicy"]
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
          actions   = ["kms:PutKeyPolicy"]
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
            actions   = ["kms:PutKeyPolicy"]
            resources = ["*"]
          }
        }
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
      problems: [{ message: 'permissions', at: '3:18-3:36' }],
      output: null,
    },
  ],
})
