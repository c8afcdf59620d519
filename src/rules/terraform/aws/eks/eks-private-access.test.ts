import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-private-access.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_eks_cluster" "a" {
        vpc_config {
          endpoint_private_access = true
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "inside" {}
      resource "aws_eks_cluster" "a" {
        vpc_config {
          endpoint_private_access = var.inside
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'said, or left out',
      code: hcl`
        resource "aws_eks_cluster" "a" {
          vpc_config {
            endpoint_private_access = false
          }
        }
        resource "aws_eks_cluster" "b" {
          vpc_config {
            subnet_ids = []
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '3:31-3:36' },
        { message: 'wrong', at: '6:1-6:31' },
      ],
      output: null,
    },
  ],
})
