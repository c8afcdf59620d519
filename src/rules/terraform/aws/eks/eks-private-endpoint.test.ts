import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-private-endpoint.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_eks_cluster" "a" {
        vpc_config {
          endpoint_public_access = false
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_eks_cluster" "a" {
        vpc_config {
          endpoint_public_access = var.public
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_eks_cluster" "a" {
          vpc_config {
            endpoint_public_access  = true
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
        { message: 'public', at: '3:31-3:35' },
        { message: 'public', at: '7:1-7:31' },
      ],
      output: null,
    },
  ],
})
