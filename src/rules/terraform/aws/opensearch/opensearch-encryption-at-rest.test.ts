import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './opensearch-encryption-at-rest.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_elasticsearch_domain" "a" {
        encrypt_at_rest {
          enabled = true
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "encrypt" {}
      resource "aws_opensearch_domain" "a" {
        encrypt_at_rest {
          enabled = var.encrypt
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_opensearch_domain" "a" {
          encrypt_at_rest {
            kms_key_id = "alias/search"
          }
        }
        resource "aws_elasticsearch_domain" "b" {
          encrypt_at_rest {
            enabled = "false"
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:37' },
        { message: 'wrong', at: '8:15-8:22' },
      ],
      output: hcl`
        resource "aws_opensearch_domain" "a" {
          encrypt_at_rest {
            kms_key_id = "alias/search"
            enabled    = true
          }
        }
        resource "aws_elasticsearch_domain" "b" {
          encrypt_at_rest {
            enabled = true
          }
        }
      `,
    },
  ],
})
