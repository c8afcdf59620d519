import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './kms-no-public-policy.ts'

testRule(rule, {
  valid: [
    {
      name: 'an account that is given, compared letter by letter',
      code: hcl`
        variable "account" {}
        resource "aws_kms_key" "p" {
          policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = "*"
              Action    = "kms:Decrypt"
              Resource  = "*"
              Condition = { StringEquals = { "kms:CallerAccount" = var.account } }
            }]
          })
        }
      `,
    },
    {
      name: 'only the account that this runs in',
      code: hcl`
        data "aws_caller_identity" "current" {}
        resource "aws_kms_key" "p" {
          policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = "*"
              Action    = "kms:Decrypt"
              Resource  = "*"
              Condition = { StringEquals = { "kms:CallerAccount" = data.aws_caller_identity.current.account_id } }
            }]
          })
        }
      `,
    },
    {
      name: 'named principals, conditions that name a source, and a Deny for everybody',
      code: hcl`
        resource "aws_kms_key" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "kms:Decrypt", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = "kms:Decrypt"
                Resource  = "*"
                Condition = { StringEquals = { "kms:CallerAccount" = "123456789012" } }
              },
              { Effect = "Deny", Principal = "*", Action = "kms:Decrypt", Resource = "*" },
            ]
          })
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'the account is given, and may be a wildcard',
      code: hcl`
        variable "account" {}
        resource "aws_kms_key" "p" {
          policy = jsonencode({
            Statement = [{
              Effect    = "Allow"
              Principal = "*"
              Action    = "kms:Decrypt"
              Resource  = "*"
              Condition = { StringLike = { "kms:CallerAccount" = var.account } }
            }]
          })
        }
      `,
    },
    hcl`
      variable "policy" {}
      resource "aws_kms_key" "p" {
        policy = var.policy
      }
    `,
    hcl`
      variable "who" {}
      resource "aws_kms_key" "p" {
        policy = jsonencode({
          Statement = [{ Effect = "Allow", Principal = { AWS = var.who }, Action = "kms:Decrypt", Resource = "*" }]
        })
      }
    `,
  ],
  invalid: [
    {
      name: 'everybody, in two spellings; a condition that names nobody',
      code: hcl`
        resource "aws_kms_key" "p" {
          policy = jsonencode({
            Statement = [
              { Effect = "Allow", Principal = { AWS = ["*"] }, Action = "kms:Decrypt", Resource = "*" },
              {
                Effect    = "Allow"
                Principal = "*"
                Action    = ["kms:Decrypt"]
                Resource  = "*"
                Condition = { Bool = { "aws:SecureTransport" = "true" } }
              },
            ]
          })
        }
      `,
      problems: [
        { message: 'public', at: '4:48-4:51', data: { actions: 'kms:Decrypt', what: 'this key' } },
        { message: 'public', at: '7:21-7:24' },
      ],
      output: null,
    },
  ],
})
