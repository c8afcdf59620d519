import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ec2-instance-no-public-ip.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_instance" "a" {
        associate_public_ip_address = false
      }
      resource "aws_instance" "b" {}
      resource "aws_launch_template" "t" {
        network_interfaces {
          device_index = 0
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_instance" "a" {
        associate_public_ip_address = var.public
      }
    `,
    {
      name: 'interfaces from an unknown collection',
      code: hcl`
        variable "subnets" {}
        resource "aws_launch_template" "t" {
          dynamic "network_interfaces" {
            for_each = var.subnets
            content {
              associate_public_ip_address = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_instance" "a" {
          ami                         = "ami-1"
          associate_public_ip_address = true
        }
        resource "aws_launch_template" "t" {
          network_interfaces {
            associate_public_ip_address = "true"
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '3:33-3:37' },
        { message: 'wrong', at: '7:35-7:41' },
      ],
      output: hcl`
        resource "aws_instance" "a" {
          ami                         = "ami-1"
          associate_public_ip_address = false
        }
        resource "aws_launch_template" "t" {
          network_interfaces {
            associate_public_ip_address = false
          }
        }
      `,
    },
  ],
})
