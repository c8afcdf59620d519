import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './msk-customer-managed-key.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_kms_key" "k" {}
      resource "aws_msk_cluster" "a" {
        encryption_info {
          encryption_at_rest_kms_key_arn = aws_kms_key.k.arn
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_msk_cluster" "a" {
        encryption_info {
          encryption_at_rest_kms_key_arn = var.key
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_msk_cluster" "a" {
          encryption_info {
            encryption_in_transit {
              client_broker = "TLS"
            }
          }
        }
        resource "aws_msk_cluster" "b" {}
      `,
      problems: [
        { message: 'missing', at: '1:1-1:31' },
        { message: 'missing', at: '8:1-8:31' },
      ],
      output: null,
    },
  ],
})
