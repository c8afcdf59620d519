import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './elb-acm-certificate.ts'

testRule(rule, {
  valid: [
    {
      name: 'ARNs and references, and listeners without TLS',
      code: hcl`
        resource "aws_acm_certificate" "c" {}
        resource "aws_elb" "a" {
          listener {
            lb_protocol        = "https"
            ssl_certificate_id = aws_acm_certificate.c.arn
          }
          listener {
            lb_protocol        = "ssl"
            ssl_certificate_id = "arn:aws:acm:eu-west-1:123456789012:certificate/1"
          }
        }
        resource "aws_elb" "plain" {
          listener {
            lb_protocol = "http"
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "certificate" {}
      resource "aws_elb" "a" {
        listener {
          lb_protocol        = "https"
          ssl_certificate_id = var.certificate
        }
      }
    `,
    {
      name: 'TLS or not',
      code: hcl`
        variable "protocol" {}
        resource "aws_elb" "a" {
          listener {
            lb_protocol = var.protocol
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_iam_server_certificate" "c" {}
        resource "aws_elb" "a" {
          listener {
            lb_protocol        = "https"
            ssl_certificate_id = aws_iam_server_certificate.c.arn
          }
          listener {
            lb_protocol        = "https"
            ssl_certificate_id = "arn:aws:iam::123456789012:server-certificate/old"
          }
          listener {
            lb_protocol = "ssl"
          }
        }
      `,
      problems: [
        { message: 'foreign', at: '5:26-5:58' },
        { message: 'foreign', at: '9:26-9:76' },
        { message: 'missing', at: '11:3-11:11' },
      ],
      output: null,
    },
  ],
})
