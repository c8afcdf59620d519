import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './launch-configuration-no-public-ip.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_launch_configuration" "c" {
        associate_public_ip_address = false
      }
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_launch_configuration" "c" {
        associate_public_ip_address = var.public
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_launch_configuration" "c" {
          associate_public_ip_address = true
        }
      `,
      problems: [{ message: 'wrong', at: '2:33-2:37' }],
      output: hcl`
        resource "aws_launch_configuration" "c" {
          associate_public_ip_address = false
        }
      `,
    },
  ],
})
