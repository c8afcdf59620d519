import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './elb-listener-tls.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_elb" "a" {
        listener {
          lb_protocol = "https"
        }
        listener {
          lb_protocol = "ssl"
        }
        listener {
          lb_protocol = "tcp"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "listeners" {}
      resource "aws_elb" "a" {
        dynamic "listener" {
          for_each = var.listeners
          content {
            lb_protocol = listener.value
          }
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'each listener by itself',
      code: hcl`
        resource "aws_elb" "a" {
          listener {
            lb_port     = 443
            lb_protocol = "https"
          }
          listener {
            lb_port     = 80
            lb_protocol = "HTTP"
          }
          dynamic "listener" {
            for_each = ["http", "ssl"]
            content {
              lb_protocol = listener.value
            }
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '8:19-8:25' },
        { message: 'wrong', at: '11:17-11:23' },
      ],
      output: null,
    },
  ],
})
