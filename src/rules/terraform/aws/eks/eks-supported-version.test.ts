import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-supported-version.ts'

testRule(rule, {
  valid: [
    {
      name: 'the newest at creation, one that is supported, one to come',
      code: hcl`
        resource "aws_eks_cluster" "a" {}
        resource "aws_eks_cluster" "b" {
          version = "1.34"
        }
        resource "aws_eks_cluster" "c" {
          version = "1.40"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "kubernetes" {}
      resource "aws_eks_cluster" "a" {
        version = var.kubernetes
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_eks_cluster" "a" {
          version = "1.27"
        }
        resource "aws_eks_cluster" "b" {
          version = 1.24
        }
      `,
      problems: [
        { message: 'wrong', at: '2:13-2:19', data: { value: '1.27' } },
        { message: 'wrong', at: '5:13-5:17', data: { value: '1.24' } },
      ],
      output: null,
    },
  ],
})
