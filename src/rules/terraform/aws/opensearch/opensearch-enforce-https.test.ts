import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './opensearch-enforce-https.ts'

testRule(rule, {
  valid: [
    {
      name: 'true by default where the block is written',
      code: hcl`
        resource "aws_opensearch_domain" "a" {
          domain_endpoint_options {
            enforce_https = true
          }
        }
        resource "aws_elasticsearch_domain" "b" {
          domain_endpoint_options {
            tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "https" {}
      resource "aws_opensearch_domain" "a" {
        domain_endpoint_options {
          enforce_https = var.https
        }
      }
    `,
    {
      name: 'a block that may not be there',
      code: hcl`
        variable "policies" {}
        resource "aws_opensearch_domain" "a" {
          dynamic "domain_endpoint_options" {
            for_each = var.policies
            content {
              enforce_https = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_elasticsearch_domain" "a" {
          domain_endpoint_options {
            enforce_https = false
          }
        }
        resource "aws_opensearch_domain" "b" {
          domain_name = "b"
        }
      `,
      problems: [
        { message: 'wrong', at: '3:21-3:26' },
        { message: 'wrong', at: '6:1-6:37' },
      ],
      output: null,
    },
  ],
})
