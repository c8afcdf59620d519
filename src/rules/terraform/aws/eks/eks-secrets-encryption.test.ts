import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-secrets-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'a key that is given: the argument is required',
      code: hcl`
        variable "key" {}
        resource "aws_eks_cluster" "a" {
          encryption_config {
            resources = ["secrets"]
            provider {
              key_arn = var.key
            }
          }
        }
      `,
    },
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_eks_cluster" "a" {
        encryption_config {
          resources = ["secrets"]
          provider {
            key_arn = aws_kms_key.k.arn
          }
        }
      }
    `,
  ],
  undecided: [
    {
      name: 'a block that may not be there',
      code: hcl`
        variable "key" {}
        resource "aws_eks_cluster" "a" {
          dynamic "encryption_config" {
            for_each = var.key == null ? [] : [1]
            content {
              resources = ["secrets"]
              provider {
                key_arn = var.key
              }
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_eks_cluster" "a" {}
        resource "aws_eks_cluster" "b" {
          encryption_config {
            resources = []
            provider {
              key_arn = "arn:aws:kms:eu-west-1:123456789012:key/1"
            }
          }
        }
      `,
      problems: [
        { message: 'none', at: '1:1-1:31' },
        { message: 'none', at: '2:1-2:31' },
      ],
      output: null,
    },
  ],
})
