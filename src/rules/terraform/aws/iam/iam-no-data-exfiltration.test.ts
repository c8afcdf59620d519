import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-data-exfiltration.ts'

testRule(rule, {
  valid: [
    {
      name: 'named buckets and secrets, listing everything, and a Deny that takes it back',
      code: hcl`
        variable "account" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::receipts-*/*" },
              { Effect = "Allow", Action = "ssm:GetParameter*", Resource = "arn:aws:ssm:*:\${var.account}:parameter/app/*" },
              { Effect = "Allow", Action = ["s3:List*", "secretsmanager:ListSecrets"], Resource = "*" },
              { Effect = "Allow", Action = "secretsmanager:Get*", Resource = "*" },
              { Effect = "Deny", Action = "secretsmanager:GetSecretValue", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'whether the Deny stands is not known either way',
      code: hcl`
        variable "effect" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = var.effect, Action = "s3:GetObject", Resource = "*" }] })
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'every object, in the ways to write it',
      code: hcl`
        variable "account" {}
        resource "aws_iam_policy" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Action = ["s3:ListBucket", "S3:getobject"], Resource = "*" },
              { Effect = "Allow", Action = "s3:Get*", Resource = ["arn:aws:s3:::*", "arn:aws:s3:::*/*"] },
              { Effect = "Allow", Action = "ssm:GetParameter", Resource = "arn:aws:ssm:*:\${var.account}:parameter/*" },
            ]
          })
        }
      `,
      problems: [
        { message: 'bulkRead', at: '5:54-5:68', data: { actions: 's3:GetObject' } },
        { message: 'bulkRead', at: '6:36-6:45', data: { actions: 's3:Get* (s3:GetObject, s3:GetObjectVersion)' } },
        { message: 'bulkRead', at: '7:36-7:54', data: { actions: 'ssm:GetParameter' } },
      ],
      output: null,
    },
    {
      name: 'all but what does not matter',
      code: hcl`
        resource "aws_iam_policy" "p" {
          policy = jsonencode({ Statement = [{ Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }] })
        }
      `,
      problems: [{ message: 'bulkRead', at: '2:70-2:79' }],
      output: null,
    },
  ],
})
