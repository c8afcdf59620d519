import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './opensearch-node-to-node-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_opensearch_domain" "a" {
        node_to_node_encryption {
          enabled = true
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "encrypt" {}
      resource "aws_opensearch_domain" "a" {
        node_to_node_encryption {
          enabled = var.encrypt
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_opensearch_domain" "a" {
          node_to_node_encryption {
            enabled = false
          }
        }
        resource "aws_elasticsearch_domain" "b" {
          domain_name = "b"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:15-3:20' },
        { message: 'wrong', at: '6:1-6:40' },
      ],
      output: hcl`
        resource "aws_opensearch_domain" "a" {
          node_to_node_encryption {
            enabled = true
          }
        }
        resource "aws_elasticsearch_domain" "b" {
          domain_name = "b"

          node_to_node_encryption {
            enabled = true
          }
        }
      `,
    },
  ],
})
