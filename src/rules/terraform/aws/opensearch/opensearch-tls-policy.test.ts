import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './opensearch-tls-policy.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_opensearch_domain" "a" {
        domain_endpoint_options {
          tls_security_policy = "Policy-Min-TLS-1-2-2019-07"
        }
      }
      resource "aws_elasticsearch_domain" "b" {
        domain_endpoint_options {
          tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "policy" {}
      resource "aws_opensearch_domain" "a" {
        domain_endpoint_options {
          tls_security_policy = var.policy
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_opensearch_domain" "a" {
          domain_endpoint_options {
            enforce_https       = true
            tls_security_policy = "Policy-Min-TLS-1-0-2019-07"
          }
        }
        resource "aws_opensearch_domain" "b" {
          domain_endpoint_options {
            enforce_https = true
          }
        }
        resource "aws_elasticsearch_domain" "c" {}
      `,
      problems: [
        { message: 'wrong', at: '4:27-4:55' },
        { message: 'wrong', at: '7:1-7:37' },
        { message: 'wrong', at: '12:1-12:40' },
      ],
      output: null,
    },
  ],
})
