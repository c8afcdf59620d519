import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-listener-https.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb_listener" "l" {
        protocol = "HTTPS"
        default_action {
          type = "forward"
        }
      }
      resource "aws_alb_listener" "tls" {
        protocol = "TLS"
      }
    `,
    {
      name: 'a redirect to HTTPS',
      code: hcl`
        resource "aws_lb_listener" "l" {
          port     = 80
          protocol = "HTTP"
          default_action {
            type = "redirect"
            redirect {
              port        = "443"
              protocol    = "HTTPS"
              status_code = "HTTP_301"
            }
          }
        }
      `,
    },
    {
      name: 'network and gateway load balancers pass packets on',
      code: hcl`
        resource "aws_lb_listener" "tcp" {
          port     = 80
          protocol = "TCP"
        }
        resource "aws_lb" "gateway" {
          load_balancer_type = "gateway"
        }
        resource "aws_lb_listener" "geneve" {
          load_balancer_arn = aws_lb.gateway.arn
          default_action {
            type = "forward"
          }
        }
      `,
    },
    {
      name: 'TLS or TCP, whichever it is',
      code: hcl`
        variable "tls" {}
        resource "aws_lb_listener" "l" {
          protocol = var.tls ? "TLS" : "HTTPS"
        }
      `,
    },
    {
      name: 'the validation of a variable refuses HTTP',
      code: hcl`
        variable "protocol" {
          type     = string
          nullable = false
          validation {
            condition     = contains(["HTTPS", "TLS"], var.protocol)
            error_message = "Encrypted only."
          }
        }
        resource "aws_lb_listener" "l" {
          protocol = var.protocol
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "protocol" {}
      resource "aws_lb_listener" "l" {
        protocol = var.protocol
      }
    `,
    {
      name: 'an action that is not known',
      code: hcl`
        variable "action" {}
        resource "aws_lb_listener" "l" {
          protocol = "HTTP"
          default_action {
            type = var.action
            redirect {
              protocol = "HTTPS"
            }
          }
        }
      `,
    },
    {
      name: 'redirects from an unknown collection',
      code: hcl`
        variable "redirects" {}
        resource "aws_lb_listener" "l" {
          protocol = "HTTP"
          dynamic "default_action" {
            for_each = var.redirects
            content {
              type = "redirect"
              redirect {
                protocol = "HTTPS"
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
        resource "aws_lb_listener" "l" {
          port     = 80
          protocol = "HTTP"
          default_action {
            type = "forward"
          }
        }
      `,
      problems: [{ message: 'plain', at: '3:14-3:20' }],
      output: null,
    },
    {
      name: 'a redirect that keeps the protocol, and one action of two',
      code: hcl`
        resource "aws_lb_listener" "keeps" {
          protocol = "http"
          default_action {
            type = "redirect"
            redirect {
              host        = "www.example.com"
              status_code = "HTTP_301"
            }
          }
        }
        resource "aws_alb_listener" "both" {
          protocol = "HTTP"
          default_action {
            type = "redirect"
            redirect {
              protocol = "HTTPS"
            }
          }
          default_action {
            type = "forward"
          }
        }
      `,
      problems: [
        { message: 'plain', at: '2:14-2:20' },
        { message: 'plain', at: '12:14-12:20' },
      ],
      output: null,
    },
    {
      name: 'no protocol means HTTP',
      code: hcl`
        resource "aws_lb" "a" {}
        resource "aws_lb_listener" "l" {
          load_balancer_arn = aws_lb.a.arn
          default_action {
            type = "forward"
          }
        }
      `,
      problems: [{ message: 'unset', at: '2:1-2:31' }],
      output: null,
    },
  ],
})

test('inside a VPC it is less severe', () => {
  const { text } = hcl`
    resource "aws_lb" "a" {
      internal = true
    }
    resource "aws_lb_listener" "l" {
      load_balancer_arn = aws_lb.a.arn
      protocol          = "HTTP"
    }
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ severity }) => severity)).toEqual(['MEDIUM'])
})
