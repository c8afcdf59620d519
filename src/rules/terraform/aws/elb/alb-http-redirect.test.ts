import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-http-redirect.ts'

testRule(rule, {
  valid: [
    {
      name: 'HTTPS, TCP, and a redirect',
      code: hcl`
        resource "aws_lb_listener" "tls" {
          protocol = "HTTPS"
        }
        resource "aws_alb_listener" "tcp" {
          protocol = "TCP"
        }
        resource "aws_lb_listener" "http" {
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
  ],
  undecided: [
    hcl`
      variable "protocol" {}
      resource "aws_lb_listener" "l" {
        protocol = var.protocol
      }
    `,
    {
      name: 'a redirect to somewhere',
      code: hcl`
        variable "scheme" {}
        resource "aws_lb_listener" "l" {
          protocol = "HTTP"
          default_action {
            type = "redirect"
            redirect {
              protocol = var.scheme
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'beside an HTTPS listener the default action becomes a redirect',
      code: hcl`
        resource "aws_lb" "a" {}
        resource "aws_lb_listener" "tls" {
          load_balancer_arn = aws_lb.a.arn
          port              = 443
          protocol          = "HTTPS"
        }
        resource "aws_lb_listener" "http" {
          load_balancer_arn = aws_lb.a.arn
          port              = 80
          protocol          = "HTTP"
          # clients of the first hour
          default_action {
            type             = "forward"
            target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1"
          }
        }
      `,
      problems: [{ message: 'serves', at: '10:23-10:29' }],
      output: null,
    },
    {
      name: 'a redirect that keeps HTTP',
      code: hcl`
        resource "aws_lb" "a" {}
        resource "aws_lb_listener" "tls" {
          load_balancer_arn = aws_lb.a.arn
          port              = "443"
          protocol          = "HTTPS"
        }
        resource "aws_lb_listener" "http" {
          load_balancer_arn = aws_lb.a.arn
          protocol          = "HTTP"
          default_action {
            type = "redirect"
            redirect {
              host        = "www.example.com"
              status_code = "HTTP_302"
            }
          }
        }
      `,
      problems: [{ message: 'serves', at: '9:23-9:29' }],
      output: null,
    },
  ],
})
