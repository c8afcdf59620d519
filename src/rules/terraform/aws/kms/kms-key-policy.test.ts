import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './kms-key-policy.ts'

testRule(rule, {
  valid: [
    {
      name: 'in the key, as a document, or in a resource of its own',
      code: hcl`
        variable "account" {}
        data "aws_iam_policy_document" "p" {
          statement {
            actions   = ["kms:*"]
            resources = ["*"]
          }
        }
        resource "aws_kms_key" "a" {
          policy = data.aws_iam_policy_document.p.json
        }
        resource "aws_kms_key" "b" {
          policy = jsonencode({ Statement = [{ Principal = "arn:aws:iam::\${var.account}:root" }] })
        }
        resource "aws_kms_key" "c" {}
        resource "aws_kms_key_policy" "c" {
          key_id = aws_kms_key.c.id
          policy = "{}"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a module about keys gets it',
      code: hcl`
        resource "aws_kms_key" "a" {}
        module "grants" {
          source = "acme/kms-policy/aws"
          key    = aws_kms_key.a.arn
        }
      `,
    },
    hcl`
      variable "policy" {}
      resource "aws_kms_key" "a" {
        policy = var.policy
      }
    `,
    {
      name: 'whose policy it is, is not known',
      code: hcl`
        variable "key" {}
        resource "aws_kms_key" "a" {}
        resource "aws_kms_key_policy" "a" {
          key_id = var.key
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a module that encrypts with the key',
      code: hcl`
        resource "aws_kms_key" "a" {}
        module "secrets" {
          source     = "acme/secrets-manager/aws"
          kms_key_id = aws_kms_key.a.arn
        }
      `,
      problems: [{ message: 'none', at: '1:1-1:27' }],
      output: null,
    },
    {
      code: hcl`
        resource "aws_kms_key" "a" {
          description = "a"
        }
      `,
      problems: [{ message: 'none', at: '1:1-1:27' }],
      output: null,
    },
  ],
})
