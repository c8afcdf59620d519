import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './msk-encryption-in-transit.ts'

testRule(rule, {
  valid: [
    {
      name: 'said, or left to the defaults',
      code: hcl`
        resource "aws_msk_cluster" "a" {
          encryption_info {
            encryption_in_transit {
              client_broker = "TLS"
              in_cluster    = true
            }
          }
        }
        resource "aws_msk_cluster" "b" {
          cluster_name = "b"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "mode" {}
      resource "aws_msk_cluster" "a" {
        encryption_info {
          encryption_in_transit {
            client_broker = var.mode
          }
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
              client_broker = "TLS_PLAINTEXT"
              in_cluster    = false
            }
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '4:23-4:38' },
        { message: 'wrong', at: '5:23-5:28' },
      ],
      output: hcl`
        resource "aws_msk_cluster" "a" {
          encryption_info {
            encryption_in_transit {
              client_broker = "TLS"
              in_cluster    = true
            }
          }
        }
      `,
    },
  ],
})
