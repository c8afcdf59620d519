import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-description.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_security_group" "s" {
        description = "Payment API"
      }
    `,
    {
      name: 'partly known',
      code: hcl`
        resource "aws_security_group" "s" {
          description = coalesce(null, "Load balancer of \${basename(path.cwd)}")
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "description" {}
      resource "aws_security_group" "s" {
        description = var.description
      }
    `,
    hcl`
      variable "by" {}
      resource "aws_security_group" "s" {
        description = "Managed by \${var.by}"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_security_group" "a" {
          name = "a"
        }
        resource "aws_security_group" "b" {
          description = "Managed by Terraform"
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:34' },
        { message: 'wrong', at: '5:17-5:39' },
      ],
      output: null,
    },
  ],
})
